// What an app on any framework does by the routes of one folder: the cases of each framework are made of these.
import assert from 'node:assert/strict'
import { checkNext } from '../../../dist/index.js'
import { BrowserJar } from '../../../stand-ins/browser-jar.mjs'
import { collectComplaints } from '../../browser/support/browser.mjs'

/** `origin` ends with the path below which the app is served, if it is. @typedef {{ origin: string, version: string, provider: any, supabase: any, secret: string, browser: { open(): Promise<any> } }} World */
/** By column of the table, then by title. @typedef {Record<string, Record<string, (world: World) => Promise<void>>>} Cases */

/** Whose spelling has to arrive unchanged: decoded or encoded once more, each would be another. */
const TARGETS = ['/a b', '/a%20b', '/caf\u00e9', '/q?x=%25', '/q?x=%2520&y=a+b', '/q?x="<é>"#a%20b']

export const manual = { redirect: 'manual' }
export const isOurs = (name) => /landfall/.test(name)

/** A bare `#` removes somebody else's fragment; in a response of Next's proxy, an empty directive does. @param {string} url */
export const withoutMark = (url) => url.replace(/#(?::~:)?$/, '')

const redirectUri = ({ provider }) => {
  const { url } = provider.requests.findLast(({ endpoint }) => endpoint === 'authorize')
  return new URL(url, provider.origin).searchParams.get('redirect_uri')
}

/** What a finished sign-in leaves of its own cookies. @param {BrowserJar} jar */
const unfinished = (jar) =>
  jar.cookies.names().filter((name) => isOurs(name) && !/-(?:done|session)$/.test(name))

/** A whole sign-in. @param {World} world @param {string} folder @returns {Promise<string>} the Location of the callback */
export const signIn = async (world, folder) => {
  const { origin, provider } = world
  const jar = new BrowserJar()
  const answer = await jar.fetch(`${origin}${folder}/sign-in?provider=work&next=/welcome`)
  assert.equal(withoutMark(jar.url), `${origin}/welcome`)
  assert.equal(redirectUri(world), `${origin}${folder}/callback/work`)
  assert.equal(provider.requests.at(-1).form.get('redirect_uri'), redirectUri(world))
  assert.deepEqual(unfinished(jar), [])
  const callback = answer.hops.find(({ url }) => new URL(url).pathname.includes('/callback'))
  assert.equal(callback.status, 303)
  return callback.location
}

/** What the router of Next asks for a link that is in sight. */
const PREFETCH = {
  rsc: '1',
  'next-router-prefetch': '1',
  'sec-fetch-mode': 'cors',
  'sec-fetch-dest': 'empty',
}

/** A HEAD and a prefetch look ahead, and OPTIONS asks what there is. @param {World} world @param {string} folder */
export const startNothing = async ({ origin, provider }, folder) => {
  const before = provider.requests.length
  for (const method of ['HEAD', 'OPTIONS']) {
    const answer = await fetch(`${origin}${folder}/sign-in?provider=work`, { method, ...manual })
    assert.ok([204, 405].includes(answer.status), `${folder} ${method}: ${answer.status}`)
    assert.deepEqual([answer.headers.get('location'), answer.headers.getSetCookie()], [null, []])
  }
  const from = { headers: PREFETCH, from: `${origin}/` }
  const ahead = await new BrowserJar().fetch(`${origin}${folder}/sign-in?provider=work`, from)
  assert.deepEqual(
    ahead.hops.flatMap(({ setCookie }) => setCookie),
    [],
  )
  assert.equal(provider.requests.length, before)
}

/** A response at the callback of another provider, or of none. @param {World} world @param {string} folder */
export const otherCallbacks = async ({ origin, provider }, folder) => {
  const own = '/callback/work'
  for (const path of ['/callback', '/callback/other', `${own}/more`]) {
    const jar = new BrowserJar()
    const { headers } = await jar.fetch(`${origin}${folder}/sign-in?provider=work`, manual)
    const back = await jar.fetch(headers.get('location'), manual)
    const { search } = new URL(back.headers.get('location'))
    const answer = await jar.fetch(origin + folder + path + search, manual)
    const location = answer.headers.get('location')
    if (location) assert.match(location, /\/auth\/auth-code-error\?error=\w+(?:#(?::~:)?)?$/, path)
    else assert.equal(answer.status, 404, folder + path)
  }
  assert.equal(provider.requests.at(-1).endpoint, 'authorize')
}

/** A person who refuses. @param {World} world @param {string} folder */
export const refuse = async ({ origin }, folder) => {
  const jar = new BrowserJar()
  const { headers } = await jar.fetch(`${origin}${folder}/sign-in?provider=work`, manual)
  const page = await jar.fetch(`${headers.get('location')}&decision=deny`)
  assert.ok(jar.url.startsWith(`${origin}/auth/auth-code-error?error=provider_access_denied`), jar.url)
  assert.equal(page.status, 200)
  assert.match(await page.text(), /provider_access_denied/)
}

/**
 * The script of the error page removes what the address has behind a `#`, which the page's policy has to allow. The link to another
 * attempt tells who made the page. @param {World} world @param {string} folder @param {string} [more] of the query
 */
export const runScript = async ({ origin, browser }, folder, more = '') => {
  const page = await browser.open()
  const complaints = collectComplaints(page)
  const query = `error=provider_access_denied&provider=work&next=/${more}`
  const address = `${origin}/auth/auth-code-error?${query}`
  await page.goto(`${address}#error=access_denied`)
  assert.equal(page.url(), address)
  const { pathname } = new URL(`${origin}${folder}/sign-in`)
  assert.equal(await page.locator(`a[href^="${pathname}"]`).count(), 1)
  assert.deepEqual(complaints, [])
}

/** @param {World} world @param {string} folder */
export const signOut = async ({ origin }, folder) => {
  const url = `${origin}${folder}/sign-out`
  const own = await new BrowserJar().fetch(url, { method: 'POST', from: `${origin}/`, ...manual })
  const location = new URL(own.headers.get('location'), origin).href
  assert.deepEqual([own.status, withoutMark(location).replace(/\/$/, '')], [303, origin], folder)
  const foreign = { method: 'POST', from: 'https://other.example/', ...manual }
  assert.equal((await new BrowserJar().fetch(url, foreign)).status, 403)
}

/** The form of the home page, which an action of the app answers. @param {World} world @param {string} next */
const signInByAction = async ({ origin }, next) => {
  const wanted = checkNext(next)
  assert.ok(wanted)
  const jar = new BrowserJar()
  const page = await (await jar.fetch(`${origin}/`)).text()
  await jar.submit(page, { fields: { next } })
  assert.equal(jar.url, new URL(origin + (wanted.includes('#') ? wanted : `${wanted}#`)).href)
  assert.deepEqual(unfinished(jar), [])
}

/** @type {Cases[string]} */
export const ACTION_CASES = Object.fromEntries(
  TARGETS.map((next) => [`to ${JSON.stringify(next)}`, (world) => signInByAction(world, next)]),
)

/**
 * A page for signed-in people: who is not signed in comes to it by the sign-in, and a script gets no page. @param {World} world
 * @param {string} folder of the routes
 */
export const protectPage = async ({ origin }, folder) => {
  const jar = new BrowserJar()
  const page = await jar.fetch(`${origin}/account`)
  assert.equal(withoutMark(jar.url), `${origin}/account`)
  assert.match(await page.text(), /<p id="who">work<\/p>/)
  const script = await fetch(`${origin}/account`, manual)
  assert.equal(script.status, 401)
  await jar.fetch(`${origin}${folder}/sign-out`, { method: 'POST', from: `${origin}/`, ...manual })
  const gone = await jar.fetch(`${origin}/account`, manual)
  const { pathname, searchParams } = new URL(gone.headers.get('location'), origin)
  assert.deepEqual([gone.status, searchParams.get('next')], [303, new URL(`${origin}/account`).pathname])
  assert.ok(`${origin}${folder}/sign-in`.endsWith(pathname), pathname)
}
