// The doctor and a provider's answer to a redirect_uri: which status means what, and what is no answer to the question.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkRedirectUri } from '../../dist/doctor/redirect-uri.js'
import { look, resultsOf, startServer } from './support/doctor-check.mjs'

const APP = {
  ...{ origin: 'http://127.0.0.1:3000', provider: 'acme', callback: '/auth/callback' },
  ...{ signIn: '/auth/sign-in', error: '/auth/auth-code-error' },
}
const TOLD = `${APP.origin}/auth/callback/acme`
const NAMED = { status: 400, body: 'The redirect_uri is not registered.' }

/**
 * What is found at a provider, and how often it was asked.
 * @param {import('node:test').TestContext} t @param {(redirectUri: string, count: number) => object | undefined} answer
 * @param {string} [told]
 */
const lookAt = async (t, answer, told = TOLD) => {
  const { origin, asked } = await startServer(t, (_, query, count) =>
    answer(query.get('redirect_uri'), count),
  )
  const endpoint = new URL(`${origin}/authorize?${new URLSearchParams({ redirect_uri: told })}`)
  const list = await look((findings) => checkRedirectUri(findings, APP, { endpoint, told, isDirect: true }))
  return { list, found: resultsOf(list), asked }
}

test('a redirect has a status from 300 to 399, and comes back to the address', async (t) => {
  for (const [status, start, isKnown] of [
    [200, '', false],
    [299, '', false],
    [300, '', true],
    [399, '', true],
    [400, '', false],
    [302, 'https://as.example/?to=', false],
  ]) {
    const { found } = await lookAt(t, (one) =>
      one === TOLD ? { status, headers: { location: `${start}${one}?error=x` } } : { status: 403 },
    )
    const known = isKnown ? { 'redirect-known': 'fine' } : {}
    const wanted = status === 400 ? {} : { ...known, 'redirect-uri': 'fine' }
    assert.deepEqual(found, wanted, `${status} ${start}`)
  }
})

test('the words of a refusal count from 400 to 499, but for 429', async (t) => {
  for (const [status, isRefused] of [
    [200, false],
    [399, false],
    [400, true],
    [429, false],
    [499, true],
    [500, false],
  ]) {
    const { found } = await lookAt(t, () => ({ ...NAMED, status }))
    assert.deepEqual(found, isRefused ? { 'redirect-known': 'wrong' } : {}, `${status}`)
  }
})

test('a provider that hangs up is not asked again, whatever it would say', async (t) => {
  for (const later of [(location) => ({ status: 302, headers: { location } }), () => NAMED]) {
    const { found, asked } = await lookAt(t, (one, count) => (count > 1 ? later(one) : undefined))
    assert.deepEqual([found, asked.length], [{}, 1])
  }
})

test('an app elsewhere is not sent to this machine', async (t) => {
  const answer = (one) =>
    one.startsWith('https://localhost') ? { status: 302, headers: { location: one } } : NAMED
  const { list, asked } = await lookAt(t, answer, 'https://app.example/auth/callback/acme')
  assert.equal(list.length, 1)
  assert.equal(list[0].detail, 'It refuses the redirect_uri https://app.example/auth/callback/acme.')
  assert.equal(asked.length, 2)
})

test('an app that names no address is not asked about', async (t) => {
  for (const told of ['', 'no address', 'https://ada:hush@app.example/']) {
    const { found, asked } = await lookAt(t, (location) => ({ status: 302, headers: { location } }), told)
    assert.deepEqual([found, asked], [{}, []], told)
  }
})
