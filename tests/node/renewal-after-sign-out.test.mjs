// A renewal of tokens that ends after the sign-out of its session: who asked before has it, and nobody who asks later.
import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import { Transport } from '../../dist/transport.js'
import {
  callbackUrl,
  json,
  makeApp,
  makeRequest,
  ORIGIN,
  startSignIn,
  toCookieHeader,
} from './support/app.mjs'
import { makeStep, URL_ } from './support/transport.mjs'

const HOUR = 3600
const BASE = Date.parse('2026-01-01T00:00:00Z')

/** A provider that answers a renewal when the test says so, and that refuses a refresh token at its second use. */
const makeProvider = () => {
  const renewals = []
  const used = new Set()
  let serial = 0
  const tokens = () => ({
    access_token: `at-${++serial}`,
    token_type: 'bearer',
    expires_in: HOUR,
    refresh_token: `rt-${serial}`,
  })
  const answer = ({ form }) => {
    if (form.get('grant_type') !== 'refresh_token') return json(tokens())
    const isUsed = used.has(form.get('refresh_token'))
    used.add(form.get('refresh_token'))
    const response = isUsed ? json({ error: 'invalid_grant' }, { status: 400 }) : json(tokens())
    return new Promise((resolve) => renewals.push(() => resolve(response)))
  }
  /** Waits until so many renewals are asked for. */
  const asked = async (count) => {
    while (renewals.length < count) await new Promise(setImmediate)
    assert.equal(renewals.length, count)
  }
  return { answer, asked, renewals }
}

const makeWorld = async (people = 1, options = {}) => {
  mock.timers.enable({ apis: ['Date'], now: BASE })
  const provider = makeProvider()
  const app = makeApp({ session: { tokens: true }, ...options }, provider.answer)
  const cookies = []
  for (let person = 0; person < people; person++) {
    const tx = await startSignIn(app)
    const response = await app.auth.callback(makeRequest(callbackUrl(tx.state), { cookie: tx.cookie }))
    cookies.push(toCookieHeader(response.headers.getSetCookie()))
  }
  mock.timers.tick(1000 * HOUR)
  const ask = (cookie) => app.auth.getAccessToken(makeRequest('/', { cookie }))
  const signOut = async (cookie) => {
    const from = { method: 'POST', headers: [['origin', ORIGIN]], cookie }
    assert.equal((await app.auth.signOut(makeRequest('/auth/sign-out', from))).status, 303)
  }
  return { ...provider, cookies, ask, signOut }
}

describe('a sign-out while a renewal is under way', () => {
  test('who asked before has the tokens; who asks later asks the provider, which refuses', async () => {
    const { cookies, ask, signOut, asked, renewals } = await makeWorld()
    try {
      const before = [ask(cookies[0]), ask(cookies[0])]
      await asked(1)
      await signOut(cookies[0])
      const meanwhile = assert.rejects(ask(cookies[0]), { code: 'refresh_refused' })
      await asked(2)
      renewals[0]()
      for (const { accessToken } of await Promise.all(before)) assert.equal(accessToken, 'at-2')
      const after = assert.rejects(ask(cookies[0]), { code: 'refresh_refused' })
      renewals[1]()
      await meanwhile
      await asked(2)
      await after
      const last = assert.rejects(ask(cookies[0]), { code: 'refresh_refused' })
      await asked(3)
      renewals[2]()
      await last
    } finally {
      mock.timers.reset()
    }
  })

  test('the renewals of others are kept', async () => {
    const { cookies, ask, signOut, asked, renewals } = await makeWorld(2)
    try {
      const [mine, other] = cookies.map(ask)
      await asked(2)
      await signOut(cookies[0])
      for (const answer of renewals) answer()
      await mine
      const { accessToken } = await other
      assert.equal((await ask(cookies[1])).accessToken, accessToken)
      await asked(2)
    } finally {
      mock.timers.reset()
    }
  })
})

describe('what was forgotten', () => {
  const stepOf = (key) => makeStep({ url: URL_, max_age: 60, cache_key: key })
  const makeTransport = () => {
    const sent = []
    const transport = new Transport(
      (url) => new Promise((resolve) => sent.push(() => resolve(json({ url })))),
    )
    return { transport, sent }
  }

  test('between the answer and its keeping is not kept', async () => {
    const { transport, sent } = makeTransport()
    const asking = transport.perform(stepOf('family.1'))
    sent[0]()
    const result = await asking
    transport.forget('family')
    transport.keep(stepOf('family.1'), result)
    transport.perform(stepOf('family.1'))
    assert.equal(sent.length, 2)
  })

  test('before the question does not count, nor does another family', async () => {
    const { transport, sent } = makeTransport()
    transport.forget('family')
    const asking = transport.perform(stepOf('family.1'))
    transport.forget('other')
    sent[0]()
    const result = await asking
    transport.keep(stepOf('family.1'), result)
    assert.equal(transport.perform(stepOf('family.1')), result)
    transport.forget('family')
    transport.keep(stepOf('family.1'), result)
    assert.notEqual(transport.perform(stepOf('family.1')), result, 'one that was kept does not come back')
  })

  /** Whether a result is kept that was asked for before these sign-outs. @param {string[]} families */
  const isKeptAfter = async (...families) => {
    const { transport, sent } = makeTransport()
    const asking = transport.perform(stepOf('family.1'))
    for (const family of families) transport.forget(family)
    sent[0]()
    const result = await asking
    transport.keep(stepOf('family.1'), result)
    return transport.perform(stepOf('family.1')) === result
  }
  const others = Array.from({ length: 1000 }, (_, i) => `other-${i}`)

  test('is remembered for the last thousand sign-outs, which outlast a request, and no longer', async () => {
    assert.equal(await isKeptAfter('family', ...others.slice(1)), false)
    assert.equal(await isKeptAfter('family', ...others), true)
  })

  test('once more counts from then on', async () => {
    assert.equal(await isKeptAfter('family', ...others.slice(1), 'family', others[0]), false)
  })
})
