// Sign-in through Supabase Auth, beside what its guide does with @supabase/ssr: a client for each request.
import { createServerClient } from '@supabase/ssr'
import { createAuth } from '../../dist/index.js'
import { cookiesOfRequest } from '../servers/supabase-libraries.mjs'
import { expect, keepSession, next, origin } from './fixtures.mjs'

const url = 'https://abcdefghijklmnopqrst.supabase.co'
const key = 'sb_publishable_0123456789abcdefghijkl'
const cookieName = 'sb-abcdefghijklmnopqrst-auth-token'
const SESSION_COOKIE_BYTES = 2700

const id = '0f8fad5b-d9cb-469f-a165-70867728950e'
const time = '2026-08-01T10:20:30.123456Z'
const email = 'ada@app.example'
const metadata = { email, email_verified: true, sub: '{ada}' }
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
const accessToken = [
  encode({ alg: 'ES256', kid: id, typ: 'JWT' }),
  encode({
    iss: `${url}/auth/v1`,
    sub: id,
    aud: 'authenticated',
    exp: 1785583230,
    iat: 1785579630,
    email,
    app_metadata: { provider: 'bitbucket', providers: ['bitbucket'] },
    user_metadata: metadata,
    role: 'authenticated',
    aal: 'aal1',
    amr: [{ method: 'oauth', timestamp: 1785579630 }],
    session_id: id,
    is_anonymous: false,
  }),
  's'.repeat(86),
].join('.')
const identity = { identity_id: id, id: '{ada}', user_id: id, identity_data: metadata, provider: 'bitbucket' }

const session = {
  access_token: accessToken,
  token_type: 'bearer',
  expires_in: 3600,
  expires_at: 1785583230,
  refresh_token: 'abcdefghijkl',
  user: {
    id,
    aud: 'authenticated',
    role: 'authenticated',
    email,
    email_confirmed_at: time,
    phone: '',
    confirmed_at: time,
    last_sign_in_at: time,
    app_metadata: { provider: 'bitbucket', providers: ['bitbucket'] },
    user_metadata: metadata,
    identities: [{ ...identity, last_sign_in_at: time, created_at: time, updated_at: time, email }],
    created_at: time,
    updated_at: time,
    is_anonymous: false,
  },
  provider_token: '',
}
session.provider_token = 't'.repeat(
  Math.floor((SESSION_COOKIE_BYTES - 'base64-'.length) * 0.75) - JSON.stringify(session).length,
)
const tokenAnswer = JSON.stringify(session)

/** A fresh answer of the token endpoint, as a real fetch gives one. */
const fetchToken = async () => new Response(tokenAnswer, { headers: { 'content-type': 'application/json' } })

const options = { origin, supabase: { url, key }, fetch: fetchToken }
const auth = createAuth(options)
const hooked = createAuth({ ...options, onSession: keepSession })
const asked = { provider: 'bitbucket', next }

const clientFor = (request, headers) =>
  createServerClient(url, key, {
    cookies: cookiesOfRequest(request, headers),
    global: { fetch: fetchToken },
  })

/** The guide's route. */
const callbackBySsr = async (request) => {
  const headers = new Headers()
  const { searchParams } = new URL(request.url)
  const code = searchParams.get('code')
  const target = searchParams.get('next') ?? '/'
  if (code) {
    const { error } = await clientFor(request, headers).auth.exchangeCodeForSession(code)
    if (!error) {
      headers.set('location', target.startsWith('/') ? target : '/')
      return new Response(null, { status: 303, headers })
    }
  }
  headers.set('location', '/auth/auth-code-error')
  return new Response(null, { status: 303, headers })
}

/** A start on the server, as the guide's for server actions. */
const startBySsr = async (request) => {
  const headers = new Headers()
  const { data, error } = await clientFor(request, headers).auth.signInWithOAuth({
    provider: 'bitbucket',
    options: { redirectTo: `${origin}/auth/callback?next=${encodeURIComponent(next)}` },
  })
  if (error) throw error
  return { url: data.url, setCookie: headers.getSetCookie() }
}

export const supabaseStartCases = async () => {
  const group = 'Start, Supabase: the address and the verifier cookies'
  const request = new Request(`${origin}/login`, { headers: { cookie: 'theme=dark; lang=en' } })
  const cases = [
    { group, name: '@supabase/ssr, signInWithOAuth', baseline: true, run: () => startBySsr(request) },
    { group, name: 'Landfall', run: () => auth.start({ ...asked, request }) },
  ]
  for (const { name, run } of cases) {
    const { url: target, setCookie } = await run()
    const has = (end) => setCookie.some((line) => line.split('=')[0].endsWith(end))
    expect(new URL(target).searchParams.get('code_challenge')?.length === 43, `${name} gives ${target}`)
    expect(has('-flows-code-verifier') && has('-auth-token-code-verifier'), `${name} sets ${setCookie}`)
  }
  return cases
}

/** The browser's request after a start, which either side can finish. */
const makeRequest = () => {
  const { url: target, setCookie } = auth.start(asked)
  const back = new URL(new URL(target).searchParams.get('redirect_to'))
  back.searchParams.set('code', id)
  back.searchParams.set('next', next)
  const cookie = ['theme=dark', ...setCookie.map((line) => line.split(';')[0]), 'lang=en'].join('; ')
  return new Request(back, { headers: { cookie } })
}

/** What no library can avoid: the answer is read and parsed, and the session cookie goes out with a redirect. */
const floor = async () => {
  const answer = await (await fetchToken()).json()
  const response = new Response(null, { status: 303, headers: { location: next } })
  response.headers.append('set-cookie', `${cookieName}=base64-${encode(answer)}; Path=/; SameSite=Lax`)
  return response
}

export const supabaseCallbackCases = async () => {
  const group = 'Callback, Supabase: 2.7 kB session'
  const request = makeRequest()
  const cases = [
    { group, name: '@supabase/ssr, the guide’s route', baseline: true, run: () => callbackBySsr(request) },
    { group, name: 'Landfall', run: () => auth.callback(request) },
    { group, name: 'Landfall, with onSession', run: () => hooked.callback(request) },
    { group, name: 'floor: Response, JSON, base64url, redirect Response', run: floor },
  ]
  for (const { name, run } of cases) {
    const { status, headers } = await run()
    const location = headers.get('location')
    expect(status === 303 && location.startsWith(next), `${name} answers ${status} ${location}`)
    const [line = ''] = headers.getSetCookie().filter((one) => one.startsWith(`${cookieName}=`))
    const { length } = line.split(';')[0].slice(cookieName.length + 1)
    expect(Math.abs(length - SESSION_COOKIE_BYTES) < 2, `${name} sets a session of ${length} bytes`)
  }
  return cases
}
