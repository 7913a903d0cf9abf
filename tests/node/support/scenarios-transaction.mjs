// Cases of callback_cases.json with several steps: a browser that comes again, and tabs.
import assert from 'node:assert/strict'
import { CookieStore } from '../../../stand-ins/cookie-store.mjs'
import { callbackUrl, json, makeApp, makeRequest, ORIGIN, startSignIn, TOKEN_ANSWER } from './app.mjs'
import { checkAnswer, clears, readOutcome } from './outcome.mjs'
import { parseSealed } from './transaction.mjs'

/** A provider that takes a code once. */
const onceOnly = () => {
  const used = new Set()
  return ({ form }) => {
    const isUsed = used.has(form.get('code'))
    used.add(form.get('code'))
    return isUsed ? json('{"error":"invalid_grant"}', { status: 400 }) : json(TOKEN_ANSWER)
  }
}

const options = {
  onSession: () => ({ headers: { 'set-cookie': 'app-session=new; Path=/; HttpOnly; Secure' } }),
}

/** @param {any} app @param {string} state @param {string} cookie @param {Record<string, string>} [more] */
const finish = async (app, state, cookie, more) => {
  const before = app.events.length
  const response = await app.auth.callback(makeRequest(callbackUrl(state, more), { cookie }))
  const outcome = await readOutcome(response, app.events[before])
  checkAnswer(outcome, { secrets: [state, 'abc123'], cookies: /^app-session=/ })
  return { ...outcome, app, tokenRequests: app.sent }
}

const storeAll = (jar, lines) => {
  for (const line of lines) jar.store(line, ORIGIN)
}

/** A sign-in that is finished, in a browser with a jar. */
const signedIn = async () => {
  const app = makeApp(options, onceOnly())
  const jar = new CookieStore()
  const tx = await startSignIn(app)
  storeAll(jar, tx.setCookie)
  const before = jar.headerFor(ORIGIN)
  const first = await finish(app, tx.state, before)
  assert.equal(first.class, 'ok')
  storeAll(jar, first.setCookie)
  return { app, jar, tx, before }
}

/** The same address again, with the cookies that the browser has by then. */
const again = async () => {
  const { app, jar, tx } = await signedIn()
  const outcome = await finish(app, tx.state, jar.headerFor(ORIGIN))
  storeAll(jar, outcome.setCookie)
  assert.equal(jar.get('app-session'), 'new')
  return outcome
}

/** @type {Record<string, () => Promise<any>>} */
export const TRANSACTION_SCENARIOS = {
  B18: again,
  B21: again,

  async B19() {
    const { app, tx, before } = await signedIn()
    return finish(app, tx.state, before)
  },

  async B20() {
    const app = makeApp(options, onceOnly())
    const tx = await startSignIn(app)
    const urls = [1, 2].map(() => makeRequest(callbackUrl(tx.state), { cookie: tx.cookie }))
    const responses = await Promise.all(urls.map((request) => app.auth.callback(request)))
    const outcomes = await Promise.all(responses.map((response) => readOutcome(response)))
    const isSignedIn = ({ setCookie }) => setCookie.some((line) => line.startsWith('app-session=new'))
    const loser = outcomes.find((outcome) => !isSignedIn(outcome))
    assert.ok(loser.setCookie.every((line) => line.startsWith('__Host-landfall-')))
    return {
      ...outcomes.find(isSignedIn),
      app,
      tokenRequests: app.sent,
      event: app.events.find((event) => event.ok),
    }
  },

  async B22() {
    const app = makeApp(options)
    const a = await startSignIn(app, { next: '/a' })
    const b = await startSignIn(app, { next: '/b', cookie: a.cookie })
    assert.notEqual(a.name, b.name)
    const jar = new CookieStore()
    storeAll(jar, [...a.setCookie, ...b.setCookie])
    let outcome
    for (const [tx, next] of [
      [b, '/b'],
      [a, '/a'],
    ]) {
      outcome = await finish(app, tx.state, jar.headerFor(ORIGIN), { code: `code${next}` })
      assert.equal(outcome.location, `${next}#`)
      assert.equal(app.sent.at(-1).form.get('code_verifier'), parseSealed(tx.value).code_verifier)
      assert.ok(clears(outcome, tx.name))
      storeAll(jar, outcome.setCookie)
    }
    return outcome
  },

  async B23() {
    const app = makeApp(options)
    const jar = new CookieStore()
    const most = { cookies: 0, bytes: 0 }
    let tx
    for (let i = 0; i < 20; i++) {
      tx = await startSignIn(app, { cookie: jar.headerFor(ORIGIN), next: `/${'long'.repeat(100)}${i}` })
      storeAll(jar, tx.setCookie)
      most.cookies = Math.max(most.cookies, jar.names().length)
      most.bytes = Math.max(most.bytes, jar.headerFor(ORIGIN).length)
    }
    return { ...(await finish(app, tx.state, jar.headerFor(ORIGIN))), most }
  },
}
