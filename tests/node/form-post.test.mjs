// The callback as a form (OAuth 2.0 Form Post Response Mode).
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { callbackUrl, makeApp, makeRequest, ORIGIN, PROVIDER, startSignIn } from './support/app.mjs'
import { checkAnswer, clears, readOutcome } from './support/outcome.mjs'

describe('form_post', () => {
  const form = [['content-type', 'application/x-www-form-urlencoded']]
  const makeFormApp = () => makeApp({ providers: { main: { ...PROVIDER, responseMode: 'form_post' } } })
  const post = async (body, headers = form, path = '/auth/callback/main') => {
    const app = makeFormApp()
    const tx = await startSignIn(app)
    const text = typeof body === 'function' ? body(callbackUrl(tx.state).split('?')[1]) : body
    const init = { method: 'POST', headers, body: text, cookie: tx.cookie }
    const outcome = await readOutcome(await app.auth.callback(makeRequest(path, init)), app.events[1])
    checkAnswer(outcome, { secrets: [tx.state] })
    return { ...outcome, app, tx }
  }

  test('a form of exactly the limit is read, one byte more is not', async () => {
    const padded = (bytes) => (text) => `${text}&x=${'x'.repeat(bytes - text.length - 3)}`
    assert.equal((await post(padded(65_536))).class, 'ok')
    const { code, app } = await post(padded(65_537))
    assert.equal(code, 'request_too_large')
    assert.equal(app.sent.length, 0)
  })

  test('a content type in any case and with a charset', async () => {
    for (const type of [
      'Application/X-WWW-Form-Urlencoded',
      'application/x-www-form-urlencoded; charset=UTF-8',
    ])
      assert.equal((await post((text) => text, [['content-type', type]])).class, 'ok', type)
  })

  test('another content type is refused, and the sign-in goes on', async () => {
    for (const type of [
      'application/json',
      'multipart/form-data',
      'application/x-www-form-urlencoded, text/x',
    ]) {
      const { response, tx, ...outcome } = await post((text) => text, [['content-type', type]])
      assert.equal(response.status, 400, type)
      assert.equal(outcome.code, 'content_type')
      assert.ok(!clears(outcome, tx.name))
    }
  })

  test('the query of a POST counts for nothing', async () => {
    const { app, class: name } = await post(
      (text) => text,
      form,
      '/auth/callback/main?code=evil&state=evil&error=evil',
    )
    assert.equal(name, 'ok')
    assert.equal(app.sent[0].form.get('code'), 'abc123')
  })

  test('an empty form, and a form that was read before', async () => {
    assert.equal((await post('')).code, 'response_missing')
    const app = makeFormApp()
    const request = makeRequest('/auth/callback/main', { method: 'POST', headers: form, body: 'a=b' })
    await request.text()
    await app.auth.callback(request)
    assert.equal(app.events[0].code, 'response_missing')
  })

  test('a body of empty pieces has an end', async () => {
    const { auth, events } = makeFormApp()
    let reads = 0
    const read = async () => {
      assert.ok(reads++ < 100_000, 'it is read on and on')
      return { done: false, value: new Uint8Array(0) }
    }
    const body = { getReader: () => ({ read, cancel: async () => {} }) }
    const headers = new Headers(form)
    await auth.callback({
      method: 'POST',
      url: `${ORIGIN}/auth/callback/main`,
      headers,
      body,
      bodyUsed: false,
    })
    assert.equal(events[0].code, 'request_too_large')
  })

  test('a body that breaks off ends in an outcome', async () => {
    const app = makeFormApp()
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) })
    const request = new Request(`${ORIGIN}/auth/callback/main`, {
      method: 'POST',
      headers: form,
      body,
      duplex: 'half',
    })
    const outcome = await readOutcome(await app.auth.callback(request), app.events[0])
    assert.equal(outcome.code, 'internal_error')
    checkAnswer(outcome)
  })
})
