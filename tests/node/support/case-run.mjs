// Runs one case of callback_cases.json as requests: a start, then the callback that the case describes.
import assert from 'node:assert/strict'
import { ISSUER, json, makeApp, makeRequest, PROVIDER, SECRET, startSignIn } from './app.mjs'
import { resetClock, setClock } from './clock.mjs'
import { checkAnswer, clears, readOutcome } from './outcome.mjs'
import { expand, generate, toByteString } from './placeholders.mjs'
import { answerToken } from './token-answer.mjs'
import { parseSealed, seal } from './transaction.mjs'

export const NOW = 1_750_000_000
export const CREATED = NOW - 100
const TTL = 600

/** The `now` of a case, such as `tx.created+ttl+1`. @param {string | undefined} text */
const readNow = (text) => {
  if (!text) return NOW
  const [, ttl, offset] = /^tx\.created(\+ttl)?([+-]\d+)?$/.exec(text)
  return CREATED + (ttl ? TTL : 0) + Number(offset ?? 0)
}

/** The options that a case's `env` asks for. @param {Record<string, any>} env */
export const makeOptions = (env = {}) => {
  const main = { ...PROVIDER }
  if (env.issSupported === false) main.authorizationResponseIssParameterSupported = false
  if (env.responseMode) main.responseMode = env.responseMode
  if (env.clientId) main.clientId = env.clientId
  if (env.clientSecret) main.clientSecret = env.clientSecret
  if (env.tokenEndpoint) main.tokenEndpoint = env.tokenEndpoint
  if (env.authorizationEndpoint) main.authorizationEndpoint = env.authorizationEndpoint
  if (env.scope) main.scopes = env.scope
  if (env.scope === 'openid') main.jwksUri = `${ISSUER}/jwks`
  const providers = { main }
  for (const issuer of (env.providers ?? []).slice(1))
    providers.b = {
      ...PROVIDER,
      issuer,
      authorizationEndpoint: `${issuer}/authorize`,
      tokenEndpoint: `${issuer}/token`,
    }
  const options = { providers }
  if (env.allowedHosts && !env.origin) options.origin = { trustedHosts: env.allowedHosts }
  else if (env.origin) options.origin = env.origin
  if (env.errorRedirect) options.paths = { error: env.errorRedirect }
  return options
}

/** The headers that may give a start the callback's origin: those of the callback, then those of a host that is trusted. */
const startHeaders = ({ request, env = {} }) => {
  if (!env.allowedHosts) return [[]]
  const forwarded = (request.headers ?? []).filter(([name]) => /^(x-forwarded|forwarded|host)/.test(name))
  const named = forwarded.map(([name, value]) => [name, toByteString(value)])
  return [named, [['host', env.allowedHosts[0].replace('*', 'pr-1')]]]
}

/** Replaces the cookie of a start where the case wants another transaction. @param {any} tx @param {Record<string, any>} wanted */
const forge = async (tx, wanted) => {
  const parts = parseSealed(tx.value)
  if (wanted.state === '')
    Object.assign(tx, { name: '__Host-landfall-', value: await seal({ ...parts, state: '' }) })
  if (wanted.verifier !== undefined) tx.value = await seal({ ...parts, code_verifier: wanted.verifier ?? '' })
  if (wanted.next) tx.value = await seal({ ...parts, next: wanted.next })
  if (wanted.rawJson) {
    const raw = wanted.rawJson.replace('{{STATE}}', tx.state)
    const encoded = [encodeURIComponent(raw), Buffer.from(raw).toString('base64url')]
    tx.value = await seal({ payload: encoded[0] })
    tx.others = [...encoded, await seal({ payload: encoded[1] })]
  }
  tx.cookie = `${tx.name}=${tx.value}`
}

/** The app that starts a case's sign-in, where it is not the one that finishes it. @param {any} options @param {any} tx */
const otherStarter = (options, tx = {}) => {
  if (tx.key === 'previous') return { ...options, secret: 'the secret of last month, 32 bytes and more' }
  if (tx.key === 'unknown') return { ...options, secret: 'the secret of somebody else, 32 bytes at least' }
  if (tx.provider) return { ...options, providers: { [tx.provider]: options.providers.main } }
  if (tx.redirectUri) return { ...options, origin: new URL(tx.redirectUri).origin }
  return undefined
}

/** A start whose state has every kind of character, and what the placeholders need. @param {any} theCase @param {any} options */
const start = async (theCase, options) => {
  const other = otherStarter(options, theCase.tx)
  const app = makeApp(other ?? options)
  const provider = theCase.tx?.provider ?? 'main'
  let tx
  for (const headers of startHeaders(theCase)) {
    do tx = await startSignIn(app, { headers, provider })
    while (tx.state && !/^[^.]*[-_]/.test(tx.state))
    if (tx.state) break
  }
  assert.ok(tx.state, `the sign-in did not start: ${tx.response.status} ${tx.location}`)
  tx.otherState = (await startSignIn(makeApp())).state
  tx.otherPurpose = await seal(parseSealed(tx.value), { purpose: null })
  if (theCase.tx && !other) await forge(tx, theCase.tx)
  return tx
}

/** Every request that a case stands for. @param {any} theCase @param {any} tx */
const requestsOf = ({ request, env = {} }, tx) => {
  const origin = env.origin ?? 'https://app.example'
  const query = request.queryGen ? generate(request.queryGen) : (request.query ?? '')
  const text =
    request.url ??
    `${origin}${request.path ?? '/auth/callback/main'}${query.startsWith('?') ? '' : '?'}${query}`
  const cookieText = request.cookieGen ? generate(request.cookieGen) : (request.cookie ?? '{{TX_COOKIE}}')
  const headers = (request.headers ?? []).map(([name, value]) => [name, expand(toByteString(value), tx)[0]])
  const hasCookie = headers.some(([name]) => name === 'cookie')
  const body = request.body === undefined ? undefined : expand(request.body, tx)[0]
  const cookies = expand(toByteString(cookieText), tx)
  if (tx.others) cookies.push(...tx.others.map((value) => `${tx.name}=${value}`))
  return expand(text, tx).flatMap((url) =>
    cookies.map((cookie) => ({
      url,
      method: request.method,
      headers,
      body,
      cookie: hasCookie ? '' : cookie,
    })),
  )
}

/** Runs a case that is one start and one callback; more than once where it stands for several. @param {any} theCase */
export const runCase = async (theCase) => {
  try {
    setClock(CREATED)
    const options = makeOptions(theCase.env)
    const tx = await start(theCase, options)
    if (theCase.tx?.key === 'previous')
      options.secret = [SECRET, 'the secret of last month, 32 bytes and more']
    const outcomes = []
    for (const request of requestsOf(theCase, tx)) {
      setClock(readNow(theCase.env?.now))
      outcomes.push(await callback(theCase, options, tx, request))
    }
    return outcomes
  } finally {
    resetClock()
  }
}

/** @param {any} theCase @param {any} options @param {any} tx @param {any} request */
const callback = async (theCase, options, tx, request) => {
  const reading = { read: 0, cancelled: false }
  const app = makeApp(
    { ...options, onSession: () => ({ headers: { 'set-cookie': 'app-session=new; Path=/; HttpOnly' } }) },
    (sent) => (sent.url.endsWith('/token') || sent.body ? answerToken(theCase.token, reading) : json('{}')),
  )
  const began = performance.now()
  const response = await app.auth.handle(makeRequest(request.url, request))
  const milliseconds = performance.now() - began
  const outcome = { ...(await readOutcome(response, app.events[0])), app, tx, reading, milliseconds }
  outcome.session = app.sessions[0]
  outcome.tokenRequests = app.sent.filter((one) => one.method === 'POST')
  outcome.transaction = clears(outcome, tx.name) ? 'cleared' : 'kept'
  outcome.prototype = {}

  const parts = theCase.tx?.rawJson ? {} : parseSealed(tx.value)
  const secrets = [
    tx.state,
    tx.value,
    parts.code_verifier,
    SECRET,
    'abc123',
    options.providers.main.clientSecret,
  ]
  checkAnswer(outcome, { secrets, cookies: /^app-session=/ })
  assert.ok(outcome.tokenRequests.length <= 1, 'at most one token request')
  assert.equal(app.events.length, outcome.class === 'ignore' ? 0 : 1, 'one event')
  if (outcome.class === 'ok') {
    assert.equal(outcome.tokenRequests.length, 1)
    assert.equal(outcome.transaction, 'cleared')
    assert.ok(outcome.tokenRequests[0].form.get('code_verifier'))
    assert.equal(outcome.session.token_type, 'Bearer')
  } else {
    assert.equal(outcome.session, undefined)
    assert.ok(!outcome.setCookie.some((line) => line.startsWith('app-session')))
  }
  return outcome
}
