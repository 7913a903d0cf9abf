// The demo page's list of checks against the core: of two faults in one request, the core names the one that stands first in the list.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ERRORS } from '../../dist/index.js'
import { checksOf } from '../../web-demo/page/checks.js'
import { json, makeApp, ORIGIN, PROVIDER, TOKEN_ANSWER, toCookieHeader } from './support/app.mjs'

const SUPABASE = { url: 'https://abc.supabase.co', key: 'sb_publishable_x', providers: { bitbucket: {} } }
const ELEVEN_MINUTES = 660_000
const REFUSED = json('{"error":"invalid_grant","error_code":"flow_state_not_found"}', { status: 400 })

/** What can be wrong with a callback, each by itself. @type {Record<string, (visit: Visit) => void>} */
const FAULTS = {
  unset: (visit) => (visit.options.secret = ''),
  method: (visit) => (visit.method = 'PUT'),
  loaded: (visit) => visit.headers.set('sec-fetch-mode', 'cors'),
  host: (visit) => (visit.url.host = 'other.example'),
  nowhere: (visit) => (visit.url.pathname = '/auth/callback/nobody'),
  unconfigured: ({ options: { supabase, providers } }) =>
    supabase ? Object.assign(supabase, { key: '' }) : Object.assign(providers.main, { clientSecret: '' }),
  twice: (visit) =>
    visit.url.searchParams.append('error_uri', 'a') ?? visit.url.searchParams.append('code', 'b'),
  nothing: (visit) => (visit.url.search = ''),
  stateless: (visit) => visit.url.searchParams.delete('state'),
  cookieless: (visit) => visit.headers.delete('cookie'),
  unsealed: (visit) => visit.headers.set('cookie', `${visit.transaction.slice(0, -1)}!`),
  elsewhere: (visit) => (visit.url.pathname = '/auth/callback/other'),
  late: (visit) => (visit.ahead = ELEVEN_MINUTES),
  iss: (visit) => visit.url.searchParams.set('iss', 'https://other.example'),
  tokens: (visit) => visit.url.searchParams.set('access_token', 'at'),
  error: (visit) => visit.url.searchParams.set('error', 'access_denied'),
  code: (visit) => visit.url.searchParams.set('code', '\u0001'),
  refused: (visit) => (visit.answer = REFUSED),
}
const ORDER = {
  direct: Object.keys(FAULTS),
  supabase: [
    ...['unset', 'method', 'loaded', 'host', 'unconfigured', 'twice', 'nothing', 'tokens', 'error', 'code'],
    ...['cookieless', 'unsealed', 'late', 'refused'],
  ],
}
/** Faults that are none together: one takes away what the other spoils. */
const APART = [
  ['twice', 'nothing'],
  ['cookieless', 'unsealed'],
  // The state itself says when it was made.
  ['cookieless', 'late'],
  // The path says whose settings are asked for.
  ['nowhere', 'unconfigured'],
  ['nowhere', 'elsewhere'],
  ['unconfigured', 'elsewhere'],
]

/**
 * `options` are those of the app that the callback comes to.
 * @typedef {{ method: string, url: URL, headers: Headers, transaction: string, ahead: number, answer: Response, options: object }} Visit
 */

/** @param {'direct' | 'supabase'} kind @returns {object} of createAuth */
const optionsOf = (kind) => ({
  origin: { trustedHosts: ['app.example'] },
  ...(kind === 'direct'
    ? { providers: { main: { ...PROVIDER }, other: { ...PROVIDER, issuer: 'https://other.example' } } }
    : { providers: undefined, supabase: { ...SUPABASE } }),
})

/** A callback with faults, and the code that it ends in. @param {'direct' | 'supabase'} kind @param {string[]} faults */
const endOf = async (kind, faults) => {
  const app = makeApp(optionsOf(kind))
  const options = optionsOf(kind)
  const provider = kind === 'direct' ? 'main' : 'bitbucket'
  const request = new Request(`${ORIGIN}/`, { headers: { host: 'app.example' } })
  const { url, setCookie } = app.auth.start({ provider, next: '/x', request })
  const started = new URL(url).searchParams
  const isDirect = kind === 'direct'
  const visit = {
    method: 'GET',
    url: new URL(isDirect ? `${ORIGIN}/auth/callback/main` : started.get('redirect_to')),
    headers: new Headers({ cookie: toCookieHeader(setCookie) }),
    transaction: toCookieHeader(setCookie.filter((line) => line.includes('landfall-'))),
    ahead: 0,
    answer: json(TOKEN_ANSWER),
    options,
  }
  visit.url.searchParams.set('code', '00000000-0000-4000-8000-000000000000')
  if (isDirect)
    for (const [name, value] of [
      ['state', started.get('state')],
      ['iss', PROVIDER.issuer],
    ])
      visit.url.searchParams.set(name, value)
  // What takes away comes last, else the other would put something back.
  for (const name of [...faults].sort((a) => (a === 'nothing' ? 1 : -1))) FAULTS[name](visit)
  const { auth, events } = makeApp(options, () => visit.answer.clone())
  visit.headers.set('host', visit.url.host)
  const { now } = Date
  Date.now = () => now() + visit.ahead
  try {
    await auth.callback(new Request(visit.url, { method: visit.method, headers: visit.headers }))
  } finally {
    Date.now = now
  }
  return events.at(-1).code
}

/** Where the list says that a code ends a callback. */
const placeOf = (kind, code) =>
  checksOf(kind, { handler: 'callback', code, url: `${ORIGIN}/auth/callback` }).findIndex(
    ({ result }) => result === 'stopped',
  )

for (const [kind, order] of Object.entries(ORDER)) {
  test(`${kind}: each fault ends at a check of its own, in the order of the list`, async () => {
    const places = []
    for (const fault of order) places.push(placeOf(kind, await endOf(kind, [fault])))
    assert.ok(
      places.every((place, i) => place >= 0 && (i === 0 || place > places[i - 1])),
      String(places),
    )
    let pairs = 0
    for (const [i, first] of order.entries()) {
      for (const second of order.slice(i + 1)) {
        if (APART.some(([a, b]) => a === first && b === second)) continue
        const code = await endOf(kind, [first, second])
        assert.equal(placeOf(kind, code), places[i], `${first} and ${second} end in ${code}`)
        pairs += 1
      }
    }
    assert.ok(pairs > 50)
  })
}

test('the list knows no code that there is not', () => {
  for (const kind of ['direct', 'supabase']) {
    const known = Object.keys(ERRORS).filter((code) => {
      try {
        return placeOf(kind, code) >= 0
      } catch {
        return false
      }
    })
    assert.ok(known.length > 30, `${kind}: ${known.length}`)
    assert.throws(() => placeOf(kind, 'no_such_code'), /no check ends in no_such_code/)
  }
})
