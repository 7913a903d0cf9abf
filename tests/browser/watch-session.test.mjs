// A page that watches who is signed in: at its start, after a sign-in and a sign-out in another tab, and while the server is away.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startOAuthProvider } from '../../stand-ins/oauth-provider.mjs'
import { startApp } from './support/app.mjs'
import { useBrowser } from './support/browser.mjs'

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url))
const PAGE = `<!doctype html><link rel="icon" href="data:,"><title>App</title>
<form method="post" action="/auth/sign-out"><button>Sign out</button></form>
<script type="module">
  import * as landfall from '/dist/browser.js'
  window.landfall = landfall
  window.told = []
  window.stop = landfall.watchSession((session) => told.push(session?.provider ?? null))
</script>`

const respond = (body, type) => () => new Response(body, { headers: { 'content-type': type } })
const modules = readdirSync(DIST, { recursive: true }).filter((name) => name.endsWith('.js'))
const PAGES = Object.fromEntries([
  ['/app', respond(PAGE, 'text/html')],
  ...modules.map((name) => [`/dist/${name}`, respond(readFileSync(join(DIST, name)), 'text/javascript')]),
])

const browser = useBrowser()
let provider
let app
before(async () => {
  provider = await startOAuthProvider()
  const work = {
    clientId: 'demo-client',
    clientSecret: 'demo-secret',
    authorizationEndpoint: `${provider.origin}/site/oauth2/authorize`,
    tokenEndpoint: `${provider.origin}/site/oauth2/access_token`,
  }
  app = await startApp(() => ({ session: true, providers: { work } }), PAGES)
})
after(() => Promise.all([app?.close(), provider?.close()]))

const toldIs = (page, wanted) =>
  page.waitForFunction((wanted) => JSON.stringify(window.told) === wanted, JSON.stringify(wanted))

/** The page comes to the front, or goes. @param {'visible' | 'hidden'} state */
const turn = (page, state) =>
  page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)

/** Does something that makes the page ask, and waits until a later question of the page is answered, too. */
const answered = async (page, act) => {
  await act()
  await page.evaluate(() => landfall.getSession().catch(() => {}))
}

test('it tells now, and when another tab signs in or out', async () => {
  const first = await browser.open()
  await first.goto(`${app.origin}/app`)
  await toldIs(first, [null])
  const second = await first.context().newPage()
  await second.goto(`${app.origin}/auth/sign-in?provider=work&next=/app`)
  await toldIs(second, ['work'])
  await toldIs(first, [null, 'work'])
  await second.click('button')
  await second.goto(`${app.origin}/app`)
  await toldIs(second, [null])
  await toldIs(first, [null, 'work', null])
})

test('it asks again when the tab comes to the front, and not when it goes', async () => {
  const page = await browser.open()
  await page.goto(`${app.origin}/auth/sign-in?provider=work&next=/app`)
  await toldIs(page, ['work'])
  const asked = []
  page.on('request', (request) => asked.push(request.url()))
  await turn(page, 'hidden')
  assert.deepEqual(asked, [])
  await answered(page, () => turn(page, 'visible'))
  await toldIs(page, ['work'])
  await page.context().clearCookies()
  await turn(page, 'visible')
  await toldIs(page, ['work', null])
})

test('an answer that comes after it is stopped is told to nobody', async () => {
  const page = await browser.open()
  await page.goto(`${app.origin}/app`)
  await toldIs(page, [null])
  await page.route('**/auth/session', async (route) => {
    await page.evaluate(() => window.stop())
    await route.fulfill({ json: { provider: 'work' } })
  })
  const errors = []
  page.on('pageerror', (error) => errors.push(error.message))
  await answered(page, () => turn(page, 'visible'))
  await toldIs(page, [null])
  assert.deepEqual(errors, [])
})

test('it tells nothing more after it is stopped, and nothing while the server fails', async () => {
  const page = await browser.open()
  await page.goto(`${app.origin}/auth/sign-in?provider=work&next=/app`)
  await toldIs(page, ['work'])
  for (const body of ['', 'null']) {
    await page.route('**/auth/session', (route) => route.fulfill({ status: 500, body }))
    const code = await page.evaluate(() => landfall.getSession().catch((error) => error.code))
    assert.equal(code, 'session_unavailable')
    await answered(page, () => turn(page, 'visible'))
    await page.unroute('**/auth/session')
  }
  await page.evaluate(() => window.stop())
  const asked = []
  page.on('request', (request) => asked.push(request.url()))
  const other = await page.context().newPage()
  await other.goto(`${app.origin}/app`)
  await other.click('button')
  await other.goto(`${app.origin}/app`)
  await toldIs(other, [null])
  await turn(page, 'visible')
  await toldIs(page, ['work'])
  assert.deepEqual(asked, [])
  await other.goto(`${app.origin}/auth/sign-in?provider=work&next=/app`)
  assert.equal(await page.evaluate(async () => (await landfall.getSession()).provider), 'work')
})

test('the classic script has the same functions, which work', async () => {
  const page = await browser.open()
  await page.goto(`${app.origin}/app`)
  await toldIs(page, [null])
  const list = () => page.evaluate(() => Object.keys(window.landfall).sort())
  const functions = await list()
  await page.addScriptTag({ path: join(DIST, 'landfall.iife.js') })
  assert.deepEqual(await list(), functions)
  await page.evaluate(() => {
    window.told = []
    window.stop = landfall.watchSession((session) => told.push(session))
  })
  await toldIs(page, [null])
})

test('what is no function and no path is named', async () => {
  const page = await browser.open()
  await page.goto(`${app.origin}/app`)
  const refused = await page.evaluate(() =>
    Promise.all(
      [() => landfall.watchSession('x'), () => landfall.getSession(7)].map((call) =>
        Promise.resolve()
          .then(call)
          .catch(({ code, message }) => [code, message]),
      ),
    ),
  )
  assert.deepEqual(refused, [
    ['argument_invalid', 'landfall: watchSession: `listener` must be a function.'],
    ['argument_invalid', 'landfall: getSession: `path` must be a string.'],
  ])
})
