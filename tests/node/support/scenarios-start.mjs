// The cases of callback_cases.json that only start a sign-in.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mock } from 'node:test'
import {
  callbackUrl,
  ISSUER,
  json,
  makeApp,
  makeRequest,
  PROVIDER,
  startSignIn,
  TOKEN_ANSWER,
} from './app.mjs'
import { makeOptions } from './case-run.mjs'
import { checkAnswer, readOutcome } from './outcome.mjs'
import { parseSealed } from './transaction.mjs'

const APPENDIX_B = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const STARTS = 20_000
const STARTS_PER_DRAW = 16

const challengeOf = (verifier) => createHash('sha256').update(verifier).digest('base64url')
const refused = { class: 'error', code: 'config_invalid' }

/** A start through the handler, with what holds for every one of them. @param {any} options @param {any} [init] */
export const start = async (options, init) => {
  const app = makeApp(options)
  const tx = await startSignIn(app, init)
  const outcome = { ...(await readOutcome(tx.response, app.events[0])), tx, app }
  outcome.transaction = outcome.setCookie.length === 0 ? 'none' : 'made'
  checkAnswer(outcome, { isStart: true, secrets: [tx.state, tx.value] })
  if (!tx.state) return outcome
  const { searchParams } = tx.url
  const parts = parseSealed(tx.value)
  assert.equal(new Set(searchParams.keys()).size, [...searchParams.keys()].length, 'no parameter comes twice')
  assert.equal(searchParams.get('code_challenge'), challengeOf(parts.code_verifier))
  assert.equal(searchParams.get('code_challenge_method'), 'S256')
  assert.equal(searchParams.get('response_type'), 'code')
  return { ...outcome, next: parts.next, parts, searchParams }
}

const refuses = (options, message) => {
  assert.throws(() => makeApp(options), { code: 'config_invalid', message })
  return refused
}

const withProvider = (more) => ({ providers: { main: { ...PROVIDER, ...more } } })

/** Puts other random bytes under every start until `run` ends. @param {Uint8Array} bytes @param {() => any} run */
const withEntropy = async (bytes, run) => {
  const stub = mock.method(crypto, 'getRandomValues', (array) => {
    for (let at = 0; at < array.length; at++) array[at] = bytes[at % bytes.length]
    return array
  })
  try {
    return await run()
  } finally {
    stub.mock.restore()
    // What is left of these bytes is nobody's randomness.
    for (let i = 0; i < STARTS_PER_DRAW; i++) await start({})
  }
}

/** @type {Record<string, (theCase: any) => Promise<any>>} */
export const START_SCENARIOS = {
  async L01({ env }) {
    assert.equal(env.verifier, APPENDIX_B)
    const bytes = Buffer.from([...Array(96).keys()])
    bytes.set(Buffer.from(APPENDIX_B, 'base64url'), 32)
    return withEntropy(bytes, async () => {
      // Bytes that were drawn before are used up first.
      for (let i = 0; i < STARTS_PER_DRAW; i++) await start({})
      const outcome = await start({})
      assert.equal(outcome.parts.code_verifier, APPENDIX_B)
      return outcome
    })
  },

  async L02() {
    const random = mock.method(Math, 'random', () => assert.fail('Math.random is no random source'))
    const draw = mock.method(crypto, 'getRandomValues')
    const { auth } = makeApp()
    const seen = new Set()
    try {
      for (let i = 0; i < STARTS; i++) {
        const { url, setCookie } = auth.start({ provider: 'main', next: '/' })
        const { state, code_verifier } = parseSealed(setCookie[0].split(';')[0].split('=')[1])
        assert.ok(url.includes(state))
        for (const text of [state.slice(0, 43), code_verifier]) {
          assert.equal(Buffer.from(text, 'base64url').length, 32)
          seen.add(text)
        }
      }
    } finally {
      random.mock.restore()
      draw.mock.restore()
    }
    assert.ok(draw.mock.callCount() >= STARTS / STARTS_PER_DRAW - 1)
    return { ...(await start({})), distinct: seen.size }
  },

  async L03() {
    const app = makeApp(withProvider({ scopes: 'openid', jwksUri: `${ISSUER}/jwks` }))
    const values = []
    for (const tx of [await startSignIn(app), await startSignIn(app)]) {
      const { state, code_verifier, nonce } = parseSealed(tx.value)
      assert.equal(tx.url.searchParams.get('nonce'), nonce)
      values.push(state, code_verifier, nonce, tx.url.searchParams.get('code_challenge'))
    }
    return { ...(await start({})), distinct: new Set(values).size }
  },

  async L04({ env }) {
    const outcome = await start(makeOptions(env))
    assert.ok(outcome.location.startsWith(env.authorizationEndpoint))
    return outcome
  },

  L05: async ({ env }) => refuses(makeOptions(env), /authorizationEndpoint/),

  async L06({ env }) {
    for (const [name, value] of Object.entries(env.extra))
      refuses(withProvider({ authorizationParams: { [name]: value } }), new RegExp(name))
    return refuses(withProvider({ authorizationParams: env.extra }), /protocol parameter/)
  },

  L07: ({ request }) => start({}, { query: request.query }),

  async L08({ env }) {
    for (const scopes of [[env.scope], 'é', 'a\nb', 'a\\b', 'a\tb'])
      refuses(withProvider({ scopes }), /scopes/)
    const outcome = await start(withProvider({ scopes: ['email', 'https://x.example/a+b'] }))
    assert.ok(outcome.location.includes('&scope=email+https%3A%2F%2Fx.example%2Fa%2Bb&'))
    return refuses(withProvider({ scopes: env.scope }), /scopes/)
  },

  L09: ({ env }) => start(makeOptions(env)),

  async L10() {
    const outcome = await start({ paths: { callback: '/a:b/%7Ecallback' } })
    const { app, tx } = outcome
    const url = callbackUrl(tx.state).replace('/auth/callback', '/a:b/%7Ecallback')
    await app.auth.callback(makeRequest(url, { cookie: tx.cookie }))
    assert.equal(app.sent[0].form.get('redirect_uri'), outcome.searchParams.get('redirect_uri'))
    return { ...outcome, tokenRequests: app.sent }
  },

  L11: async () => refuses({ paths: { callback: '/cb#x' } }, /paths\.callback/),

  async L12() {
    for (const origin of ['http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:1'])
      await start({ origin })
    return refuses({ origin: 'http://app.example' }, /origin.*https/)
  },

  L13: ({ request }) => landsOn('/', request),
  L14: ({ request }) => landsOn('/', request),
  async L15({ request }) {
    for (const next of [
      '/auth/callback',
      '/auth/sign-in?provider=main',
      '/AUTH/sign-out',
      '/auth%2Fcallback/',
    ])
      await landsOn('/', { query: `next=${encodeURIComponent(next)}` })
    return landsOn('/', request)
  },

  async L16({ request }) {
    return start({}, { headers: request.headers })
  },

  async L17({ env }) {
    refuses(withProvider({ codeChallengeMethod: env.method }), /codeChallengeMethod/)
    return refuses(withProvider({ authorizationParams: { code_challenge_method: env.method } }), /protocol/)
  },

  L18: () => throughMetadata({}),
  async L19({ env }) {
    refuses(withProvider({ authorizationParams: { response_type: 'token' } }), /protocol/)
    return refuses(makeOptions(env), /responseMode/)
  },

  L20: ({ env }) => throughMetadata(env.metadata),
  L21: async ({ env }) => refuses(withProvider(env.options), /pushedAuthorizationRequestEndpoint/),
}

/** A start and a callback where the provider's addresses come from its metadata. @param {Record<string, any>} more members */
const throughMetadata = async (more) => {
  const { clientId, issuer } = PROVIDER
  const metadata = {
    issuer,
    authorization_endpoint: PROVIDER.authorizationEndpoint,
    token_endpoint: PROVIDER.tokenEndpoint,
    ...more,
  }
  const app = makeApp({ providers: { main: { clientId, issuer, scopes: 'profile' } } }, ({ url }) =>
    json(url === PROVIDER.tokenEndpoint ? TOKEN_ANSWER : metadata),
  )
  const tx = await startSignIn(app)
  const request = (state) => makeRequest(callbackUrl(state), { cookie: tx.cookie })
  await app.auth.callback(request(''))
  assert.equal(app.events[1].code, 'state_missing')
  await app.auth.callback(request(tx.state))
  return {
    ...(await readOutcome(tx.response, app.events[2])),
    app,
    searchParams: tx.url.searchParams,
    tokenRequests: app.sent.filter(({ url }) => url === PROVIDER.tokenEndpoint),
    session: app.sessions[0],
  }
}

/** @param {string} next @param {{ query: string }} request */
const landsOn = async (next, { query }) => {
  const outcome = await start({}, { query })
  assert.equal(outcome.next, next)
  return outcome
}
