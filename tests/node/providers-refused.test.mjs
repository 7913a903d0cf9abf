// What a provider refuses, in its own words, becomes an event that says whose turn it is.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { REFUSALS } from '../../stand-ins/providers/answers.mjs'
import { askToken, ROWS, readBack, signAppleSecret } from './support/provider-client.mjs'
import { APPLE_KEY, signIn, startWorld, withApp, withChanges } from './support/provider-sign-in.mjs'

let world
before(async () => {
  world = await startWorld()
})
after(() => world.stop())

const NAMES = Object.keys(ROWS)
const INVALID_CLIENT = ['token_invalid_client']
const INVALID_GRANT = ['token_invalid_grant']
/** These document no code that tells a wrong secret from a used code. The event has their words. */
const ANY = ['token_invalid_client', 'token_invalid_grant', 'token_error', 'token_status']
const VAGUE = {
  client: { facebook: ANY, figma: ANY, notion: ANY, twitch: ANY },
  code: { facebook: ANY, figma: ANY, notion: ANY, twitch: ANY, zoom: ['token_error', 'token_invalid_grant'] },
}

/** What Landfall asked for; the metadata comes before the redirect. */
const kindsOf = (requests) => requests.map(({ kind }) => kind).filter((kind) => kind !== 'metadata')

/** The words of a refusal, wherever the provider puts them. */
const wordsOf = ({ body }) => body.error?.message ?? body.message ?? body.reason ?? body.error_description

const assertTold = (name, why, { event, code, said }, usual) => {
  const expected = VAGUE[why][name] ?? usual
  assert.ok(expected.includes(code), said)
  const refusal = ROWS[name].refusals?.[why] ?? REFUSALS[why]
  const words = wordsOf(refusal)
  if (words) assert.equal(event.description, words, said)
  const { error } = refusal.body
  if (['string', 'number'].includes(typeof error)) assert.equal(event.detail, String(error), said)
}

describe('a person who says no: provider_access_denied', () => {
  for (const name of NAMES)
    test(name, async () => {
      const { code, event, requests, said } = await signIn(world, name, { choice: 'deny' })
      assert.equal(code, 'provider_access_denied', said)
      const { error = 'access_denied' } = ROWS[name].denial ?? {}
      assert.equal(event.detail, error)
      assert.deepEqual(kindsOf(requests), [])
    })

  test('line, in small letters as it had them before', async () => {
    const meanwhile = ({ method, url }) => ({ method, url: url.replace('ACCESS_DENIED', 'access_denied') })
    const { code, said } = await signIn(world, 'line', { choice: 'deny', meanwhile })
    assert.equal(code, 'provider_access_denied', said)
  })
})

describe('a wrong secret is the app’s mistake', () => {
  for (const name of NAMES)
    test(name, async () => {
      const change = name === 'apple' ? { keyId: 'OTHERKEY12' } : { clientSecret: 'x'.repeat(40) }
      const { clientSecret, keyId } = world.apps[name]
      const options = name === 'apple' ? { keyId } : { clientSecret }
      // The provider knows another one than the app has.
      const outcome = await withApp(world, name, change, () => signIn(world, name, { options }))
      assertTold(name, 'client', outcome, INVALID_CLIENT)
      if (outcome.code === 'token_invalid_client') assert.equal(outcome.event.blame, 'app')
    })
})

describe('a code that somebody used', () => {
  for (const name of NAMES)
    test(name, async () => {
      const meanwhile = async (back) => {
        const code = readBack(back).get('code')
        const { apple } = world.apps
        const secret = name === 'apple' ? signAppleSecret(APPLE_KEY, apple) : undefined
        await askToken(world, name, { code }, secret ? { secret } : {})
      }
      const outcome = await signIn(world, name, { meanwhile })
      assertTold(name, 'code', outcome, INVALID_GRANT)
      assert.equal(outcome.requests.filter(({ kind }) => kind === 'token').length, 2, 'no third try')
    })
})

describe('another redirect_uri than that of the request', () => {
  for (const [name, detail] of Object.entries({ github: 'redirect_uri_mismatch', slack: 'bad_redirect_uri' }))
    test(`${name}: token_invalid_grant`, async () => {
      const { token, refusals } = ROWS[name]
      const run = () => signIn(world, name)
      const { code, event } = await withChanges(world, { [token]: () => refusals.redirect.body }, run)
      assert.deepEqual([code, event.detail], ['token_invalid_grant', detail])
    })
})

describe('further words that the documents list', () => {
  const words = {
    token_invalid_client: ['incorrect_client_credentials', 'bad_client_secret', 'invalid_client_id'],
    token_invalid_grant: ['bad_verification_code', 'invalid_code', 'code_already_used', 'code_expired'],
  }
  for (const [code, errors] of Object.entries(words))
    for (const error of errors)
      test(`${error}: ${code}`, async () => {
        const changes = { [ROWS.slack.token]: () => ({ ok: false, error }) }
        const outcome = await withChanges(world, changes, () => signIn(world, 'slack'))
        assert.deepEqual([outcome.code, outcome.event.detail], [code, error])
      })
})

describe('a missing permission: userinfo_refused', () => {
  for (const name of ['bitbucket', 'discord', 'facebook', 'figma', 'github', 'reddit', 'twitter', 'zoom'])
    test(name, async () => {
      const { code, event, said } = await withApp(world, name, { granted: [] }, () => signIn(world, name))
      assert.equal(code, 'userinfo_refused', said)
      assert.deepEqual([event.status, event.blame], [403, 'app'])
    })
})

describe('permissions that the person or the app does not give', () => {
  for (const name of ['huggingface', 'line', 'vercel']) {
    test(`${name}, no e-mail: signed in, without an address`, async () => {
      const granted = ['openid', 'profile']
      const { profile, said } = await withApp(world, name, { granted }, () => signIn(world, name))
      assert.ok(profile, said)
      assert.deepEqual([profile.name, profile.email, profile.email_verified], ['Ada Lovelace', null, false])
    })

    test(`${name}, no openid: id_token_missing`, async () => {
      const { code, said } = await withApp(world, name, { granted: [] }, () => signIn(world, name))
      assert.equal(code, 'id_token_missing', said)
    })
  }

  test('LINE gives no e-mail without openid: provider_error', async () => {
    const { code, event } = await signIn(world, 'line', { options: { scopes: 'profile email' } })
    assert.deepEqual([code, event.detail], ['provider_error', 'INVALID_SCOPE'])
  })
})

describe('what a provider refuses at the authorization endpoint', () => {
  test('WorkOS without an organization: provider_error', async () => {
    const { code, event } = await signIn(world, 'workos', { link: {} })
    assert.deepEqual([code, event.detail], ['provider_error', 'invalid_request'])
  })

  test('a scope that nobody knows: provider_error', async () => {
    const { code, event } = await signIn(world, 'github', { options: { scopes: 'no:such' } })
    assert.deepEqual([code, event.detail], ['provider_error', 'invalid_scope'])
  })

  /** The redirect with another issuer, or with none. */
  const withIss = (name, iss) => {
    const meanwhile = ({ method, url }) => {
      const changed = new URL(url)
      changed.searchParams.delete('iss')
      if (iss) changed.searchParams.set('iss', iss)
      return { method, url: changed.href }
    }
    return signIn(world, name, { meanwhile })
  }
  for (const name of ['google', 'github', 'discord']) {
    test(`${name}, another issuer in the redirect: iss_mismatch`, async () => {
      const { code, requests } = await withIss(name, 'https://evil.example')
      assert.equal(code, 'iss_mismatch')
      assert.deepEqual(requests, [])
    })

    test(`${name}, no issuer in the redirect: signed in, for older servers send none`, async () => {
      const { session, said } = await withIss(name, '')
      assert.ok(session, said)
    })
  }
})
