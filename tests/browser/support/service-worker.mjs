// What an app's service worker passes on to the routes, in one browser engine.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { startSite } from './site.mjs'
import { startWorkerApp } from './worker-app.mjs'

const WAIT_MILLISECONDS = 10_000
const POLL_MILLISECONDS = 20
const CALLBACK = '/auth/callback/bitbucket'
const START = '/auth/sign-in?provider=bitbucket&next=/welcome'
const REFUSED = ['embed', 'object', 'cors', 'no-cors']

/** Asks again until there is something. */
const wait = async (ask) => {
  const end = Date.now() + WAIT_MILLISECONDS
  while (Date.now() < end) {
    const found = await ask()
    if (found) return found
    await setTimeout(POLL_MILLISECONDS)
  }
  throw new Error(`never: ${ask}`)
}

/** Runs in the page: an address in an element, or asked for by a script. */
const load = ({ what, url }) => {
  if (what.endsWith('cors')) return fetch(url, { mode: what }).then(({ status }) => ({ status }))
  const element = document.createElement(what)
  element[what === 'object' ? 'data' : 'src'] = url
  document.body.append(element)
}
const submit = (page) => page.evaluate(() => void setTimeout(() => document.forms[0].submit()))

/** @param {string} name of the engine @param {(typeof import('./engines.mjs').ENGINES)['Chromium']} launch */
export const checkServiceWorker = (name, launch) =>
  describe(`${name}, with a service worker that passes requests on`, () => {
    let world
    let app
    let browser
    let page
    before(async () => {
      world = await startWorkerApp()
      app = world.app
    })
    after(() => Promise.all([browser?.close(), world?.close()]))

    const pathOf = async () => new URL(await page.url()).pathname
    const arrive = (path) => wait(async () => (await pathOf()) === path)
    /** The first request to a path since then. */
    const requested = (path, count) =>
      wait(() => app.requests.slice(count).find((request) => request.path === path))
    /** The destinations of the latest requests to these paths: a worker passes a page on as `empty`. */
    const destinations = (...paths) =>
      paths.map((path) => app.requests.findLast((one) => one.path === path).headers['sec-fetch-dest'])
    /** A profile of its own for each test: a browser may still be busy with the worker of the test before. */
    const use = async (script) => {
      await browser?.close()
      browser = await launch()
      page = await browser.newPage()
      await page.goto(`${app.origin}/app`)
      await page.evaluate(async (script) => {
        await navigator.serviceWorker.register(script)
        await navigator.serviceWorker.ready
      }, script)
      await page.goto(`${app.origin}/app`)
      const controls = () => navigator.serviceWorker.controller?.scriptURL
      await wait(async () => (await page.evaluate(controls))?.endsWith(script))
    }
    const signOutFrom = async (host) => {
      const form = `<form method="post" action="${app.origin}/auth/sign-out"></form>`
      const site = await startSite({ '/': `<link rel="icon" href="data:,">${form}` }, host)
      try {
        await page.goto(`${site.origin}/`)
        const count = app.requests.length
        await submit(page)
        await arrive('/auth/sign-out')
        return await requested('/auth/sign-out', count)
      } finally {
        await site.close()
      }
    }

    test('a sign-in, `next` and a sign-out go through it', async () => {
      await use('/passes-all.js')
      const sessions = app.sessions.length
      await page.goto(app.origin + START)
      await arrive('/welcome')
      assert.equal(app.sessions.length, sessions + 1)
      assert.deepEqual(destinations('/auth/sign-in', CALLBACK, '/welcome'), ['empty', 'empty', 'empty'])
      await page.goto(`${app.origin}/app`)
      const count = app.requests.length
      await submit(page)
      assert.equal((await requested('/auth/sign-out', count)).status, 303)
      await arrive('/')
    })

    test('a refusal of the provider reaches the error page, which starts again', async () => {
      await use('/passes-all.js')
      world.provider.script(({ endpoint, query }) => {
        if (endpoint !== 'authorize') return undefined
        const back = new URLSearchParams({ error: 'access_denied', state: query.get('state') })
        return { status: 302, headers: { location: `${query.get('redirect_uri')}?${back}` }, body: '' }
      })
      await page.goto(app.origin + START)
      await arrive('/auth/auth-code-error')
      assert.equal(new URL(await page.url()).searchParams.get('error'), 'provider_access_denied')
      world.provider.script(null)
      await page.evaluate(() => void setTimeout(() => document.querySelector('a.main').click()))
      await arrive('/welcome')
      assert.deepEqual(destinations('/auth/auth-code-error'), ['empty'])
    })

    for (const what of REFUSED)
      test(`${what} at the callback and at the start is refused`, async () => {
        await use('/passes-all.js')
        for (const url of [START, `${CALLBACK}?code=abc&state=def`]) {
          const count = app.requests.length
          await page.evaluate(load, { what, url })
          const { status, headers } = await requested(url.replace(/\?.*/, ''), count)
          assert.equal(status, 403, JSON.stringify(headers))
          assert.equal(app.events.at(-1).code, 'fetch_metadata')
        }
      })

    test('a frame of another site at the callback and at the start is refused', async () => {
      await use('/passes-all.js')
      for (const path of ['/auth/sign-in', CALLBACK]) {
        const frame = `<iframe src="${app.origin}${path}?provider=bitbucket"></iframe>`
        const site = await startSite({ '/': `<link rel="icon" href="data:,">${frame}` }, 'localhost')
        const count = app.requests.length
        await page.goto(`${site.origin}/`)
        assert.equal((await requested(path, count)).status, 403)
        await site.close()
      }
    })

    test('`verifyOnGet` redeems a link that no worker passes on', async () => {
      await use('/as-documented.js')
      const token_hash = world.supabase.issueTokenHash({ type: 'magiclink' })
      const link = new URLSearchParams({ token_hash, type: 'magiclink', next: '/reports' })
      await page.goto(`${app.origin}/auth/confirm?${link}`)
      await arrive('/reports')
      assert.deepEqual(destinations('/auth/confirm'), ['document'])
    })

    test('`verifyOnGet` shows the button for a link that a worker passes on, and the button redeems', async () => {
      await use('/passes-all.js')
      const token_hash = world.supabase.issueTokenHash({ type: 'magiclink' })
      const link = new URLSearchParams({ token_hash, type: 'magiclink', next: '/reports' })
      const sessions = app.sessions.length
      await page.goto(`${app.origin}/auth/confirm?${link}`)
      assert.equal(await pathOf(), '/auth/confirm')
      assert.equal(app.sessions.length, sessions)
      await submit(page)
      await arrive('/reports')
      assert.equal(app.sessions.length, sessions + 1)
      assert.deepEqual(destinations('/auth/confirm'), ['empty'])
    })

    test('a form of another site that a worker passes on is refused, whatever the browser calls it', async () => {
      await use('/passes-all.js')
      for (const host of ['localhost', '127.0.0.1']) assert.equal((await signOutFrom(host)).status, 403)
    })

    test('a worker that leaves the routes alone: a sign-in works, and a form of another site is refused', async () => {
      await use('/as-documented.js')
      await page.goto(app.origin + START)
      await arrive('/welcome')
      assert.deepEqual(destinations(CALLBACK, '/welcome'), ['document', 'empty'])
      for (const host of ['localhost', '127.0.0.1']) assert.equal((await signOutFrom(host)).status, 403)
    })
  })
