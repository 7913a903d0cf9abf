// The access tokens of a thousand people end at once, and each asks for a new one several times: at a provider that is well, slow, silent
// and busy. A refresh token counts once there, and its second use ends the person's tokens.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { after, before, describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { PATHS, startOAuthProvider } from '../../stand-ins/oauth-provider.mjs'

const CROWD = 1000
/** How many ask a provider that is ill: what is slow there must not come from this machine. */
const FEW = 100
/** How often each asks at once. */
const EACH = 4
/** The life of an access token at the stand-in, in seconds. */
const LIFE = 7200
/** An access token with less than a minute left is renewed; it outlives a provider that is silent. */
const SOON_OVER = LIFE - 55
/** Just in time: a request to a provider may take ten seconds. */
const SLOW_MILLISECONDS = 9000
/** So many seconds after the renewal, a request comes with the old cookie. */
const LATE = 20
const ROUNDS = 6
const WARM_UP_ROUNDS = 2
const MAX_HEAP_GROWTH_BYTES = 512 << 10
const ORIGIN = 'https://app.example'
const [AUTHORIZE, TOKEN] = Object.keys(PATHS)

/** Those people, at a provider. @param {number} people */
const useHolders = (people) => {
  let provider
  let child
  before(async () => {
    provider = await startOAuthProvider({ rotates: true })
    child = fork(new URL('token-holders.mjs', import.meta.url), { execArgv: ['--expose-gc'] })
    const work = {
      clientId: 'demo-client',
      clientSecret: 'demo-secret',
      authorizationEndpoint: provider.origin + AUTHORIZE,
      tokenEndpoint: provider.origin + TOKEN,
      scopes: 'account',
    }
    const secret = 'the secret of an app under load: 32 bytes and more'
    const options = { origin: ORIGIN, secret, session: { tokens: true }, providers: { work } }
    await tell({ does: 'open', options, count: people })
  })
  after(async () => {
    child?.kill()
    await provider?.close()
  })
  const tell = async (message) => {
    child.send(message)
    const [{ result, failure }] = await once(child, 'message')
    assert.equal(failure, undefined)
    return result
  }
  return {
    /** @param {Parameters<typeof provider.script>[0]} answer */
    script: (answer) => provider.script(answer),
    /** Everybody asks, so many seconds after the last time; `renewals` are the refresh tokens that the provider saw. */
    async ask(seconds, { each = EACH, isLate = false } = {}) {
      provider.requests.length = 0
      const answers = await tell({ does: 'ask', origin: ORIGIN, seconds, each, isLate })
      assert.deepEqual([answers.signedIn, answers.withTokens], [people, people], 'nobody is signed out')
      const renewals = provider.requests.map(({ form }) => form.get('refresh_token'))
      return { ...answers, renewals }
    },
    /** Everybody has a token of their own, the same for each of their requests. */
    checkTokens({ tokens, errors }) {
      assert.deepEqual(errors, [])
      assert.ok(tokens.every((own) => own.length === 1))
      assert.equal(new Set(tokens.flat()).size, people)
    },
    /** Each refresh token was sent once. */
    checkRenewedOnce({ renewals }) {
      assert.equal(renewals.length, people)
      assert.equal(new Set(renewals).size, people)
    },
  }
}

describe(`${CROWD} people, ${EACH} requests of each at once`, () => {
  const { ask, script, checkTokens, checkRenewedOnce } = useHolders(CROWD)

  test('as long as the tokens live, nobody asks the provider', async () => {
    const answers = await ask(0)
    checkTokens(answers)
    assert.deepEqual(answers.renewals, [])
  })

  test('then each is renewed once, and a late request with the old cookie has the new one', async () => {
    const renewed = await ask(LIFE)
    checkTokens(renewed)
    checkRenewedOnce(renewed)
    const late = await ask(LATE, { each: 1, isLate: true })
    assert.deepEqual(late.tokens, renewed.tokens)
    assert.deepEqual(late.renewals, [])
  })

  test('a provider that counts requests is asked once, and takes nothing from anybody', async () => {
    script(() => ({ status: 429, headers: { 'retry-after': '1' }, body: '{}' }))
    const answers = await ask(LIFE)
    script(null)
    assert.deepEqual([...new Set(answers.errors)], ['token_status'])
    assert.equal(answers.errors.length, EACH * CROWD)
    checkRenewedOnce(answers)
    const again = await ask(0)
    checkTokens(again)
    checkRenewedOnce(again)
  })

  test('memory does not grow from one renewal to the next', async (t) => {
    const heaps = []
    for (let round = 0; round < ROUNDS; round++) {
      const answers = await ask(LIFE, { each: 1 })
      checkRenewedOnce(answers)
      heaps.push(answers.heap)
    }
    const growth = heaps[ROUNDS - 1] - heaps[WARM_UP_ROUNDS]
    const kilobytes = (bytes) => `${Math.round(bytes / 1024)} KiB`
    t.diagnostic(`heap and external ${heaps.map(kilobytes).join(', ')}`)
    assert.ok(growth < MAX_HEAP_GROWTH_BYTES, `${growth} bytes more`)
  })
})

describe(`${FEW} people at a provider that is ill, ${EACH} requests of each at once`, () => {
  const { ask, script, checkTokens, checkRenewedOnce } = useHolders(FEW)

  test('one that is slow is asked once all the same', async () => {
    script(() => wait(SLOW_MILLISECONDS, undefined))
    const answers = await ask(LIFE)
    script(null)
    checkTokens(answers)
    checkRenewedOnce(answers)
  })

  test('one that is silent is asked twice at most, and the old token counts to its end', async () => {
    const before = await ask(0)
    script(() => new Promise(() => {}))
    const answers = await ask(SOON_OVER)
    script(null)
    assert.deepEqual(answers.tokens, before.tokens)
    checkTokens(answers)
    assert.ok(answers.renewals.length <= 2 * FEW, `${answers.renewals.length}`)
  })

  test('when it is well again, everybody has a new token', async () => {
    const answers = await ask(LIFE)
    checkTokens(answers)
    checkRenewedOnce(answers)
  })
})
