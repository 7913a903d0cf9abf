// A sign-in that a provider or a portal starts (OpenID Connect Core 4): `iss` chooses the provider, and nobody else's address is
// the end of it. It comes as a link, or as a form that the other site posts.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { callbackUrl, ISSUER, makeApp, makeRequest, ORIGIN, PROVIDER, readStart } from './support/app.mjs'

const OTHER = 'https://other.example'
const PROVIDERS = {
  main: PROVIDER,
  other: { ...PROVIDER, issuer: OTHER, authorizationEndpoint: `${OTHER}/authorize` },
}
const PORTAL = [
  ['sec-fetch-site', 'cross-site'],
  ['sec-fetch-mode', 'navigate'],
  ['sec-fetch-dest', 'document'],
]
const FORM = [
  ...PORTAL,
  ['origin', 'https://portal.example'],
  ['content-type', 'application/x-www-form-urlencoded'],
]

/** The two ways to the sign-in. */
const WAYS = {
  'a link': (query) => makeRequest(`/auth/sign-in?${query}`, { headers: PORTAL }),
  'a form': (body) => makeRequest('/auth/sign-in', { method: 'POST', headers: FORM, body: `${body}` }),
}

/** Where somebody is sent who follows it. @param {(query: URLSearchParams) => Request} way @param {object} asked */
const open = async (way, asked) => {
  const app = makeApp({ providers: PROVIDERS })
  const response = await app.auth.handle(way(new URLSearchParams(asked)))
  const location = response.headers.get('location')
  return { app, response, location, event: app.events.at(-1) }
}

/** The page on which such a sign-in ends. */
const endOf = async (way, target) => {
  const { app, response, location } = await open(way, { iss: ISSUER, target_link_uri: target })
  const { state, cookie } = readStart(new URL(location), response.headers.getSetCookie())
  const back = await app.auth.handle(makeRequest(callbackUrl(state), { cookie }))
  assert.equal(app.sessions.length, 1)
  return back.headers.get('location')
}

for (const [name, way] of Object.entries(WAYS))
  describe(`by ${name}`, () => {
    test('`iss` chooses the provider', async () => {
      for (const iss of [ISSUER, OTHER]) {
        const { location, response } = await open(way, { iss })
        assert.equal(response.status, 303)
        assert.ok(location.startsWith(`${iss}/authorize?`), location)
      }
    })

    test('an issuer that is none of the app’s starts nothing', async () => {
      for (const iss of [
        `${ISSUER}/`,
        `${ISSUER}.evil.example`,
        'https://evil.example',
        '',
        ISSUER.toUpperCase(),
      ]) {
        const { app, event, response } = await open(way, { iss })
        assert.equal(event.code, 'provider_unknown', iss)
        assert.deepEqual([response.headers.getSetCookie(), app.sent], [[], []])
      }
    })

    test('`target_link_uri` is a page of the app, or the usual page is opened', async () => {
      assert.equal(await endOf(way, '/orders?id=7'), '/orders?id=7#')
      assert.equal(await endOf(way, `${ORIGIN}/orders`), '/orders#')
      for (const evil of [
        'https://evil.example/',
        '//evil.example',
        '/\\evil.example',
        `${ORIGIN}.evil.example/`,
        `${ORIGIN}@evil.example/`,
        'javascript:alert(1)',
        '/auth/sign-out',
      ])
        assert.equal(await endOf(way, evil), '/#', evil)
    })

    test('`login_hint` goes on to the provider, and no other parameter does', async () => {
      const asked = {
        iss: ISSUER,
        login_hint: 'ada@example.test',
        scope: 'all',
        redirect_uri: 'https://evil.example',
      }
      const { searchParams } = new URL((await open(way, asked)).location)
      assert.equal(searchParams.get('login_hint'), 'ada@example.test')
      assert.equal(searchParams.get('scope'), PROVIDER.scopes)
      assert.equal(searchParams.get('redirect_uri'), `${ORIGIN}/auth/callback/main`)
      assert.equal(searchParams.has('iss'), false)
    })
  })

describe('a form', () => {
  const post = (headers, body = `iss=${ISSUER}`, query = '') => {
    const app = makeApp({ providers: PROVIDERS })
    const request = makeRequest(`/auth/sign-in${query}`, { method: 'POST', headers, body })
    return Promise.resolve(app.auth.handle(request)).then((response) => ({ response, ...app.events.at(-1) }))
  }

  test('counts alone: the query of its address does not', async () => {
    const { code } = await post(FORM, 'next=/x', `?iss=${ISSUER}&provider=main`)
    assert.equal(code, 'provider_unknown')
  })

  test('in a frame starts nothing', async () => {
    const framed = FORM.map(([name, value]) => [name, name === 'sec-fetch-dest' ? 'iframe' : value])
    assert.equal((await post(framed)).code, 'fetch_metadata')
  })

  test('of another type, or too large, starts nothing', async () => {
    const other = FORM.map(([name, value]) => [name, name === 'content-type' ? 'text/plain' : value])
    const { response, code } = await post(other)
    assert.deepEqual([response.status, code], [400, 'content_type'])
    assert.equal((await post(FORM, `iss=${ISSUER}&x=${'x'.repeat(65_536)}`)).code, 'request_too_large')
  })
})
