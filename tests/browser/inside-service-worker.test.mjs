// Landfall inside of a service worker: the core runs there, and a browser takes no cookies from a worker's responses.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import { startSite } from './support/site.mjs'

const ROOT = new URL('../../', import.meta.url)
const DIST = /^\/dist\/[\w/.-]+\.js$/

const WORKER = `
import { checkNext, createAuth } from '/dist/index.js'
const auth = createAuth({
  origin: location.origin,
  secret: 's'.repeat(32),
  providers: {
    work: {
      clientId: 'c',
      clientSecret: 's'.repeat(32),
      authorizationEndpoint: location.origin + '/provider',
      tokenEndpoint: location.origin + '/token',
    },
  },
})
addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('fetch', (event) => {
  const response = auth.handle(event.request)
  if (response) event.respondWith(response)
})
addEventListener('message', ({ data, source }) =>
  source.postMessage({
    next: data.map((one) => checkNext(one)),
    sent: auth.start({ next: '/notes' }).setCookie.length,
    type: typeof document,
  }),
)`

const browser = useBrowser()
let site
before(async () => {
  site = await startSite(({ url }) => {
    const type = { headers: { 'content-type': 'text/javascript' } }
    if (url === '/worker.js') return { ...type, body: WORKER }
    if (DIST.test(url) && !url.includes('..'))
      return { ...type, body: readFileSync(new URL(`.${url}`, ROOT)) }
    return { body: '<!doctype html><link rel="icon" href="data:,"><title>App</title>' }
  }, 'localhost')
})
after(() => site?.close())

/** A page that a worker with Landfall controls. */
const openControlled = async () => {
  const page = await browser.open()
  await page.goto(`${site.origin}/`)
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/worker.js', { type: 'module' })
    await navigator.serviceWorker.ready
  })
  await page.reload()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  return page
}

test('the check of `next` and the start of a sign-in run there', async () => {
  const page = await openControlled()
  const said = await page.evaluate(
    () =>
      new Promise((resolve) => {
        navigator.serviceWorker.onmessage = ({ data }) => resolve(data)
        navigator.serviceWorker.controller.postMessage(['/a b', '//evil.example'])
      }),
  )
  assert.deepEqual(said, { next: ['/a%20b', null], sent: 1, type: 'undefined' })
})

test('a route that it answers starts no sign-in: the browser does not take the cookie', async () => {
  const page = await openControlled()
  await page.goto(`${site.origin}/auth/sign-in?provider=work`)
  const url = new URL(page.url())
  assert.equal(url.pathname, '/provider')
  assert.deepEqual(await page.context().cookies(), [])
  const { searchParams } = url
  await page.goto(`${site.origin}/auth/callback/work?code=a-code&state=${searchParams.get('state')}`)
  assert.equal(new URL(page.url()).searchParams.get('error'), 'transaction_cookies_blocked')
})
