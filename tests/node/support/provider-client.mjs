// A client of the stand-ins that does what each provider documents, or one thing wrong. It is not Landfall.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { PROVIDERS } from '../../../stand-ins/providers/rows.mjs'

export const ROWS = Object.fromEntries(PROVIDERS.map((row) => [row.name, row]))
const DAY = 24 * 60 * 60

/** What a request to sign in needs beside client, scopes and PKCE. */
const PARAMS = {
  apple: { response_mode: 'form_post' },
  notion: { owner: 'user' },
  twitch: { claims: '{"id_token":{"email":null,"email_verified":null}}' },
  workos: { organization: 'org_01EHQMYV6MBK39QC5PZXHY59C3' },
}
/** What an address in a row leaves open. */
export const fill = (address) => address.replace('{tenant}', 'common').replace('{version}', 'v24.0')

/** A key that Apple knows of. */
export const makeAppleKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * A client_secret for Apple.
 * @param {any} privateKey @param {any} app @param {object} [claims] @param {object} [header]
 */
export const signAppleSecret = (privateKey, { clientId, teamId, keyId }, claims = {}, header = {}) => {
  const iat = Math.floor(Date.now() / 1000)
  const usual = { iss: teamId, iat, exp: iat + DAY, aud: 'https://appleid.apple.com', sub: clientId }
  const input = `${encode({ alg: 'ES256', kid: keyId, ...header })}.${encode({ ...usual, ...claims })}`
  const key = { key: privateKey, dsaEncoding: /** @type {const} */ ('ieee-p1363') }
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`
}

/** @param {any} world of startProviders @param {string} name @param {Record<string, string | undefined>} [change] */
export const makeAuthorization = (world, name, change = {}) => {
  const row = ROWS[name]
  const app = world.apps[name]
  const verifier = randomBytes(32).toString('base64url')
  const url = new URL(fill(row.authorize))
  const hasPkce = row.pkce === 'required'
  const params = {
    response_type: 'code',
    client_id: app.clientId,
    redirect_uri: app.redirectUri,
    state: 'the-state',
    scope: row.scopes?.join(' '),
    code_challenge: hasPkce ? createHash('sha256').update(verifier).digest('base64url') : undefined,
    code_challenge_method: hasPkce ? 'S256' : undefined,
    nonce: row.idToken ? 'the-nonce' : undefined,
    ...PARAMS[name],
    ...change,
  }
  for (const [param, value] of Object.entries(params)) if (value) url.searchParams.set(param, value)
  return { url, verifier: hasPkce ? verifier : undefined }
}

/** The parameters of what came back to the app. @param {{ url: string, body?: string }} back */
export const readBack = ({ url, body }) => new URLSearchParams(body ?? new URL(url).search)

/**
 * A token request, made as the first way of the row says.
 * @param {any} world @param {string} name @param {Record<string, string | undefined>} params over the usual ones
 * @param {{ way?: string, secret?: string, headers?: Record<string, string>, tenant?: string }} [change]
 */
export const askToken = async (world, name, params, change = {}) => {
  const row = ROWS[name]
  const app = world.apps[name]
  const { way = row.clientAuthentication[0], secret = app.clientSecret, tenant } = change
  const isPost = way !== 'client_secret_basic'
  const isBasic = way !== 'client_secret_post'
  const all = {
    grant_type: 'authorization_code',
    redirect_uri: app.redirectUri,
    ...(isPost && { client_id: app.clientId, client_secret: secret }),
    ...params,
  }
  const given = Object.entries(all).filter(([, value]) => value !== undefined)
  const isJson = row.tokenBody === 'json'
  const basic = Buffer.from(`${app.clientId}:${secret}`).toString('base64')
  const address = tenant ? row.token.replace('{tenant}', tenant) : fill(row.token)
  const response = await world.fetch(address, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
      'user-agent': 'test',
      ...(row.tokenHeaders && { 'notion-version': '2022-06-28' }),
      ...(isBasic && { authorization: `Basic ${basic}` }),
      ...change.headers,
    },
    body: isJson ? JSON.stringify(Object.fromEntries(given)) : new URLSearchParams(given).toString(),
  })
  return { status: response.status, text: await response.text() }
}

/** A code, and the verifier that belongs to it. @param {any} world @param {string} name */
export const getCode = async (world, name) => {
  const { url, verifier } = makeAuthorization(world, name)
  const back = readBack(await world.open(url))
  return { code: back.get('code'), verifier }
}
