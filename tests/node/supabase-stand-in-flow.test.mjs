// The stand-in for a Supabase project's Auth server answers as the real one is known to answer: /authorize and /callback.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeVerifier, pkceOf } from '../../stand-ins/supabase-client.mjs'
import { withQuery } from '../../stand-ins/supabase-url-values.mjs'
import { auth, BACK, client, codeOf, SITE, start, stateOf } from './support/supabase-stand-in.mjs'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('/authorize', () => {
  test('refuses in JSON what it cannot do', async () => {
    const good = pkceOf(makeVerifier())
    const refused = [
      { provider: 'nobody' },
      { provider: 'github' },
      { provider: 'custom:acme' },
      { provider: '' },
      { code_challenge: good.code_challenge },
      { code_challenge_method: 's256' },
      { ...good, code_challenge_method: 'S512' },
      { ...good, code_challenge: 'a'.repeat(42) },
      { ...good, code_challenge: 'a'.repeat(129) },
      { ...good, code_challenge: `${'a'.repeat(42)}+` },
    ]
    for (const parameters of refused) {
      const response = await client.start(parameters)
      const body = await response.json()
      assert.deepEqual([response.status, body.code, body.error_code], [400, 400, 'validation_failed'])
      assert.deepEqual(Object.keys(body), ['code', 'error_code', 'msg'])
      if ('provider' in parameters) assert.match(body.msg, /^Unsupported provider:/)
    }
    const invited = await client.start({ invite_token: 'x' })
    assert.deepEqual([invited.status, (await invited.json()).error_code], [404, 'user_not_found'])
  })

  test('sends the browser to the provider and keeps what is its own', async () => {
    const parameters = {
      provider: 'BitBucket',
      code_challenge: 'a'.repeat(128),
      code_challenge_method: 'PLAIN',
      scopes: 'repository',
      state: 'mine',
      CLIENT_ID: 'x',
      Redirect_Uri: 'x',
      nonce: 'n',
      workos_provider: 'p',
      prompt: 'login',
    }
    const response = await client.start(parameters)
    assert.equal(response.status, 302)
    const url = new URL(response.headers.get('location'))
    assert.equal(url.pathname, '/site/oauth2/authorize')
    const { state, ...rest } = Object.fromEntries(url.searchParams)
    assert.match(state, UUID)
    assert.ok(auth.flowStates.rows.has(state))
    assert.deepEqual(rest, {
      client_id: 'supabase-stand-in',
      nonce: 'n',
      prompt: 'login',
      provider: 'p',
      redirect_to: BACK,
      redirect_uri: `${auth.url}/auth/v1/callback`,
      response_type: 'code',
      scope: 'account email',
    })
    const other = await client.start({ scope: 'account email repository' })
    assert.equal(new URL(other.headers.get('location')).searchParams.get('scope'), 'account email repository')
  })

  test('returns to redirect_to, else to the Referer, else to SITE_URL, and says nothing', async () => {
    const returns = async (redirect_to, headers = {}) => {
      const response = await client.start({ redirect_to }, headers)
      return auth.flowStates.rows.get(stateOf(response)).referrer
    }
    const preview = 'https://a.preview.example/cb?next=/x'
    assert.equal(await returns(preview), preview)
    assert.equal(await returns('https://evil.example/'), SITE)
    assert.equal(await returns('https://evil.example/', { referer: preview }), preview)
    assert.equal(await returns('https://evil.example/', { redirect_to: preview }), preview)
  })
})

describe('/callback', () => {
  test('adds the code to a query that it sorts and encodes again', async () => {
    const redirect_to = `${SITE}/cb?z=a%20b&a=%C3%BC~&code=mine&bad=%zz&semi=1;2&e#frag`
    const url = await client.signIn({ ...pkceOf(makeVerifier()), redirect_to })
    assert.match(url.search, /^\?a=%C3%BC~&code=[0-9a-f-]{36}&e=&z=a\+b$/)
    assert.match(codeOf(url), UUID)
    assert.equal(url.hash, '#frag')
    assert.equal(
      withQuery('https://a/?b=2&a=1&b=1', () => {}),
      'https://a/?a=1&b=2&b=1',
    )
  })

  test('puts the tokens of the implicit flow in the fragment, sorted', async () => {
    const url = await client.signIn()
    const keys = [...new URLSearchParams(url.hash.slice(1)).keys()].join(' ')
    const tokens = 'access_token expires_at expires_in provider_refresh_token provider_token refresh_token'
    assert.equal(keys, `${tokens} sb token_type`)
    assert.equal(url.search, '?next=%2Fx')
    const double = await client.signIn({ redirect_to: `${SITE}/#mine` })
    assert.match(double.hash, /^#mine#access_token=/)
  })

  test('goes to SITE_URL without a usable state', async () => {
    const asks = async (query) => {
      const response = await fetch(`${client.api}/callback?${query}`, { redirect: 'manual' })
      const url = new URL(response.headers.get('location'))
      assert.deepEqual([response.status, url.origin, url.pathname, url.hash], [303, SITE, '/', ''])
      assert.equal(url.searchParams.get('error'), 'invalid_request')
      return url.searchParams.get('error_code')
    }
    assert.equal(await asks('code=x'), 'bad_oauth_callback')
    assert.equal(await asks('code=x&state=x'), 'bad_oauth_state')
    assert.equal(await asks(`code=x&state=${crypto.randomUUID()}`), 'bad_oauth_state')

    for (const [flow, code] of [
      [pkceOf(makeVerifier()), 'flow_state_already_used'],
      [{}, 'bad_oauth_state'],
    ]) {
      const { hops } = await client.signIn(flow)
      const used = hops.find(({ url }) => url.includes('/auth/v1/callback')).url
      assert.equal(await asks(new URL(used).searchParams), code)
    }
    const state = stateOf(await client.start())
    auth.flowStates.rows.get(state).created_at -= 301_000
    assert.equal(await asks(`code=x&state=${state}`), 'bad_oauth_state')
  })

  const FAILED = {
    denied: ['access_denied', null, /^The user denied the request\.$/],
    no_email: ['server_error', 'unexpected_failure', /^Error getting user email from external provider$/],
    unconfirmed_email: ['access_denied', 'provider_email_needs_verification', /^Unverified email/],
    token_error: ['server_error', 'unexpected_failure', /^Unable to exchange external code: /],
    user_error: ['server_error', 'unexpected_failure', /^Error getting user profile from external provider$/],
  }
  for (const [outcome, [error, code, description]] of Object.entries(FAILED)) {
    test(`tells the app of ${outcome} in query and fragment`, async () => {
      const { auth, client } = await start({ outcome })
      const url = await client.signIn(pkceOf(makeVerifier()))
      const fragment = new URLSearchParams(url.hash.slice(1))
      assert.equal(url.hops.at(-2).status, 302)
      assert.deepEqual([url.searchParams.get('next'), fragment.get('sb')], ['/x', ''])
      for (const part of [url.searchParams, fragment]) {
        assert.deepEqual([part.get('error'), part.get('error_code')], [error, code])
      }
      assert.match(url.searchParams.get('error_description'), description)
      if (outcome !== 'token_error') return
      assert.match(url.hash, /external\+code%253A\+/)
      const asked = auth.leg.requests.filter(({ endpoint }) => endpoint === 'token')
      const styles = asked.map(({ basic, form }) => (basic ? 'Basic' : [...form.keys()].at(-1)))
      assert.deepEqual(styles, ['Basic', 'client_secret'])
    })
  }

  test('refuses new people and banned ones when told to', async () => {
    const closed = await start({ disableSignup: true })
    assert.equal((await closed.client.signIn()).searchParams.get('error_code'), 'signup_disabled')
    const { auth, client } = await start()
    await client.signIn()
    auth.users.ban('ada@example.test')
    assert.equal((await client.signIn()).searchParams.get('error_code'), 'user_banned')
  })

  test('knows a person again, and can be told to return elsewhere', async () => {
    const { client } = await start({ externalRedirectUrl: `${SITE}/fixed` })
    const [first, second] = [await client.session(), await client.session()]
    assert.equal(first.user.id, second.user.id)
    assert.equal(second.user.identities.length, 1)
    assert.equal((await client.signIn()).pathname, '/fixed')
  })
})
