// What an app on Next.js does: by the routes, by a server action, and in the proxy.
import assert from 'node:assert/strict'
import { checkNext } from '../../../dist/index.js'
import { BrowserJar } from '../../../stand-ins/browser-jar.mjs'
import { collectComplaints } from '../../browser/support/browser.mjs'

/** Whose spelling a cookie has to carry unchanged: decoded or encoded once more, each would be another. */
const TARGETS = ['/a b', '/a%20b', '/caf\u00e9', '/q?x=%25', '/q?x=%2520&y=a+b', '/q?x="<é>"#a%20b']
const STARTS = 12
/** The folders that answer as route handlers. */
const ROUTES = ['/auth', '/all']
const PROXIED = '/proxied'

/** @typedef {{ origin: string, provider: any, browser: { open(): Promise<any> } }} World */

const isOurs = (name) => /landfall/.test(name)
const manual = { redirect: 'manual' }
const redirectUri = ({ provider }) => {
  const { url } = provider.requests.findLast(({ endpoint }) => endpoint === 'authorize')
  return new URL(url, provider.origin).searchParams.get('redirect_uri')
}
/** A bare `#` removes somebody else's fragment. Next drops it from a response of its proxy. @param {string} url */
const withoutMark = (url) => url.replace(/#$/, '')

/** A sign-in by the routes of one folder. @param {World} world @param {string} folder */
const signIn = async (world, folder) => {
  const { origin, provider } = world
  const jar = new BrowserJar()
  const answer = await jar.fetch(`${origin}${folder}/sign-in?provider=work&next=/welcome`)
  assert.equal(withoutMark(jar.url), `${origin}/welcome`)
  assert.equal(redirectUri(world), `${origin}${folder}/callback/work`)
  const callback = answer.hops.find(({ url }) => new URL(url).pathname.includes('/callback'))
  assert.equal(callback.status, 303)
  assert.deepEqual(provider.requests.at(-1).form.get('redirect_uri'), redirectUri(world))
  assert.deepEqual(
    jar.cookies.names().filter((name) => isOurs(name) && !name.endsWith('-done')),
    [],
  )
  return callback
}

const signInByRoutes = async (world) => {
  for (const folder of ROUTES) assert.equal((await signIn(world, folder)).location, '/welcome#')
}

/** Only `fetch` shows them: a jar follows. @param {World} world @param {string} folder */
const startsNothing = async ({ origin, provider }, folder) => {
  const before = provider.requests.length
  for (const method of ['HEAD', 'OPTIONS']) {
    const answer = await fetch(`${origin}${folder}/sign-in?provider=work`, { method, redirect: 'manual' })
    assert.ok([204, 405].includes(answer.status), `${folder} ${method}: ${answer.status}`)
    assert.deepEqual([answer.headers.get('location'), answer.headers.getSetCookie()], [null, []])
  }
  assert.equal(provider.requests.length, before)
}

const others = async ({ origin }) => {
  for (const method of ['GET', 'POST']) {
    const answer = await fetch(`${origin}/all/no/such/route`, { method })
    assert.deepEqual([answer.status, await answer.text()], [404, 'Not found\n'])
  }
  assert.equal((await fetch(`${origin}/all/sign-in`, { method: 'DELETE' })).status, 405)
}

/** A response at the callback of another provider, or of none. @param {World} world */
const otherCallbacks = async ({ origin, provider }) => {
  for (const folder of [...ROUTES, PROXIED])
    for (const path of ['/callback', '/callback/other', '/callback/work/more']) {
      const jar = new BrowserJar()
      const { headers } = await jar.fetch(`${origin}${folder}/sign-in?provider=work`, manual)
      const back = await jar.fetch(headers.get('location'), manual)
      const { search } = new URL(back.headers.get('location'))
      const answer = await jar.fetch(origin + folder + path + search, manual)
      const location = answer.headers.get('location')
      if (location) assert.match(location, /\/auth-code-error\?error=\w+#?$/, path)
      else assert.equal(answer.status, 404, folder + path)
    }
  assert.notEqual(provider.requests.at(-1).endpoint, 'token')
}

/** @param {World} world @param {string} next */
const signInByAction = async ({ origin }, next) => {
  const wanted = checkNext(next)
  assert.ok(wanted)
  const jar = new BrowserJar()
  const page = await (await jar.fetch(`${origin}/`)).text()
  await jar.submit(page, { fields: { next } })
  assert.equal(jar.url, new URL(wanted.includes('#') ? wanted : `${wanted}#`, origin).href)
  assert.deepEqual(
    jar.cookies.names().filter((name) => isOurs(name) && !name.endsWith('-done')),
    [],
  )
}

const unfinished = async ({ origin }) => {
  const [byRoute, byAction] = [new BrowserJar(), new BrowserJar()]
  for (let count = 0; count < STARTS; ++count) {
    await byRoute.fetch(`${origin}/auth/sign-in?provider=work`, manual)
    const page = await (await byAction.fetch(`${origin}/`)).text()
    await byAction.submit(page, { fields: { next: '/' }, redirect: 'manual' })
  }
  const [route, action] = [byRoute, byAction].map(({ cookies }) => cookies.names().filter(isOurs))
  assert.ok(route.length > 1 && route.length < STARTS, `${route.length}`)
  assert.equal(action.length, route.length)
}

const options = async ({ origin, provider }) => {
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

const signInByProxy = async (world) => {
  const { location } = await signIn(world, PROXIED)
  // Next makes a path of an address of its own; the proxy must give it the address.
  assert.equal(withoutMark(new URL(location, world.origin).href), `${world.origin}/welcome`)
}

const refusedByProxy = async ({ origin }) => {
  const jar = new BrowserJar()
  const { headers } = await jar.fetch(`${origin}${PROXIED}/sign-in?provider=work`, manual)
  const page = await jar.fetch(`${headers.get('location')}&decision=deny`)
  assert.ok(jar.url.startsWith(`${origin}/auth/auth-code-error?error=provider_access_denied`), jar.url)
  assert.equal(page.status, 200)
  assert.match(await page.text(), /provider_access_denied/)
}

const passedOn = async ({ origin }) => {
  const home = await fetch(origin)
  assert.match(await home.text(), /Sign in/)
  assert.equal((await fetch(`${origin}${PROXIED}/no-such-route`)).status, 404)
}

/**
 * The script removes what the address has behind a `#`, which the page's policy has to allow. The link to another attempt tells who
 * made the page. @param {World} world
 */
const errorPageScript = async ({ origin, browser }) => {
  const page = await browser.open()
  const complaints = collectComplaints(page)
  for (const [folder, more] of [
    ['/auth', ''],
    [PROXIED, '&proxied=1'],
  ]) {
    const query = `error=provider_access_denied&provider=work&next=/${more}`
    const address = `${origin}/auth/auth-code-error?${query}`
    await page.goto(`${address}#error=access_denied`)
    assert.equal(page.url(), address)
    assert.equal(await page.locator(`a[href^="${folder}/sign-in"]`).count(), 1)
    assert.deepEqual(complaints, [])
  }
}

const signOut = async ({ origin }) => {
  for (const folder of [...ROUTES, PROXIED]) {
    const url = `${origin}${folder}/sign-out`
    const own = await new BrowserJar().fetch(url, { method: 'POST', from: `${origin}/`, ...manual })
    const location = new URL(own.headers.get('location'), origin).href
    assert.deepEqual([own.status, withoutMark(location)], [303, `${origin}/`], folder)
    const foreign = { method: 'POST', from: 'https://other.example/', ...manual }
    assert.equal((await new BrowserJar().fetch(url, foreign)).status, 403)
  }
}

/** By column of the table, then by title. @type {Record<string, Record<string, (world: World) => Promise<void>>>} */
export const NEXT_CASES = {
  'whole sign-in': {
    'by the routes of each folder': signInByRoutes,
    'HEAD and OPTIONS start none': async (world) => {
      for (const folder of [...ROUTES, PROXIED]) await startsNothing(world, folder)
    },
    'a path that is no route, and a method that no route has': others,
    'the callback of a provider is not that of another, nor of none': otherCallbacks,
  },
  'server action': {
    ...Object.fromEntries(
      TARGETS.map((next) => [`to ${JSON.stringify(next)}`, (world) => signInByAction(world, next)]),
    ),
    [`${STARTS} sign-ins that nobody finishes leave as many cookies by an action as by the route`]:
      unfinished,
    'signIn takes the options of start, and throws its errors': options,
  },
  'proxy or middleware': {
    'a whole sign-in, with a complete address in each Location': signInByProxy,
    'a person who refuses gets the error page': refusedByProxy,
    'everything else passes on': passedOn,
  },
  'error page’s script': { 'runs under the page’s policy': errorPageScript },
  'sign-out': { 'from a form of the app alone': signOut },
}
