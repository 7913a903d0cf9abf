// A stand-in for an OpenID provider with a fault: it sends one message that a real provider never sends. It checks each request
// of the relying party as RFC 6749, RFC 7636 and OpenID Connect Core want it, and refuses those that are wrong.
import { createHash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { readRequest, writeAnswer } from '../../stand-ins/scripted-answer.mjs'

export const CLIENT = { clientId: 'client-1', clientSecret: 'the secret of this client: 32 bytes and more' }
export const PERSON = {
  sub: 'ada',
  name: 'Ada Lovelace',
  email: 'ada@example.test',
  email_verified: true,
}
const TOKEN_SECONDS = 3600
const now = () => Math.floor(Date.now() / 1000)
const json = (body, status = 200) => ({ status, headers: { 'content-type': 'application/json' }, body })
const redirect = (address, parameters) => {
  const target = new URL(address)
  for (const [name, value] of Object.entries(parameters)) target.searchParams.append(name, value)
  return { status: 302, headers: { location: target.href } }
}
/** The page that posts the response (OAuth 2.0 Form Post Response Mode 2). */
const form = (address, parameters) => {
  const fields = Object.entries(parameters).map(([name, value]) => `<input name="${name}" value="${value}">`)
  const body = `<form method="post" action="${address}">${fields.join('')}</form>`
  return { status: 200, headers: { 'content-type': 'text/html' }, body }
}

/**
 * @typedef {object} Key `kid`, `alg`, `privateKey`, and `jwk`, its public half
 * @typedef {object} Faults what the provider sends in place of a good message; each is optional
 * @property {string} [jwksPath]
 * @property {(metadata: object) => object} [metadata]
 * @property {(keys: object[]) => any[]} [keySet]
 * @property {(parameters: object) => object} [response] the authorization response
 * @property {(claims: object) => object} [claims] of the ID Token of a sign-in
 * @property {(claims: object) => object} [refreshed] of that of a refresh
 * @property {(claims: object, key: Key, provider: Provider) => string | Promise<string>} [sign] the ID Token
 * @property {(claims: object, key: Key, provider: Provider) => any} [userinfo] an object, or the text of a JWT
 * @property {(claims: object) => object} [logout] of the logout token
 * @property {(claims: object, key: Key, provider: Provider) => string | Promise<string>} [signLogout] the logout token
 * @property {(parameters: object) => object} [back] the way back from its sign-out
 */

/** A key to sign with. @param {string} alg @returns {Promise<Key>} */
export const makeKey = async (alg) => {
  const { privateKey, publicKey } = await generateKeyPair(alg)
  const kid = randomUUID()
  return { alg, kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}

/** A signed JWT, as the provider signs what is right. @param {object} claims @param {Key} key @param {object} [header] */
export const sign = (claims, { alg, kid, privateKey }, header = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(privateKey)

export class Provider {
  /** @type {string[]} the requests of the app's server, by endpoint */
  asked = []
  /** @type {string[]} what a request had wrong */
  complaints = []
  /** Where the client takes responses: set once the app has an address. */
  registered = { redirectUri: '', postLogoutRedirectUri: '', logoutUri: '' }
  #codes = new Map()
  #accessTokens = new Set()
  #refreshTokens = new Set()
  #idTokens = new Set()

  /** @param {string} issuer @param {Faults} faults @param {Key[]} keys */
  constructor(issuer, faults, keys) {
    Object.assign(this, { issuer, faults, keys })
  }

  /** Signs with a new key from now on, and publishes it alone. */
  async rotate() {
    this.keys = [await makeKey(this.keys[0].alg)]
  }

  answer(request) {
    const { jwksPath = '/jwks' } = this.faults
    const endpoints = {
      '/.well-known/openid-configuration': () => this.#say('metadata', this.#metadata(jwksPath)),
      [jwksPath]: () =>
        this.#say('jwks', {
          keys: this.#change(
            'keySet',
            this.keys.map(({ jwk }) => jwk),
          ),
        }),
      '/token': () => this.#say('token', this.#tokens(request)),
      '/userinfo': () => this.#say('userinfo', this.#userinfo(request)),
      '/authorize': () => this.#authorize(request),
      '/end-session': () => this.#endSession(request),
    }
    return endpoints[request.path]?.() ?? json({ error: 'not_found' }, 404)
  }

  async #say(endpoint, body) {
    this.asked.push(endpoint)
    const said = await body
    if (typeof said !== 'string') return json(said)
    return { status: 200, headers: { 'content-type': 'application/jwt' }, body: said }
  }

  #change(name, message) {
    return this.faults[name]?.(message, this.keys[0], this) ?? message
  }

  #sign(name, claims, header = {}) {
    return this.faults[name]?.(claims, this.keys[0], this) ?? sign(claims, this.keys[0], header)
  }

  /** @param {boolean} isRight @param {string} complaint */
  #check(isRight, complaint) {
    if (isRight) return
    this.complaints.push(complaint)
    throw new Error(complaint)
  }

  #metadata(jwksPath) {
    const { issuer } = this
    const algs = [...new Set(this.keys.map(({ alg }) => alg))]
    return this.#change('metadata', {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      end_session_endpoint: `${issuer}/end-session`,
      jwks_uri: `${issuer}${jwksPath}`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: algs,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      authorization_response_iss_parameter_supported: true,
    })
  }

  #authorize({ query }) {
    const asked = Object.fromEntries(query)
    this.#check([...query.keys()].length === Object.keys(asked).length, 'a parameter twice')
    this.#check(asked.client_id === CLIENT.clientId, 'client_id')
    this.#check(asked.redirect_uri === this.registered.redirectUri, 'redirect_uri')
    this.#check(asked.response_type === 'code', 'response_type')
    this.#check(asked.scope?.split(' ').includes('openid'), 'scope')
    this.#check(asked.state?.length >= 22 && asked.nonce?.length >= 22, 'state and nonce of 128 bits')
    this.#check(asked.code_challenge_method === 'S256' && asked.code_challenge?.length === 43, 'PKCE')
    const code = randomUUID()
    this.#codes.set(code, asked)
    const send = asked.response_mode === 'form_post' ? form : redirect
    return send(asked.redirect_uri, this.#change('response', { code, state: asked.state, iss: this.issuer }))
  }

  async #tokens({ method, form, basic, duplicates }) {
    this.#check(method === 'POST' && duplicates.length === 0, 'the form of a token request')
    this.#check(basic?.id === CLIENT.clientId && basic.secret === CLIENT.clientSecret, 'client_secret_basic')
    this.#check(!form.has('client_secret'), 'two ways to authenticate')
    const isRefresh = form.get('grant_type') === 'refresh_token'
    const claims = isRefresh ? this.#refreshedClaims(form) : this.#codeClaims(form)
    const idToken = await this.#sign('sign', claims)
    const [accessToken, refreshToken] = [randomUUID(), randomUUID()]
    this.#accessTokens.add(accessToken)
    this.#refreshTokens.add(refreshToken)
    this.#idTokens.add(idToken)
    return {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: TOKEN_SECONDS,
      refresh_token: refreshToken,
      id_token: idToken,
    }
  }

  #codeClaims(form) {
    const grant = this.#codes.get(form.get('code'))
    this.#check(form.get('grant_type') === 'authorization_code' && grant, 'a code that is used, or unknown')
    this.#codes.delete(form.get('code'))
    this.#check(form.get('redirect_uri') === grant.redirect_uri, 'redirect_uri of the token request')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    this.#check(challenge === grant.code_challenge, 'code_verifier')
    const authTime = grant.max_age === undefined ? {} : { auth_time: now() }
    return this.#change('claims', { ...this.#claims(), ...authTime, nonce: grant.nonce })
  }

  #refreshedClaims(form) {
    this.#check(this.#refreshTokens.delete(form.get('refresh_token')), 'refresh_token')
    return this.#change('refreshed', this.#claims())
  }

  #claims() {
    return { iss: this.issuer, aud: CLIENT.clientId, sub: PERSON.sub, iat: now(), exp: now() + TOKEN_SECONDS }
  }

  #userinfo({ headers, query }) {
    const token = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1]
    this.#check(this.#accessTokens.has(token), 'an access token in the header')
    this.#check(!query.has('access_token'), 'an access token in the address')
    return this.#change('userinfo', PERSON)
  }

  async #endSession({ query }) {
    const asked = Object.fromEntries(query)
    this.#check(this.#idTokens.has(asked.id_token_hint), 'id_token_hint')
    this.#check(asked.post_logout_redirect_uri === this.registered.postLogoutRedirectUri, 'the way back')
    await this.#tellApp()
    const { state } = asked
    return redirect(
      asked.post_logout_redirect_uri,
      this.#change('back', state === undefined ? {} : { state }),
    )
  }

  /** Posts a logout token to the app (OpenID Connect Back-Channel Logout 2.5). */
  async #tellApp() {
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }
    const claims = this.#change('logout', { ...this.#claims(), jti: randomUUID(), events })
    const token = await this.#sign('signLogout', claims, { typ: 'logout+jwt' })
    const { status } = await fetch(this.registered.logoutUri, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
    })
    this.logoutStatus = status
  }
}

/** @param {Faults} faults @param {Key[]} keys the first one signs */
export const startProvider = async (faults, keys) => {
  let provider
  const server = createServer(async (incoming, response) => {
    try {
      const request = await readRequest(incoming)
      await writeAnswer(response, await provider.answer(request))
    } catch (error) {
      await writeAnswer(response, json({ error: 'invalid_request', error_description: error.message }, 400))
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  provider = new Provider(`http://127.0.0.1:${server.address().port}`, faults, keys)
  provider.close = () =>
    new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    })
  return provider
}
