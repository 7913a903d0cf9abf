// The cases of callback_cases.json for a Supabase project: no state comes back, and the code_verifier's cookie binds the code.
import assert from 'node:assert/strict'
import { json, makeApp, makeRequest, toCookieHeader } from './app.mjs'
import { readOutcome } from './outcome.mjs'

const URL_OF_PROJECT = 'https://abcd.supabase.co'
const BASE = 'sb-abcd-auth-token'
const KEY = 'anon-key'
const VERIFIER = 'f'.repeat(112)
const VERIFIER_COOKIE = `${BASE}-code-verifier=base64-${Buffer.from(`"${VERIFIER}"`).toString('base64url')}`
const SESSION = {
  access_token: 'a.b.c',
  token_type: 'bearer',
  expires_in: 3600,
  expires_at: 1_750_003_600,
  refresh_token: 'r',
  user: { id: 'u' },
}

const supabase = { url: URL_OF_PROJECT, key: KEY }
const makeProjectApp = (answer) => makeApp({ providers: undefined, secret: undefined, supabase }, answer)

/** One callback with the verifier of a flow that supabase-js started. @param {any} theCase */
const finish = async ({ request, token }) => {
  const app = makeProjectApp(() => json(token?.body ?? SESSION, { status: token?.status ?? 200 }))
  const init = { headers: request.headers, cookie: request.cookie ?? VERIFIER_COOKIE }
  const url = request.url ?? `/auth/callback?${request.query}`
  const outcome = await readOutcome(await app.auth.callback(makeRequest(url, init)), app.events[0])
  const { headers } = outcome.response
  assert.match(headers.get('cache-control'), /no-store/)
  if (outcome.location)
    assert.match(outcome.location, /^\/(?![/\\]).*#/, 'Location is a path with a fragment')
  const signedIn = outcome.setCookie.some((line) => line.startsWith(`${BASE}=base64-`))
  assert.equal(
    signedIn,
    outcome.class === 'ok' && Boolean(outcome.location),
    'a session with success, and only with it',
  )
  return {
    ...outcome,
    app,
    tokenRequests: app.sent,
    session: app.sessions[0],
    tx: { code_verifier: VERIFIER },
  }
}

/** What supabase-js sends, to the letter. @param {any} app */
const checkTokenRequest = ({ sent }) => {
  assert.equal(sent.length, 1)
  const [{ url, method, headers, body }] = sent
  assert.equal(url, `${URL_OF_PROJECT}/auth/v1/token?grant_type=pkce`)
  assert.equal(method, 'POST')
  assert.deepEqual(JSON.parse(body), {
    auth_code: '9f1c2d3e-0000-4000-8000-000000000000',
    code_verifier: VERIFIER,
  })
  assert.equal(headers.get('apikey'), KEY)
  assert.equal(headers.get('authorization'), `Bearer ${KEY}`)
  assert.equal(headers.get('content-type'), 'application/json;charset=UTF-8')
  assert.equal(headers.get('x-supabase-api-version'), '2024-01-01')
}

const finishes = async (theCase, location = '/#') => {
  const outcome = await finish(theCase)
  checkTokenRequest(outcome.app)
  assert.equal(outcome.location, location)
  return outcome
}

const failsUnasked = async (theCase) => {
  const outcome = await finish(theCase)
  assert.equal(outcome.app.sent.length, 0, 'no token request')
  return outcome
}

const onDefaultPage = Object.fromEntries(
  ['K04', 'K05', 'K06', 'K07', 'K08', 'K09', 'K10', 'K11'].map((id) => [id, (theCase) => finishes(theCase)]),
)

/** @type {Record<string, (theCase: any) => Promise<any>>} */
export const SUPABASE_SCENARIOS = {
  ...onDefaultPage,
  K01: async (theCase) => {
    const unbound = await failsUnasked({ ...theCase, request: { ...theCase.request, cookie: '' } })
    assert.equal(unbound.class, 'error')
    return finishes(theCase)
  },
  K02: failsUnasked,
  K03: (theCase) => finishes(theCase, '/dashboard#'),
  K12: async (theCase) => {
    const outcome = await failsUnasked(theCase)
    assert.equal(outcome.event.detail, 'otp_expired')
    assert.match(outcome.event.description, /expired/)
    return outcome
  },
  K13: failsUnasked,
  K14: failsUnasked,
  K15: (theCase) => finishes(theCase),
  K16: async (theCase) => {
    const outcome = await failsUnasked(theCase)
    // Nothing happened: the page that says so is the answer.
    assert.deepEqual(outcome.setCookie, [])
    return { ...outcome, class: 'ignore', code: '' }
  },
  K17: (theCase) => finishes(theCase),
  K18: async (theCase) => {
    const outcome = await finishes(theCase)
    const [{ profile, ...session }] = outcome.app.sessions
    assert.deepEqual([session, profile.sub], [JSON.parse(theCase.token.body), 'u'])
    return outcome
  },
  K19: (theCase) => finishes(theCase),
  I15: async ({ request }) => {
    const app = makeApp({
      providers: undefined,
      secret: undefined,
      supabase: { ...supabase, url: 'https://x.supabase.co' },
      paths: { signOut: request.path },
    })
    const response = await app.auth.handle(makeRequest(request.path, request))
    const outcome = await readOutcome(response, app.events[0])
    for (const name of ['sb-x-auth-token.0', 'sb-x-auth-token.1', 'sb-x-auth-token.2'])
      assert.ok(
        outcome.setCookie.some((line) => line.startsWith(`${name}=; `) && line.includes('Max-Age=0')),
        name,
      )
    return { ...outcome, app, session: toCookieHeader(outcome.setCookie) !== '' }
  },
}
