// Sign-in in three browser engines: with a server, whose cookies and redirects they carry out, and in a page alone.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ENGINES } from '../browser/support/engines.mjs'
import { startPageApp } from '../browser/support/page-app.mjs'
import { makeProject } from './support/project.mjs'
import { startHere } from './support/runtimes.mjs'
import { until } from './support/until.mjs'
import { startWorld } from './support/world.mjs'

let servers
let provider
let project
let app
let alone
before(async () => {
  servers = await startWorld()
  provider = servers.provider
  project = await makeProject('sign-in.mjs', servers.settings)
  app = await startHere(project)
  alone = await startPageApp()
})
after(async () => {
  await alone?.close()
  await app?.stop()
  project?.remove()
  await servers?.close()
})

const signInUrl = (next, at = 'work') =>
  `${app.origin}/auth/sign-in?${new URLSearchParams({ provider: at, next })}`

const signOut = (page) => page.evaluate(async () => (await fetch('/auth/sign-out', { method: 'POST' })).url)

/** The provider asks first, so that a tab stays there until somebody presses the link. */
const askFirst = ({ endpoint, query, url }) => {
  if (endpoint !== 'authorize' || query.has('asked')) return undefined
  const address = `${url.replaceAll('&', '&amp;')}&amp;asked`
  const body = `<!doctype html><link rel="icon" href="data:,"><a href="${address}">Allow</a>`
  return { status: 200, headers: { 'content-type': 'text/html' }, body }
}
const allow = (page) => page.evaluate(() => document.querySelector('a').click())

for (const [name, launch] of Object.entries(ENGINES)) {
  describe(name, () => {
    let browser
    let page
    before(async () => {
      browser = await launch()
      page = await browser.newPage()
    })
    after(() => browser?.close())

    test('with a server: in, and out; a fragment of the link goes nowhere', async () => {
      await page.goto(`${signInUrl('/welcome?q=1')}#access_token=EVIL`)
      assert.equal(await page.url(), `${app.origin}/welcome?q=1#`)
      assert.equal(await signOut(page), `${app.origin}/`)
    })

    test('with a server: two tabs at the provider, the second finished first', async () => {
      const tab = await browser.newPage()
      provider.script(askFirst)
      await page.goto(signInUrl('/first'))
      await tab.goto(signInUrl('/second'))
      // A port makes no other host of it: this page would see the cookies of the app, were they not HttpOnly.
      assert.doesNotMatch(await tab.evaluate('document.cookie'), /~/)
      await allow(tab)
      await until(tab, `location.href === '${app.origin}/second#'`)
      await allow(page)
      await until(page, `location.href === '${app.origin}/first#'`)
      provider.script(null)
      await tab.close()
    })

    test('with a server: the callback opened again', async () => {
      await page.goto(signInUrl('/welcome'))
      const { url } = provider.requests.findLast(({ endpoint }) => endpoint === 'authorize')
      const state = new URL(url, provider.origin).searchParams.get('state')
      await page.goto(`${app.origin}/auth/callback/work?${new URLSearchParams({ state, code: 'again' })}`)
      assert.equal(new URL(await page.url()).searchParams.get('error'), 'transaction_used')
    })

    test('with a server, through Supabase: in, and out', async () => {
      await page.goto(signInUrl('/reports', 'bitbucket'))
      assert.equal(await page.url(), `${app.origin}/reports#`)
      assert.match(await page.evaluate('document.cookie'), /sb-127-auth-token/)
      assert.equal(await signOut(page), `${app.origin}/`)
      assert.doesNotMatch(await page.evaluate('document.cookie'), /sb-127-auth-token/)
    })

    for (const storage of ['cookies', 'localStorage']) {
      test(`in a page alone, ${storage}: in, Supabase’s client has the session, and out`, async () => {
        await page.goto(`${alone.origin}/app`)
        await page.evaluate((value) => localStorage.setItem('test-storage', value), storage)
        await page.goto(`${alone.origin}/app?again`)
        await until(page, 'globalThis.auth !== undefined')
        await page.evaluate(() => {
          const options = { redirectTo: `${location.origin}/app?q=1`, next: '/reports#top' }
          void globalThis.auth.signInWithOAuth({ provider: 'bitbucket', options })
        })
        await until(page, `/[?&]code=/.test(location.search) && globalThis.auth !== undefined`)
        const done = await page.evaluate(async () => {
          const { data, error } = await globalThis.auth.complete()
          const real = await globalThis.real().auth.getSession()
          return {
            error,
            next: data.next,
            isSame: data.session.access_token === real.data.session?.access_token,
            search: location.search,
          }
        })
        assert.deepEqual(done, { error: null, next: '/reports#top', isSame: true, search: '?q=1' })
        const left = await page.evaluate(async () => {
          const { error } = await globalThis.auth.signOut()
          return { error, session: (await globalThis.real().auth.getSession()).data.session }
        })
        assert.deepEqual(left, { error: null, session: null })
      })
    }
  })
}
