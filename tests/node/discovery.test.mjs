// Metadata, profile and revocation with a real OpenID provider over sockets.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { makeRequest, ORIGIN, readStart } from './support/app.mjs'
import { answerInstead, count, makeVisit, signIn, startWorld } from './support/openid.mjs'

const METADATA = '/.well-known/openid-configuration'
let world
let metadata
before(async () => {
  world = await startWorld()
  metadata = await (await fetch(world.issuer + METADATA)).json()
})
after(() => world.provider.close())
beforeEach(() => {
  world.intercept = undefined
})

/** The metadata of the real provider, at another address. */
const metadataOf = (issuer) => JSON.parse(JSON.stringify(metadata).replaceAll(world.issuer, issuer))

const startOnce = async (visit) => {
  const response = await visit.auth.signIn(makeRequest('/auth/sign-in?next=/x'))
  return response.headers.get('location')
}

describe('metadata', () => {
  test('one request for many sign-ins, also when they come at once', async () => {
    const visit = makeVisit(world)
    const locations = await Promise.all(Array.from({ length: 20 }, () => startOnce(visit)))
    assert.ok(locations.every((location) => location.startsWith(`${world.issuer}/authorize?`)))
    await signIn(visit)
    await signIn(visit)
    assert.equal(count(visit, `GET ${METADATA}`), 1)
    assert.equal(count(visit, 'GET /jwks'), 1)
    assert.equal(visit.sessions.length, 2)
  })

  test('a server that has it under another media type alone answers too', async () => {
    world.intercept = ({ url, headers }, response) => {
      if (url !== METADATA) return false
      const isAny = headers.accept.includes('*/*')
      response.writeHead(isAny ? 200 : 406, isAny ? { 'content-type': 'application/json' } : {})
      response.end(isAny ? JSON.stringify(metadata) : '')
      return true
    }
    assert.ok((await startOnce(makeVisit(world))).startsWith(`${world.issuer}/authorize?`))
  })

  test('ready loads it ahead, and start needs nothing more', async () => {
    const visit = makeVisit(world)
    assert.throws(() => visit.auth.start({}), { code: 'discovery_required' })
    await visit.auth.ready()
    const { url, setCookie } = visit.auth.start({ next: '/x' })
    assert.ok(readStart(new URL(url), setCookie).state)
    assert.equal(count(visit, `GET ${METADATA}`), 1)
  })

  test('a start uses the metadata of the provider that it names', async () => {
    const other = metadataOf('https://other.example')
    const providers = Object.fromEntries(
      [world.issuer, other.issuer].map((issuer, i) => [['op', 'other'][i], { issuer, clientId: 'public' }]),
    )
    const visit = makeVisit(
      world,
      {},
      {
        providers,
        fetch: (url) => (url.startsWith(other.issuer) ? Response.json(other) : fetch(url)),
      },
    )
    await visit.auth.ready()
    const hostOf = (asked) => new URL(visit.auth.start(asked).url).origin
    assert.equal(hostOf({ provider: 'op' }), world.issuer)
    assert.equal(hostOf({ provider: 'other' }), other.issuer)
  })

  const { issuer, ...nameless } = { issuer: '' }
  const broken = {
    'the server is down': [503, () => '{}', 'discovery_unavailable'],
    'not found': [404, () => '{}', 'discovery_unavailable'],
    'no JSON': [200, () => '<html>', 'discovery_invalid'],
    'an array': [200, () => [], 'discovery_invalid'],
    'no issuer': [200, () => ({ ...metadata, ...nameless, issuer: undefined }), 'discovery_issuer'],
    'another issuer': [200, () => ({ ...metadata, issuer: 'https://evil.example' }), 'discovery_issuer'],
    'no token endpoint': [200, () => ({ ...metadata, token_endpoint: undefined }), 'discovery_invalid'],
    'a token endpoint over http': [
      200,
      () => ({ ...metadata, token_endpoint: 'http://as.example/t' }),
      'discovery_invalid',
    ],
    'an authorization endpoint that is script': [
      200,
      () => ({ ...metadata, authorization_endpoint: 'javascript:alert(1)' }),
      'discovery_invalid',
    ],
    'no keys': [200, () => ({ ...metadata, jwks_uri: undefined }), 'discovery_invalid'],
  }
  for (const [name, [status, body, code]] of Object.entries(broken)) {
    test(`${name}: ${code}, and asked again next time`, async () => {
      answerInstead(world, METADATA, status, body)
      const visit = makeVisit(world)
      assert.equal(await startOnce(visit), `/auth/auth-code-error?error=${code}&provider=op&next=%2Fx#`)
      assert.equal(visit.events[0].code, code)
      await assert.rejects(visit.auth.ready(), { name: 'LandfallError', code })
      world.intercept = undefined
      assert.ok((await startOnce(visit)).startsWith(world.issuer))
    })
  }

  test('a slash at the end of the issuer is another issuer', async () => {
    const visit = makeVisit(world, { issuer: `${world.issuer}/` })
    assert.match(await startOnce(visit), /error=discovery_issuer/)
  })

  test('a redirect is not followed', async () => {
    world.intercept = (request, response) => {
      if (request.url !== METADATA) return false
      response.writeHead(302, { location: '/elsewhere' }).end()
      return true
    }
    assert.match(await startOnce(makeVisit(world)), /error=discovery_unavailable/)
    assert.equal(world.provider.stats.count('/elsewhere'), 0)
  })
})

describe('the profile endpoint', () => {
  test('its answer is in the session', async () => {
    const visit = makeVisit(world, { userinfo: true })
    await signIn(visit)
    const { userinfo, claims } = visit.sessions[0]
    assert.equal(userinfo.sub, claims.sub)
    assert.equal(userinfo.name, 'Ada')
    assert.equal(userinfo.email, 'ada@example.test')
  })

  for (const [name, status, body, code, told = {}] of [
    ['of another person', 200, { sub: 'eve', name: 'Eve' }, 'userinfo_sub'],
    ['of nobody', 200, { name: 'Eve' }, 'userinfo_sub'],
    ['with a number for a person', 200, { sub: 1 }, 'userinfo_sub'],
    ['with a list for a person', 200, { sub: ['ada'] }, 'userinfo_sub'],
    ['no object', 200, ['ada'], 'userinfo_invalid'],
    ['no JSON', 200, 'ada', 'userinfo_invalid'],
    [
      'refused',
      401,
      { error: 'invalid_token' },
      'userinfo_refused',
      { status: 401, detail: 'invalid_token' },
    ],
    [
      'without a permission',
      403,
      { type: 'error', error: { message: 'A scope is missing.', detail: { required: ['account'] } } },
      'userinfo_refused',
      { status: 403, description: 'A scope is missing. (account)' },
    ],
    ['at another address', 404, 'nothing here', 'userinfo_refused', { status: 404 }],
    ['slow to answer', 408, {}, 'userinfo_unavailable', { status: 408 }],
    ['asked too often', 429, {}, 'userinfo_unavailable', { status: 429 }],
    ['broken', 500, {}, 'userinfo_unavailable', { status: 500 }],
  ]) {
    test(`${name}: ${code}`, async () => {
      answerInstead(world, '/userinfo', status, body)
      const visit = makeVisit(world, { userinfo: true })
      await signIn(visit)
      const event = visit.events.at(-1)
      assert.equal(event.code, code)
      for (const [member, value] of Object.entries(told)) assert.equal(event[member], value, member)
      assert.equal(visit.sessions.length, 0)
    })
  }
})

describe('revocation at sign-out', () => {
  const ask = (token) =>
    fetch(`${world.issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } }).then(
      ({ status }) => status,
    )
  const signOut = async (visit) => {
    const headers = [['origin', ORIGIN]]
    const response = await visit.auth.signOut(makeRequest('/auth/sign-out', { method: 'POST', headers }))
    assert.equal(response.headers.get('location'), '/#')
    return visit.events.at(-1)
  }
  const makeSignOut = () => {
    const visit = makeVisit(
      world,
      {},
      { onSignOut: () => ({ provider: 'op', token: visit.sessions[0].access_token }) },
    )
    return visit
  }

  test('the token is worth nothing afterwards', async () => {
    const visit = makeSignOut()
    await signIn(visit)
    const { access_token } = visit.sessions[0]
    assert.equal(await ask(access_token), 200)
    assert.deepEqual(await signOut(visit), { type: 'sign_out', ok: true, provider: 'op' })
    assert.equal(await ask(access_token), 401)
    assert.equal(count(visit, 'POST /revoke'), 1)
  })

  test('a provider that is down is told of', async () => {
    const visit = makeSignOut()
    await signIn(visit)
    answerInstead(world, '/revoke', 503, '{}')
    assert.equal((await signOut(visit)).code, 'revocation_failed')
  })

  test('the metadata cannot be had: signed out here all the same', async () => {
    answerInstead(world, METADATA, 503, '{}')
    const visit = makeVisit(world, {}, { onSignOut: () => ({ provider: 'op', token: 'x' }) })
    assert.equal((await signOut(visit)).code, 'discovery_unavailable')
  })
})
