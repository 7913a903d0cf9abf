// Writes tests/vectors/kept_cookies.json: cookies as a version of the package makes them, and what the same version reads in them.
// `node write-kept-cookies.mjs FOLDER SOURCE`: the folder of the package, and what the file says about where its cookies come from.
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { mock } from 'node:test'
import { pathToFileURL } from 'node:url'
import { SignJWT } from 'jose'
import { setClock } from './clock.mjs'
import { keepCookies, readKept } from './kept-cookies.mjs'

const [folder, source] = process.argv.slice(2)
const { createAuth } = await import(`${pathToFileURL(resolve(folder))}/dist/index.js`)

const NOW = 1_796_000_000
const MINUTE = 60
const DAY = 24 * 60 * MINUTE
const ORIGIN = 'https://app.example'
const LOCAL = 'http://localhost:3000'
const AS = 'https://as.example'
const PROJECT = 'https://abcd.supabase.co'
const SECRET = 'a secret of an app whose people stay'
const CLIENT_SECRET = 'a client secret that is a key of HS256'

const main = {
  clientId: 'app',
  authorizationEndpoint: `${AS}/authorize`,
  tokenEndpoint: `${AS}/token`,
  userinfoEndpoint: `${AS}/me`,
  scopes: 'profile',
}
const openid = {
  clientId: 'app',
  clientSecret: CLIENT_SECRET,
  issuer: AS,
  authorizationEndpoint: `${AS}/authorize`,
  tokenEndpoint: `${AS}/openid/token`,
  endSessionEndpoint: `${AS}/sign-out`,
  jwksUri: `${AS}/jwks`,
  idTokenSignedResponseAlg: 'HS256',
  scopes: 'openid',
}
const session = { tokens: true, endProviderSession: true }
const OWN = { origin: ORIGIN, secret: SECRET, session, providers: { main, openid } }
const BY_POST = { ...OWN, providers: { main: { ...main, responseMode: 'form_post' } } }
const SUPABASE = { origin: ORIGIN, secret: SECRET, supabase: { url: PROJECT, key: 'anon-key' } }

const TOKENS = { access_token: 'at-1', token_type: 'Bearer', expires_in: 3600, refresh_token: 'rt-1' }
const USER = { id: 'u-1', email: 'ada@app.example', app_metadata: { provider: 'bitbucket' } }
const ANSWERS = {
  [main.tokenEndpoint]: TOKENS,
  [main.userinfoEndpoint]: { sub: 'u-1', name: 'Ada Łovelace', email: 'ada@app.example' },
  [`${PROJECT}/auth/v1/token?grant_type=pkce`]: { ...TOKENS, token_type: 'bearer', user: USER },
}
/** An ID Token for a sign-in. @param {string} nonce */
const answerOpenId = async (nonce) => {
  const claims = new SignJWT({ nonce }).setProtectedHeader({ alg: 'HS256' }).setIssuer(AS).setSubject('u-1')
  const dated = claims
    .setAudience('app')
    .setIssuedAt(NOW)
    .setExpirationTime(NOW + DAY)
  return { ...TOKENS, id_token: await dated.sign(new TextEncoder().encode(CLIENT_SECRET)) }
}

let drawn = 0
mock.method(crypto, 'getRandomValues', (array) => {
  for (let i = 0; i < array.length; i++) array[i] = (drawn++ * 167 + 13) % 251
  return array
})

const at = (options, path = '/') => `${options.origin}${path}`
const send = (url, cookie) => new Request(url, { headers: { cookie } })

/** A sign-in under way, as it comes back. @param {string} [cookie] of the browser before */
const begin = async (options, provider, cookie = '') => {
  setClock(NOW)
  const headers = { cookie, 'sec-fetch-site': 'same-origin' }
  const start = at(options, `/auth/sign-in?${new URLSearchParams({ provider, next: '/welcome?a=b' })}`)
  const response = await createAuth({ ...options, onSession() {} }).handle(new Request(start, { headers }))
  const { searchParams } = new URL(response.headers.get('location'))
  const back = new URL(searchParams.get('redirect_to') ?? searchParams.get('redirect_uri'))
  for (const [name, value] of Object.entries({ code: 'c-1', state: searchParams.get('state') }))
    if (value) back.searchParams.set(name, value)
  const nonce = searchParams.get('nonce')
  return {
    options,
    cookie: keepCookies(cookie, response.headers.getSetCookie()),
    now: NOW + MINUTE,
    request: { url: back.href },
    answers: nonce ? { [openid.tokenEndpoint]: await answerOpenId(nonce) } : ANSWERS,
  }
}

/** The same person, signed in. @param {import('./kept-cookies.mjs').Kept} begun @param {object} [data] of onSession */
const finish = async ({ options, cookie, now, request, answers }, data = { role: 'admin' }) => {
  setClock(NOW)
  const fetch = async (url) => Response.json(answers[url])
  const auth = createAuth({ ...options, fetch, onSession: () => ({ data }) })
  const response = await auth.handle(send(request.url, cookie))
  return {
    options,
    cookie: keepCookies(cookie, response.headers.getSetCookie()),
    now,
    request: { url: at(options) },
    answers: { [main.tokenEndpoint]: { ...TOKENS, access_token: 'at-2' } },
  }
}
/** @param {object} [data] of onSession */
const signIn = async (options, provider = 'main', data) => finish(await begin(options, provider), data)

const underWay = await begin(OWN, 'main')
const one = await finish(underWay)
const long = await signIn(OWN, 'main', { note: 'x'.repeat(2500) })
const byPost = await begin(BY_POST, 'main')
const [address, form] = byPost.request.url.split('?')

const renewed = async () => {
  setClock(NOW + DAY)
  const { setCookie } = createAuth(OWN).getSession(send(ORIGIN, one.cookie))
  return { ...one, cookie: keepCookies(one.cookie, setCookie), now: NOW + 7 * DAY }
}
const updated = () => {
  setClock(NOW)
  const { setCookie } = createAuth(OWN).updateSession(send(ORIGIN, one.cookie), { role: 'é' })
  return { ...one, cookie: keepCookies(one.cookie, setCookie) }
}
const leave = async () => {
  const { cookie } = await signIn(OWN, 'openid')
  const init = { method: 'POST', headers: { cookie, origin: ORIGIN } }
  const response = await createAuth(OWN).handle(new Request(`${ORIGIN}/auth/sign-out?next=/bye`, init))
  const state = new URL(response.headers.get('location')).searchParams.get('state')
  const request = { url: `${ORIGIN}/auth/sign-out?state=${state}` }
  return {
    options: OWN,
    cookie: keepCookies(cookie, response.headers.getSetCookie()),
    now: NOW + MINUTE,
    request,
  }
}
const out = await leave()

/** @type {[string, string, import('./kept-cookies.mjs').Kept][]} */
const CASES = [
  ['session', 'somebody who signed in, with the data of onSession and the tokens', one],
  ['session-renews', 'after a tenth of `idle` the cookie is written again', { ...one, now: NOW + DAY }],
  ['session-idle', 'a week without a request', { ...one, now: NOW + 7 * DAY }],
  ['session-renewed', 'a cookie that was written again counts from then on', await renewed()],
  ['session-updated', 'new data by updateSession', updated()],
  ['session-long', 'a session in two cookies', long],
  ['session-openid', 'with an ID Token beside the tokens', await signIn(OWN, 'openid')],
  ['session-http', 'on http the names are plain', await signIn({ ...OWN, origin: LOCAL })],
  [
    'session-domain',
    'for all hosts of a domain',
    await signIn({ ...OWN, session: { domain: 'app.example' } }),
  ],
  [
    'session-rotated',
    'sealed with the secret before',
    { ...one, options: { ...OWN, secret: ['n'.repeat(32), SECRET] } },
  ],
  ['session-stranger', 'sealed with another secret', { ...one, options: { ...OWN, secret: 'n'.repeat(32) } }],
  ['callback', 'a sign-in under way at a direct provider', underWay],
  ['callback-over', 'after ten minutes it is over', { ...underWay, now: NOW + 10 * MINUTE }],
  ['callback-again', 'the address of a sign-in that is finished', { ...underWay, cookie: one.cookie }],
  ['callback-openid', 'with a nonce', await begin(OWN, 'openid')],
  [
    'callback-post',
    'an answer by POST',
    { ...byPost, request: { url: address, method: 'POST', body: form } },
  ],
  ['callback-http', 'on http the names are plain', await begin({ ...OWN, origin: LOCAL }, 'main')],
  ['callback-linked', 'begun by somebody who is signed in', await begin(OWN, 'openid', one.cookie)],
  ['callback-supabase', 'a sign-in under way through Supabase', await begin(SUPABASE, 'bitbucket')],
  ['sign-out', 'on the way back from the sign-out of a provider', out],
  ['sign-out-over', 'after ten minutes the way back is forgotten', { ...out, now: NOW + 10 * MINUTE }],
]

const lines = []
for (const [id, comment, kept] of CASES)
  lines.push(`    ${JSON.stringify({ id, comment, ...kept, expect: await readKept(createAuth, kept) })}`)
const head = JSON.stringify({ name: 'kept_cookies', source, count: lines.length }, null, 2).slice(0, -2)
const text = `${head},\n  "cases": [\n${lines.join(',\n')}\n  ]\n}\n`
writeFileSync(new URL('../../vectors/kept_cookies.json', import.meta.url), text)
