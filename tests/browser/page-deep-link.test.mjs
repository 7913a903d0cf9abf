// A page that sends the person to another window, and gets the response as a deep link instead of in its own address.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { useBrowser } from './support/browser.mjs'
import { ask, complete, realSession, visit, withoutProfile } from './support/in-page.mjs'
import { startPageApp } from './support/page-app.mjs'

const browser = useBrowser()
let app
before(async () => {
  app = await startPageApp()
})
after(() => app?.close())

for (const storage of ['cookies', 'localStorage'])
  test(`${storage}: the link is finished, the address stays, and Supabase’s client has the session`, async () => {
    const page = await browser.open()
    await page.addInitScript((value) => localStorage.setItem('test-storage', value), storage)
    const address = `${app.origin}/app?code=of-the-app#part`
    await visit(page, address)
    const options = { redirectTo: 'myapp://auth/callback', skipBrowserRedirect: true, next: '/notes' }
    const started = await ask(page, (asked) => globalThis.auth.signInWithOAuth(asked), {
      provider: 'bitbucket',
      options,
    })
    const jar = new BrowserJar()
    let { url } = started.data
    while (!url.startsWith('myapp:')) {
      const response = await jar.fetch(url, { redirect: 'manual' })
      url = new URL(response.headers.get('location'), url).href
    }
    const { data, error } = await complete(page, { url })
    assert.equal(error, null)
    assert.equal(data.next, '/notes')
    assert.deepEqual(await realSession(page), withoutProfile(data.session))
    assert.equal(page.url(), address)
    const again = await complete(page, url)
    assert.equal(again.error.code, 'transaction_used')
  })
