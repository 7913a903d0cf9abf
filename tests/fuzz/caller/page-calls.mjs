// The public functions of a page, whose address, cookies and storage the caller breaks too.
import assert from 'node:assert/strict'
import { createBrowserAuth } from '../../../dist/browser.js'
import { load } from '../../../dist/url.js'
import { callbackUrl, ORIGIN } from '../../node/support/app.mjs'
import { attempt, isTrap, never } from './attempt.mjs'
import { nearly, watch } from './damage.mjs'
import { checkPageAnswer, isOurs, isOwn } from './invariants.mjs'
import { makeFetched } from './requests.mjs'
import { answerOf, makeFunctions, PAGE_OPTIONS } from './world.mjs'

/** @typedef {import('./values.mjs').Values} Values */
/** @typedef {import('./world.mjs').World} World */

/** Addresses that have a response, or nearly. @param {Values} values */
const makeAddress = (values) =>
  ORIGIN +
  values.pick([
    '/',
    callbackUrl('state'),
    `/?code=12345678-1234-1234-1234-123456789abc`,
    '/auth/callback?error=access_denied&error_description=x',
    '/#access_token=a.b.c&refresh_token=r&expires_in=1&token_type=bearer',
    `/auth/callback#error=x&error_description=${encodeURIComponent(values.text().toWellFormed?.() ?? '')}`,
  ])

/** Breaks one part of the page in one of four. @param {World['page']} page @param {Values} values */
const breakPage = ({ globals }, values) => {
  const whole = { ...globals }
  globals.location.href = makeAddress(values)
  if (values.oneIn(4))
    values.pick([
      () => Object.assign(globals, { document: { cookie: values.any() } }),
      () =>
        Object.assign(globals, {
          document: Object.defineProperty({}, 'cookie', { get: values.own, set: values.own }),
        }),
      () => Object.assign(globals, { history: { replaceState: values.fn() } }),
      () =>
        Object.assign(globals, {
          location: { ...globals.location, href: values.any(), assign: values.fn() },
        }),
      () => Object.assign(globals, { localStorage: values.any() }),
    ])()
  return () => Object.assign(globals, whole)
}

/** In a page that may be broken; the page's app does what `plan` says. @param {World} world @param {Values} values @param {() => Promise<void>} run */
const inBrokenPage = async ({ page, plan }, values, run) => {
  plan.onEvent = values.hook()
  if (values.oneIn(3)) plan.fetch = (url) => makeFetched(values, answerOf(url))
  const mend = breakPage(page, values)
  try {
    await page.within(run)
  } finally {
    mend()
  }
}

/** A function of a page: it never throws, and reads each member of its argument once. */
const pageCall = (name, names, makeValid) => (world, values) =>
  inBrokenPage(world, values, async () => {
    const { proxy, twice } = watch(nearly(makeValid(values), values))
    const { result } = await attempt(() => world.getPageAuth()[name](proxy), never)
    checkPageAnswer(result, names)
    assert.deepEqual(twice(), [], 'a member is read twice')
  })

/** @type {import('./run.mjs').Calls} */
export const PAGE_CALLS = {
  signInWithOAuth: pageCall('signInWithOAuth', ['data', 'error'], () => ({
    provider: 'main',
    options: {
      redirectTo: `${ORIGIN}/x`,
      scopes: 'a b',
      queryParams: { a: 'b' },
      skipBrowserRedirect: true,
      next: '/x',
    },
  })),
  complete: pageCall('complete', ['data', 'error'], (values) => ({ implicit: values.oneIn(2) })),
  signOut: pageCall('signOut', ['error'], () => ({ scope: 'local' })),

  async createBrowserAuth(world, values) {
    await inBrokenPage(world, values, async () => {
      const { onSession, onSignOut, ...functions } = makeFunctions({ onEvent: values.hook() })
      const supabase = { ...PAGE_OPTIONS.supabase, storage: values.pick(['cookies', 'localStorage']) }
      const options = nearly({ ...PAGE_OPTIONS, supabase, ...functions }, values)
      const isFunction = typeof options === 'function'
      const mayThrow = (error) =>
        isFunction || isOurs(error, ['config_invalid']) || isOwn(error) || isTrap(error)
      const { result: auth } = await attempt(() => createBrowserAuth(options), mayThrow)
      if (!auth) return
      const { result } = await attempt(() => auth.check(), mayThrow)
      if (!result) return
      checkPageAnswer(
        await auth.signInWithOAuth({
          provider: values.pick(['main', 'bitbucket']),
          options: { skipBrowserRedirect: true },
        }),
        ['data', 'error'],
      )
      checkPageAnswer(await auth.complete(), ['data', 'error'])
      checkPageAnswer(await auth.signOut(), ['error'])
    })
  },

  async load(_, values) {
    const { fetch } = globalThis
    globalThis.fetch = /** @type {any} */ (
      async () => values.pick([values.any(), new Response(values.text())])
    )
    try {
      // What cannot be loaded is refused by the engine.
      await attempt(
        () => load(values.any()),
        () => true,
      )
    } finally {
      globalThis.fetch = fetch
    }
  },
}
