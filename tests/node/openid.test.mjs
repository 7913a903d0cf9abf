// Sign-ins with a real OpenID provider (the npm package oidc-provider) over sockets, as a browser makes them.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose'
import { ALGORITHMS } from '../../stand-ins/openid-provider.mjs'
import { ORIGIN } from './support/app.mjs'
import { resetClock, setClock } from './support/clock.mjs'
import {
  answer,
  answerInstead,
  CLIENT_SECRET,
  count,
  MAC_SECRET,
  makeVisit,
  open,
  signIn,
  startWorld,
} from './support/openid.mjs'

const ERROR = `${ORIGIN}/auth/auth-code-error?error=`
let world
before(async () => {
  world = await startWorld()
})
after(() => world.provider.close())
beforeEach(() => {
  world.intercept = undefined
})

describe('algorithms', () => {
  const rows = ALGORITHMS.flatMap((alg) => [
    { alg, how: 'named in the options', more: { idTokenSignedResponseAlg: alg } },
    { alg, how: 'listed by the provider', more: {} },
  ])
  for (const { alg, how, more } of rows) {
    test(`${alg}, ${how}: signed in, with the claims`, async () => {
      const visit = makeVisit(world, { clientId: alg, ...more })
      await signIn(visit)
      assert.equal(visit.jar.url, `${ORIGIN}/welcome?x=1#`)
      const [session] = visit.sessions
      assert.equal(decodeProtectedHeader(session.id_token).alg, alg)
      assert.equal(session.claims.sub, 'ada')
      assert.equal(session.claims.aud, alg)
      assert.ok(session.access_token && session.expires_at > Date.now() / 1000)
      assert.deepEqual(visit.events.at(-1), { type: 'callback', ok: true, provider: 'op' })
      assert.deepEqual(visit.jar.cookies.names().sort().slice(0, 2), ['__Host-landfall-done', 'app-session'])
    })
  }

  test('HS256 only where the options name it, for the ID Token and the profile', async () => {
    for (const clientId of ['mac-id_token', 'mac-userinfo']) {
      const mac = { clientId, clientSecret: MAC_SECRET, userinfo: true }
      const unnamed = makeVisit(world, mac)
      await signIn(unnamed)
      assert.equal(unnamed.events.at(-1).code, 'id_token_alg')
      const named = makeVisit(world, { ...mac, idTokenSignedResponseAlg: 'HS256' })
      await signIn(named)
      const [session] = named.sessions
      assert.equal(decodeProtectedHeader(session.id_token).alg, 'HS256')
      assert.equal(session.userinfo.email, 'ada@example.test')
      assert.equal(count(named, 'GET /jwks'), 0)
    }
  })

  for (const alg of ALGORITHMS)
    test(`${alg}: a signed profile is verified and read`, async () => {
      const visit = makeVisit(world, { clientId: `signed-${alg}`, userinfo: true })
      await signIn(visit)
      const [session] = visit.sessions
      assert.equal(session.userinfo.email, 'ada@example.test', JSON.stringify(visit.events.at(-1)))
      assert.equal(session.userinfo.aud, `signed-${alg}`)
      assert.equal(count(visit, 'GET /jwks'), 1, 'the same key set')
    })

  test('a signed profile of another person, client or key is refused', async () => {
    const { privateKey } = await generateKeyPair('RS256')
    const profile = (claims) =>
      new SignJWT({ iss: world.issuer, aud: 'signed-RS256', sub: 'ada', ...claims })
        .setProtectedHeader({ alg: 'RS256' })
        .sign(privateKey)
    for (const [claims, code] of [
      [{}, 'userinfo_signature'],
      [{ aud: 'public' }, 'userinfo_invalid'],
      [{ iss: 'https://evil.example' }, 'userinfo_invalid'],
    ]) {
      const body = await profile(claims)
      world.intercept = (request, response) => {
        if (!request.url.startsWith('/userinfo')) return false
        response.writeHead(200, { 'content-type': 'application/jwt' }).end(body)
        return true
      }
      const visit = makeVisit(world, { clientId: 'signed-RS256', userinfo: true })
      await signIn(visit)
      assert.equal(visit.events.at(-1).code, code)
      assert.equal(visit.sessions.length, 0)
    }
  })

  test('another one than was registered is refused', async () => {
    const visit = makeVisit(world, { clientId: 'ES256', idTokenSignedResponseAlg: 'RS256' })
    await signIn(visit)
    assert.ok(visit.jar.url.startsWith(`${ERROR}id_token_alg&`))
    assert.equal(visit.sessions.length, 0)
  })
})

describe('client authentication', () => {
  const clients = {
    client_secret_basic: { clientId: 'client:basic &', clientSecret: CLIENT_SECRET },
    client_secret_post: {
      clientId: 'post',
      clientSecret: CLIENT_SECRET,
      tokenEndpointAuthMethod: 'client_secret_post',
    },
    none: { clientId: 'public' },
  }
  for (const [name, more] of Object.entries(clients)) {
    test(name, async () => {
      const visit = makeVisit(world, more)
      await signIn(visit)
      assert.equal(visit.sessions.length, 1, JSON.stringify(visit.events))
      assert.equal(count(visit, 'POST /token'), 1)
    })
  }

  test('a wrong secret is the app’s mistake', async () => {
    const visit = makeVisit(world, { ...clients.client_secret_post, clientSecret: 'wrong' })
    await signIn(visit)
    assert.equal(visit.events.at(-1).code, 'token_invalid_client')
    assert.equal(visit.events.at(-1).blame, 'app')
  })
})

describe('the browser', () => {
  test('form_post', async () => {
    const visit = makeVisit(world, { responseMode: 'form_post' })
    const page = await answer(visit, await open(visit, '/posted'))
    await visit.jar.submit(await page.text())
    assert.equal(visit.jar.hops.at(-2).method, 'POST')
    assert.equal(visit.jar.url, `${ORIGIN}/posted#`)
    assert.equal(visit.sessions.length, 1)
  })

  test('deny', async () => {
    const visit = makeVisit(world)
    const callback = await answer(visit, await open(visit), 'deny')
    await visit.jar.fetch(callback)
    const { code, detail, description } = visit.events.at(-1)
    assert.deepEqual(
      [code, detail, description],
      ['provider_access_denied', 'access_denied', 'The person pressed Deny.'],
    )
    const rest = 'provider_access_denied&provider=op&next=%2Fwelcome%3Fx%3D1#'
    assert.equal(visit.jar.url, ERROR + rest)
    assert.equal(count(visit, 'POST /token'), 0)
  })

  test('two tabs, finished in the other order', async () => {
    const visit = makeVisit(world)
    const a = await open(visit, '/a')
    const callbackB = await answer(visit, await open(visit, '/b'))
    const callbackA = await answer(visit, a)
    await visit.jar.fetch(callbackB)
    assert.equal(visit.jar.url, `${ORIGIN}/b#`)
    await visit.jar.fetch(callbackA)
    assert.equal(visit.jar.url, `${ORIGIN}/a#`)
    assert.equal(visit.sessions.length, 2)
  })

  test('the callback opened again, by reload or Back: told so, and no second token request', async () => {
    const visit = makeVisit(world)
    const callback = await signIn(visit)
    for (let i = 0; i < 2; i++) {
      await visit.jar.fetch(callback)
      assert.ok(visit.jar.url.startsWith(`${ERROR}transaction_used#`), visit.jar.url)
    }
    assert.equal(count(visit, 'POST /token'), 1)
    assert.equal(visit.jar.cookies.get('app-session'), '1')
  })

  test('another browser has no part in the sign-in', async () => {
    const visit = makeVisit(world)
    const callback = await answer(visit, await open(visit))
    const thief = makeVisit(world)
    await thief.jar.fetch(callback)
    assert.equal(thief.events[0].code, 'transaction_cookies_blocked')
    assert.equal(thief.sent.length, 0)
  })

  test('eleven minutes at the provider are too many', async () => {
    const visit = makeVisit(world)
    const callback = await answer(visit, await open(visit))
    try {
      setClock(Math.floor(Date.now() / 1000) + 660)
      await visit.jar.fetch(callback)
    } finally {
      resetClock()
    }
    assert.equal(visit.events.at(-1).code, 'transaction_expired')
    assert.equal(count(visit, 'POST /token'), 0)
  })

  test('a tampered cookie', async () => {
    const visit = makeVisit(world)
    const callback = await answer(visit, await open(visit))
    const name = visit.jar.cookies.names().find((one) => /^__Host-landfall-(?!done)/.test(one))
    const next = (path) => Buffer.from(path).toString('base64url')
    const before = visit.jar.cookies.get(name)
    const value = before.replace(next('/welcome'), next('/elsewhere'))
    assert.notEqual(value, before)
    visit.jar.cookies.store(`${name}=${value}; Path=/; Secure`, ORIGIN)
    await visit.jar.fetch(callback)
    assert.equal(visit.events.at(-1).code, 'transaction_invalid')
    assert.equal(visit.jar.cookies.get(name), undefined)
  })
})

describe('iss in the authorization response (RFC 9207)', () => {
  for (const [iss, code] of [
    ['https://evil.example', 'iss_mismatch'],
    ['', 'iss_missing'],
  ]) {
    test(iss || 'none, though promised', async () => {
      const visit = makeVisit(world)
      const callback = new URL(await answer(visit, await open(visit)))
      assert.equal(callback.searchParams.get('iss'), world.issuer)
      callback.searchParams.set('iss', iss)
      await visit.jar.fetch(callback)
      assert.equal(visit.events.at(-1).code, code)
      assert.equal(count(visit, 'POST /token'), 0)
    })
  }
})

describe('keys', () => {
  test('an unknown kid: the set is asked for exactly once more', async () => {
    let asked = 0
    answerInstead(world, '/jwks', 200, () => (++asked === 1 ? { keys: [] } : undefined))
    const visit = makeVisit(world)
    await signIn(visit)
    assert.equal(visit.sessions.length, 1, JSON.stringify(visit.events))
    assert.equal(count(visit, 'GET /jwks'), 2)
    await signIn(visit)
    assert.equal(count(visit, 'GET /jwks'), 2)
  })

  test('a kid that stays unknown: two requests, and none for ten seconds after', async () => {
    answerInstead(world, '/jwks', 200, { keys: [] })
    const visit = makeVisit(world)
    await signIn(visit)
    assert.equal(visit.events.at(-1).code, 'id_token_key')
    assert.equal(count(visit, 'GET /jwks'), 2)
    await signIn(visit)
    assert.equal(visit.events.at(-1).code, 'id_token_key')
    assert.ok(count(visit, 'GET /jwks') <= 3, `${count(visit, 'GET /jwks')} requests`)
    assert.equal(visit.sessions.length, 0)
  })

  for (const [name, status, body, code] of [
    ['down', 503, '{}', 'jwks_unavailable'],
    ['no JSON', 200, '<html>', 'jwks_invalid'],
    ['no keys', 200, { keys: 'x' }, 'jwks_invalid'],
    ['a megabyte', 200, 'x'.repeat(1_100_000), 'jwks_unavailable'],
  ]) {
    test(`${name}: ${code}, and not kept`, async () => {
      answerInstead(world, '/jwks', status, body)
      const visit = makeVisit(world)
      await signIn(visit)
      assert.equal(visit.events.at(-1).code, code)
      assert.equal(visit.sessions.length, 0)
      world.intercept = undefined
      await signIn(visit)
      assert.equal(visit.sessions.length, 1)
    })
  }
})
