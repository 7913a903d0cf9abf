// Sign-out as callback_cases.json has it, and the token endpoint's cases that need a clock or a configuration.
import assert from 'node:assert/strict'
import { callbackUrl, json, makeApp, makeRequest, PROVIDER, startSignIn } from './app.mjs'
import { CREATED, NOW } from './case-run.mjs'
import { passSeconds, resetClock, setClock } from './clock.mjs'
import { checkAnswer, clears, readOutcome } from './outcome.mjs'
import { answerToken } from './token-answer.mjs'

const SESSION_GONE = 'app-session=; Path=/; Max-Age=0; HttpOnly; Secure'
const REVOCATION = 'https://as.example/revoke'
const LONGEST_WAIT_SECONDS = 60

/** @param {any} theCase */
export const runSignOut = async (theCase) => {
  const { request, token } = theCase
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
  if (token) {
    assert.equal(app.sent.length, 1)
    assert.equal(app.sent[0].url, REVOCATION)
    assert.equal(app.sent[0].body, 'token=the-token&token_type_hint=access_token&client_id=client-1')
  }
  const session = !outcome.setCookie.includes(SESSION_GONE)
  // Where the provider does not do its part, the event says so; the person is signed out all the same.
  return { ...outcome, class: session ? outcome.class : 'ok', app, session }
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
    let seconds = 0
    for (; app.events.length === 1 && seconds < LONGEST_WAIT_SECONDS; seconds += 1) await passSeconds(1)
    assert.equal(app.events.length, 2, 'it waits for ever')
    const outcome = { ...(await readOutcome(await running, app.events[1])), app, seconds, reading }
    outcome.session = app.sessions[0]
    outcome.tokenRequests = app.sent
    outcome.transaction = clears(outcome, tx.name) ? 'cleared' : 'kept'
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

  async I13({ env }) {
    const main = { ...PROVIDER, endSessionEndpoint: env.endSession }
    const complaint = { code: 'config_invalid', message: /endSessionEndpoint.*https/ }
    assert.throws(() => makeApp({ providers: { main } }), complaint)
    return { class: 'error', code: 'config_invalid' }
  },

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
