// Sign-out as callback_cases.json has it, and the token endpoint's cases that need a clock or a configuration.
import assert from 'node:assert/strict'
import { callbackUrl, json, makeApp, makeRequest, PROVIDER, startSignIn } from './app.mjs'
import { CREATED, NOW } from './case-run.mjs'
import { passSeconds, resetClock, setClock } from './clock.mjs'
import { checkAnswer, readOutcome } from './outcome.mjs'
import { answerToken } from './token-answer.mjs'

const SESSION_GONE = 'app-session=; Path=/; Max-Age=0; HttpOnly; Secure'
const REVOCATION = 'https://as.example/revoke'

/** What each case adds to: signed out, the app's cookie removed, at the right place. */
const EXTRA = {
  I02: ({ response }) => assert.equal(response.headers.get('allow'), 'POST'),
  I08: ({ location }) => assert.equal(location, '/#'),
  I10: ({ event }) => assert.equal(event.code, 'revocation_failed'),
  I12: ({ event }) => assert.equal(event.code, 'revocation_failed'),
  I11: ({ event }) => assert.equal(event.code, undefined),
}

/** @param {any} theCase */
export const runSignOut = async (theCase) => {
  const { id, request, token, expect } = theCase
  const app = makeApp(
    {
      paths: { signOut: '/auth/signout' },
      providers: { main: { ...PROVIDER, revocationEndpoint: REVOCATION } },
      onSignOut: () => ({
        headers: { 'set-cookie': SESSION_GONE },
        ...(token && { provider: 'main', token: 'the-token', token_type_hint: 'access_token' }),
      }),
    },
    () => json(token?.body ?? '', { status: token?.status }),
  )
  const url = `${request.path}?${request.query ?? ''}`
  const response = await app.auth.handle(makeRequest(url, { cookie: 'app-session=old', ...request }))
  const outcome = await readOutcome(response, app.events[0])
  checkAnswer(outcome, { secrets: ['the-token'], cookies: /^app-session=;/ })
  assert.equal(outcome.setCookie.includes(SESSION_GONE), expect.class === 'ok')
  if (expect.class === 'ok') {
    assert.equal(response.status, 303)
    assert.equal(outcome.location, '/#')
    // Told where the provider did not do its part; the person is signed out all the same.
    outcome.class = 'ok'
  }
  if (token) {
    assert.equal(app.sent.length, 1)
    assert.equal(app.sent[0].url, REVOCATION)
    assert.equal(app.sent[0].body, 'token=the-token&token_type_hint=access_token&client_id=client-1')
  }
  EXTRA[id]?.(outcome)
  return outcome
}

/** A callback whose token endpoint is slower than the deadline, on the clock of the test. @param {any} theCase */
const runSlowly = async (theCase) => {
  try {
    setClock(CREATED)
    const reading = { read: 0, cancelled: false }
    const app = makeApp({}, () => answerToken(theCase.token, reading))
    const tx = await startSignIn(app)
    setClock(NOW, ['Date', 'setTimeout'])
    const running = app.auth.callback(makeRequest(callbackUrl(tx.state), { cookie: tx.cookie }))
    while (app.sent.length === 0) await new Promise(setImmediate)
    await passSeconds(9)
    assert.equal(app.events.length, 1, 'it waits for nine seconds')
    await passSeconds(2)
    const outcome = await readOutcome(await running, app.events[1])
    checkAnswer(outcome, { secrets: [tx.state] })
    assert.equal(app.sent[0].init.signal.aborted, true)
    if (theCase.token.stream.startsWith('1 byte')) assert.ok(reading.read >= 5, `${reading.read} bytes`)
    return outcome
  } finally {
    resetClock()
  }
}

/** @type {Record<string, (theCase: any) => Promise<any>>} */
export const TOKEN_SCENARIOS = {
  G99: runSlowly,
  G100: runSlowly,

  async G132() {
    const config = (tokenEndpoint) => () => makeApp({ providers: { main: { ...PROVIDER, tokenEndpoint } } })
    for (const host of ['127.0.0.1:8080', '[::1]:8080', 'localhost'])
      assert.ok(config(`http://${host}/token`)())
    assert.throws(config('http://as.example/token'), {
      code: 'config_invalid',
      message: /tokenEndpoint.*https/,
    })
    return { class: 'error', code: 'config_invalid' }
  },
}
