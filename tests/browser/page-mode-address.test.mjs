// What a page takes from its address for the response to a sign-in, and what it leaves there.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import { visit } from './support/in-page.mjs'
import { startPageApp } from './support/page-app.mjs'

const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e'

const browser = useBrowser()
let app
before(async () => {
  app = await startPageApp()
})
after(() => app?.close())

/**
 * Goes to each address without loading the page again, and finishes what it says.
 * @param {string[]} paths @param {object} [more] options
 */
const completeAt = async (paths, more = {}) => {
  const page = await browser.open()
  await visit(page, `${app.origin}/app`)
  return page.evaluate(
    async ([paths, more]) => {
      const { makeAuth, history, location } = globalThis
      const auth = makeAuth(more)
      const outcomes = []
      for (const path of paths) {
        history.pushState({ path }, '', path)
        const { error } = await auth.complete()
        const { pathname, search, hash } = location
        const isSame = history.state.path === path
        outcomes.push({
          path,
          left: pathname + search + hash,
          code: error?.code,
          state: isSame ? 'kept' : 'lost',
        })
      }
      return outcomes
    },
    [paths, more],
  )
}

/** @param {Record<string, [left: string, code: string]>} wanted by address @param {object} [more] options */
const check = async (wanted, more) =>
  assert.deepEqual(
    await completeAt(Object.keys(wanted), more),
    Object.entries(wanted).map(([path, [left, code]]) => ({ path, left, code, state: 'kept' })),
  )

/** @param {string[]} paths */
const checkUntouched = (paths) => check(Object.fromEntries(paths.map((path) => [path, [path, undefined]])))

test('at the callback, a code, an error or a message in the query is a response', () =>
  check({
    [`/auth/callback?code=${UUID}`]: ['/auth/callback', 'transaction_cookies_blocked'],
    '/auth/callback?code=short': ['/auth/callback', 'transaction_cookies_blocked'],
    '/auth/callback/?code=short': ['/auth/callback/', 'transaction_cookies_blocked'],
    '/auth/callback?error=access_denied': ['/auth/callback', 'provider_access_denied'],
    '/auth/callback?error_code=otp_expired': ['/auth/callback', 'otp_expired'],
    '/auth/callback?message=hello': ['/auth/callback', 'email_change_half_confirmed'],
  }))

test('at the callback, anything else in the query is the app’s', () =>
  checkUntouched([
    '/auth/callback?state=abc',
    '/auth/callback?sb_flow_id=abc',
    '/auth/callback?error_description=abc',
    '/auth/callback?tab=1#part',
  ]))

test('elsewhere, a code of Supabase’s form, or beside a state, is a response', () =>
  check({
    [`/app?code=${UUID}`]: ['/app', 'transaction_cookies_blocked'],
    [`/app?code=${UUID.toUpperCase()}`]: ['/app', 'transaction_cookies_blocked'],
    '/app?code=abc&state=def': ['/app', 'transaction_cookies_blocked'],
    '/app?code=abc&sb_flow_id=def': ['/app', 'state_mismatch'],
    '/app?error_code=otp_expired': ['/app', 'otp_expired'],
    '/app?error=access_denied&error_description=no': ['/app', 'provider_access_denied'],
  }))

test('elsewhere, half of a response is the app’s', () =>
  checkUntouched([
    `/app?code=${UUID}0`,
    `/app?code=0${UUID}`,
    '/app?code=abc',
    '/app?state=abc',
    '/app?sb_flow_id=abc',
    '/app?state=abc&sb_flow_id=def',
    '/app?error=1',
    '/app?error_description=1',
    '/app?message=1',
  ]))

test('what the fragment tells counts at the callback, and elsewhere beside a word of Supabase’s', () =>
  check({
    '/auth/callback#error=access_denied': ['/auth/callback', 'provider_access_denied'],
    '/auth/callback#error_code=otp_expired': ['/auth/callback', 'otp_expired'],
    '/auth/callback#message=hello': ['/auth/callback', 'email_change_half_confirmed'],
    '/app#error=access_denied&sb=': ['/app', 'provider_access_denied'],
    '/app#error_code=otp_expired': ['/app', 'otp_expired'],
    '/app#error=access_denied&error_description=no': ['/app', 'provider_access_denied'],
    '/app#message=hello&sb=': ['/app', 'email_change_half_confirmed'],
  }))

test('a fragment without such a word is the app’s', () =>
  checkUntouched([
    '/app#error=1',
    '/app#message=1',
    '/app#sb=',
    '/app#sb=1&code=2',
    '/app#code=1',
    '/auth/callback#sb=',
  ]))

test('a code in the fragment of the callback is no response, and leaves the address', () =>
  check({
    '/auth/callback#code=1': ['/auth/callback', undefined],
    '/auth/callback?tab=1#part#code=1': ['/auth/callback?tab=1#part', undefined],
  }))

test('where query and fragment tell the same, the query counts', () =>
  check({
    '/app?error_code=otp_expired#error_code=access_denied': ['/app', 'otp_expired'],
    '/app?error_code=access_denied#error_code=otp_expired': ['/app', 'supabase_error'],
  }))

test('the rest of query and fragment stays as it is written', () =>
  check({
    '/app?a=%C3%A9+b&error_code=otp_expired&empty&a=2&=3#/route?x=1': [
      '/app?a=%C3%A9+b&empty&a=2&=3#/route?x=1',
      'otp_expired',
    ],
    '/app?%65rror_code=otp_expired&x': ['/app?x', 'otp_expired'],
    '/app?x=1&&y#part#error_code=otp_expired': ['/app?x=1&&y#part', 'otp_expired'],
    '/app?x#part#access_token=1': ['/app?x#part', 'response_type_unexpected'],
    '/app?x#access_token=1': ['/app?x', 'response_type_unexpected'],
  }))

test('each provider of the app’s own has a callback, and no other path below is one', () => {
  const endpoints = {
    authorizationEndpoint: 'https://id.example/authorize',
    tokenEndpoint: 'https://id.example/token',
  }
  const providers = { work: { clientId: 'app', ...endpoints }, home: { clientId: 'app', ...endpoints } }
  return check(
    {
      '/auth/callback/work?code=short': ['/auth/callback/work', 'state_missing'],
      '/auth/callback/home/?code=short': ['/auth/callback/home/', 'state_missing'],
      '/auth/callback/other?code=short': ['/auth/callback/other?code=short', undefined],
    },
    { providers, secret: 'only a secret of the browser tests, and long enough' },
  )
})
