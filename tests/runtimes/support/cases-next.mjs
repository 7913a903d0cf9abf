// What an app on Next.js does: by the routes of two folders, by a server action, and in the proxy.
import assert from 'node:assert/strict'
import { BrowserJar } from '../../../stand-ins/browser-jar.mjs'
import {
  ACTION_CASES,
  isOurs,
  manual,
  otherCallbacks,
  protectPage,
  refuse,
  runScript,
  signIn,
  signOut,
  startNothing,
  withoutMark,
} from './cases-framework.mjs'
import { USER_CASES } from './cases-next-user.mjs'

/** The folders that answer as route handlers, and the one that the proxy answers. */
const ROUTES = ['/auth', '/all']
const PROXIED = '/proxied'
const STARTS = 12

const inEach = (folders, run) => async (world) => {
  for (const folder of folders) await run(world, folder)
}

const signInByRoutes = async (world) => {
  const { pathname } = new URL(`${world.origin}/welcome`)
  for (const folder of ROUTES) assert.equal(await signIn(world, folder), `${pathname}#`)
}

/** Next makes a path of an address of its own; the proxy must give it the address. */
const signInByProxy = async (world) => {
  const { href } = new URL(await signIn(world, PROXIED), world.origin)
  assert.equal(withoutMark(href), `${world.origin}/welcome`)
}

const others = async ({ origin }) => {
  for (const method of ['GET', 'POST']) {
    const answer = await fetch(`${origin}/all/no/such/route`, { method })
    assert.deepEqual([answer.status, await answer.text()], [404, 'Not found\n'])
  }
  assert.equal((await fetch(`${origin}/all/sign-in`, { method: 'DELETE' })).status, 405)
}

const countCookies = async ({ origin }) => {
  const [byRoute, byAction] = [new BrowserJar(), new BrowserJar()]
  for (let count = 0; count < STARTS; ++count) {
    await byRoute.fetch(`${origin}/auth/sign-in?provider=work`, manual)
    const page = await (await byAction.fetch(`${origin}/`)).text()
    await byAction.submit(page, { fields: { next: '/' }, ...manual })
  }
  const [route, action] = [byRoute, byAction].map(({ cookies }) => cookies.names().filter(isOurs))
  assert.ok(route.length > 1 && route.length < STARTS, `${route.length}`)
  assert.equal(action.length, route.length)
}

const passOptions = async ({ origin, provider }) => {
  const start = (given) =>
    fetch(`${origin}/start?${new URLSearchParams({ options: JSON.stringify(given) })}`, manual)
  const started = await start({ provider: 'work', queryParams: { prompt: 'login' } })
  const url = new URL(started.headers.get('location'))
  assert.deepEqual([url.origin, url.searchParams.get('prompt')], [provider.origin, 'login'])
  assert.equal(started.headers.getSetCookie().filter(isOurs).length, 1)
  for (const [given, code] of [
    [{ provider: 'nobody' }, 'provider_unknown'],
    [{ provider: 7 }, 'argument_invalid'],
    ['work', 'argument_invalid'],
  ]) {
    const refused = await start(given)
    assert.deepEqual([refused.status, await refused.json()], [400, code])
    assert.deepEqual(refused.headers.getSetCookie(), [])
  }
}

const dropFragment = async ({ origin, browser }) => {
  const page = await browser.open()
  await page.goto(`${origin}${PROXIED}/sign-in?provider=work&next=/#access_token=EVIL`)
  const { pathname } = new URL(origin)
  assert.equal(new URL(page.url()).pathname.replace(/\/$/, ''), pathname.replace(/\/$/, ''))
  assert.equal(await page.evaluate(() => window.location.hash), '')
}

const passOn = async ({ origin }) => {
  const home = await fetch(origin)
  assert.match(await home.text(), /Sign in/)
  assert.equal((await fetch(`${origin}${PROXIED}/no-such-route`)).status, 404)
}

/** What needs no proxy. @param {string[]} folders @returns {import('./cases-framework.mjs').Cases} */
const makeCases = (folders) => ({
  'whole sign-in': {
    'by the routes of each folder': signInByRoutes,
    'HEAD, OPTIONS and a prefetch start none': inEach(folders, startNothing),
    'a path that is no route, and a method that no route has': others,
    'the callback of a provider is not that of another, nor of none': inEach(folders, otherCallbacks),
    ...USER_CASES,
  },
  'server action': {
    ...ACTION_CASES,
    [`${STARTS} that nobody finishes leave as many cookies by an action as by the route`]: countCookies,
    'signIn takes the options of start, and throws its errors': passOptions,
  },
  'proxy, middleware or hook': {},
  'error page’s script': { 'runs under the page’s policy': (world) => runScript(world, '/auth') },
  'sign-out': { 'from a form of the app alone': inEach(folders, signOut) },
})

const cases = makeCases([...ROUTES, PROXIED])

/** @type {import('./cases-framework.mjs').Cases} */
export const NEXT_CASES = {
  ...cases,
  'proxy, middleware or hook': {
    'a whole sign-in, with a complete address in each Location': signInByProxy,
    'a person who refuses gets the error page': (world) => refuse(world, PROXIED),
    'everything else passes on': passOn,
    'a fragment on the way reaches no page': dropFragment,
    'a page for signed-in people': (world) => protectPage(world, PROXIED),
  },
  'error page’s script': {
    ...cases['error page’s script'],
    'and that of the proxy’s page': (world) => runScript(world, PROXIED, '&proxied=1'),
  },
}

/** Where no proxy may load WebAssembly. */
export const NEXT_ROUTES_CASES = {
  ...makeCases(ROUTES),
  'whole sign-in': {
    ...makeCases(ROUTES)['whole sign-in'],
    'a person who refuses gets the error page': inEach(ROUTES, refuse),
  },
}
