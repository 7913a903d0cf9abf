// Signing out at a real OpenID provider (the npm package oidc-provider): on the way out of the app, and from there.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, afterEach, before, describe, test } from 'node:test'
import { SignJWT } from 'jose'
import { verifyLogoutToken } from '../../dist/node.js'
import { startOpenIdProvider } from '../../stand-ins/openid-provider.mjs'
import { ORIGIN } from './support/app.mjs'
import { makeVisit, signIn } from './support/openid.mjs'

const CLIENT_SECRET = 'x'.repeat(32)
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES512', 'EdDSA', 'HS256']

/** The app's server, which the provider tells of every sign-out. */
const startApp = async () => {
  const app = { auth: undefined, told: [], refused: [] }
  const server = createServer(async (request, response) => {
    try {
      app.told.push(await verifyLogoutToken(app.auth, request))
      response.end()
    } catch (error) {
      app.refused.push(error)
      response.writeHead(400).end()
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  app.url = `http://127.0.0.1:${server.address().port}/logout`
  app.close = () => new Promise((resolve) => server.close(resolve))
  return app
}

let app
let world
before(async () => {
  app = await startApp()
  const clients = ALGORITHMS.map((alg) => ({
    client_id: alg,
    client_secret: CLIENT_SECRET,
    id_token_signed_response_alg: alg,
    redirect_uris: [`${ORIGIN}/auth/callback/op`],
    post_logout_redirect_uris: [`${ORIGIN}/auth/sign-out`],
    backchannel_logout_uri: app.url,
    backchannel_logout_session_required: true,
  }))
  // The provider's own fetch refuses addresses of this machine.
  const configuration = { fetch: (url, { dispatcher, ...options }) => fetch(url, options) }
  world = { provider: await startOpenIdProvider({ clients, remember: true, configuration }) }
  world.issuer = world.provider.issuer
})
after(() => Promise.all([world.provider.close(), app.close()]))
afterEach(() => {
  app.told = []
  app.refused = []
})

/** Somebody who signed in, in an app that keeps what the provider ends. */
const signInAt = async (alg, session = {}, more = {}) => {
  const isEnded = ({ user, data }) =>
    app.told.some(({ sub, sid }) => (sid === null ? sub === user.sub : sid === data.op_sid))
  const named = alg === 'HS256' ? { idTokenSignedResponseAlg: alg } : {}
  const visit = makeVisit(
    world,
    { clientId: alg, clientSecret: CLIENT_SECRET, ...named },
    {
      session,
      onSession: ({ claims }) => ({ data: { op_sid: claims.sid } }),
      isRevoked: isEnded,
      ...more,
    },
  )
  app.auth = visit.auth
  await signIn(visit)
  visit.request = () => new Request(ORIGIN, { headers: { cookie: visit.jar.cookies.headerFor(ORIGIN) } })
  return visit
}

/** Presses the button of the app, and then that of the provider. */
const signOut = async (visit) => {
  const options = { method: 'POST', headers: { origin: ORIGIN } }
  const page = await visit.jar.fetch(`${ORIGIN}/auth/sign-out?next=%2Fbye`, options)
  const at = new URL(visit.jar.url)
  await visit.jar.submit(await page.text(), { fields: { logout: 'yes' } })
  return at
}

describe('a sign-out that goes on to the provider', () => {
  test('ends its session, comes back, and tells the app about it', async () => {
    const visit = await signInAt('RS256', { endProviderSession: true })
    const { data } = visit.auth.getSession(visit.request()).session
    const { searchParams } = await signOut(visit)
    assert.deepEqual(
      [...searchParams.keys()],
      ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state'],
    )
    assert.equal(visit.jar.url, `${ORIGIN}/bye#`)
    assert.deepEqual(visit.events.at(-1), { type: 'sign_out', ok: true })
    assert.equal(visit.auth.getSession(visit.request()).session, null)
    assert.deepEqual(app.refused, [])
    assert.equal(app.told.length, 1)
    assert.equal(app.told[0].sid, data.op_sid)
  })
})

describe('a provider that tells the app of a sign-out', () => {
  for (const alg of ALGORITHMS)
    test(`with ${alg}: the session is over everywhere`, async () => {
      const visit = await signInAt(alg)
      assert.equal((await visit.auth.getUser(visit.request())).user.sub, 'ada')
      const copy = visit.request()
      const page = await visit.jar.fetch(`${world.issuer}/sign-out?client_id=${alg}`)
      await visit.jar.submit(await page.text(), { fields: { logout: 'yes' } })
      assert.deepEqual(app.refused, [])
      assert.equal(app.told.length, 1)
      const [{ jti, sid, ...rest }] = app.told
      assert.ok(jti && sid)
      assert.deepEqual(rest, { provider: 'op', sub: 'ada' })
      assert.equal((await visit.auth.getUser(copy)).user, null, 'a copy of the cookie')
    })

  test('the app’s own `verify` checks the token; where it fails, nothing is ended', async () => {
    const verdicts = [() => true, () => true, () => true, () => Promise.reject(new Error('no library'))]
    for (const told of [1, 0]) {
      const visit = await signInAt('ES256', {}, { verify: () => verdicts.shift()() })
      app.told = []
      const page = await visit.jar.fetch(`${world.issuer}/sign-out?client_id=ES256`)
      await visit.jar.submit(await page.text(), { fields: { logout: 'yes' } })
      assert.equal(app.told.length, told)
    }
    assert.deepEqual(verdicts, [])
    const [{ code, cause }] = app.refused
    assert.deepEqual([code, cause.message], ['signature_unchecked', 'no library'])
  })

  test('a token of somebody else is refused', async () => {
    await signInAt('HS256')
    const event = { 'http://schemas.openid.net/event/backchannel-logout': {} }
    const send = async (claims, secret = CLIENT_SECRET) => {
      const token = await new SignJWT({
        iss: world.issuer,
        aud: 'HS256',
        sub: 'ada',
        jti: '1',
        events: event,
        ...claims,
      })
        .setProtectedHeader({ alg: 'HS256', typ: 'logout+jwt' })
        .setIssuedAt()
        .setExpirationTime('2m')
        .sign(Buffer.from(secret))
      const body = new URLSearchParams({ logout_token: token })
      return (await fetch(app.url, { method: 'POST', body })).status
    }
    assert.equal(await send({}), 200)
    assert.equal(await send({ sub: undefined, sid: 's-1' }), 200)
    assert.deepEqual(app.told, [
      { provider: 'op', sub: 'ada', sid: null, jti: '1' },
      { provider: 'op', sub: null, sid: 's-1', jti: '1' },
    ])
    assert.equal(await send({}, 'y'.repeat(32)), 400)
    assert.equal(await send({ events: {} }), 400)
    assert.equal(await send({ nonce: 'n' }), 400)
    assert.equal(await send({ iss: 'https://evil.example' }), 400)
    assert.deepEqual(
      app.refused.map(({ code, parameter }) => [code, parameter]),
      ['signature', 'events', 'nonce', 'iss'].map((part) => ['logout_token_invalid', part]),
    )
    assert.equal((await fetch(app.url)).status, 400)
    assert.equal((await fetch(app.url, { method: 'POST', body: 'x' })).status, 400)
    assert.deepEqual(
      app.refused.slice(4).map(({ code }) => code),
      ['method_not_allowed', 'content_type'],
    )
    assert.equal(app.told.length, 2)
  })

  test('a framework may have read the form', async () => {
    const { auth } = await signInAt('HS256')
    const server = createServer(async (request, response) => {
      const text = (await request.toArray()).join('')
      Object.assign(request, { body: Object.fromEntries(new URLSearchParams(text)) })
      const error = await verifyLogoutToken(auth, request).catch((error) => error)
      response.end(JSON.stringify([error.code, error.parameter]))
    })
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const url = `http://127.0.0.1:${server.address().port}/logout`
      const body = new URLSearchParams({ logout_token: 'e30.e30.AAAA' })
      const answer = await fetch(url, { method: 'POST', body })
      assert.deepEqual(await answer.json(), ['logout_token_invalid', 'iss'])
    } finally {
      await new Promise((resolve) => server.close(resolve))
    }
  })

  test('a body that the caller made itself is an internal_error, or what it throws', async () => {
    const { auth } = await signInAt('HS256')
    const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded' })
    const request = { method: 'POST', url: `${ORIGIN}/logout`, headers }
    const read = async () => ({ done: false, value: 'no bytes' })
    const cancel = () => 'no promise'
    const body = { getReader: () => ({ read, cancel }) }
    await assert.rejects(auth.verifyLogoutToken({ ...request, body }), { code: 'internal_error' })
    const mine = new Error('mine')
    const own = {
      ...request,
      get body() {
        throw mine
      },
    }
    await assert.rejects(auth.verifyLogoutToken(own), (error) => error === mine)
  })

  test('headers and a body that are too large only together', async () => {
    const { auth } = await signInAt('HS256')
    const ask = (cookieBytes, bodyBytes) => {
      const type = 'application/x-www-form-urlencoded'
      const headers = { 'content-type': type, cookie: `a=${'x'.repeat(cookieBytes)}` }
      const body = `logout_token=${'y'.repeat(bodyBytes)}`
      return auth.verifyLogoutToken(new Request(`${ORIGIN}/logout`, { method: 'POST', headers, body }))
    }
    const most = 2 * 2 ** 20 - 40_000
    await assert.rejects(ask(most, 1000), { code: 'logout_token_invalid' })
    await assert.rejects(ask(most, 60_000), { code: 'request_too_large' })
  })

  test('verifyLogoutToken takes an auth and a request', async () => {
    await assert.rejects(verifyLogoutToken({}, {}), { code: 'argument_invalid' })
    const { auth } = await signInAt('HS256')
    await assert.rejects(verifyLogoutToken(auth, new Request(ORIGIN)), { code: 'argument_invalid' })
    for (const odd of [undefined, null, 1, 'x', {}, []])
      await assert.rejects(auth.verifyLogoutToken(odd), { code: 'argument_invalid' })
  })
})
