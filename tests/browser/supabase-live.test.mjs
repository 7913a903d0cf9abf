// Landfall on the server and Supabase's own client in the page, in a real browser: what one starts or writes, the other goes on with.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { createAuth } from '../../dist/index.js'
import { toNodeHandler } from '../../dist/node.js'
import { readStoredSession } from '../../stand-ins/stored-session.mjs'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'
import { makeBrowserScript } from '../../stand-ins/supabase-libraries.mjs'
import { collectComplaints, useBrowser } from './support/browser.mjs'

const SECRET = 'only a secret of the browser tests, and long enough'

const browser = useBrowser()
let supabase
let app
before(async () => {
  app = await startApp(await makeBrowserScript())
})
after(async () => {
  await app?.close()
  await supabase?.close()
})

/** An app whose every page has the client, two buttons and a form, and says at /session what the server reads. */
async function startApp(script) {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${server.address().port}`
  supabase = await startSupabaseAuth({ siteUrl: origin })
  const { url, key } = supabase
  const auth = createAuth({ supabase: { url, key }, secret: SECRET, origin })
  const html = `<!doctype html><link rel="icon" href="data:,">
<button id="start">Start</button><button id="stray">Start with an address that is not allowed</button>
<form method="post" action="/auth/sign-out"><button>Sign out</button></form>
<script src="/supabase.js"></script>
<script>
  const client = supabase.createBrowserClient(${JSON.stringify(url)}, ${JSON.stringify(key)})
  const start = (redirectTo) => client.auth.signInWithOAuth({ provider: 'bitbucket', options: { redirectTo } })
  document.querySelector('#start').onclick = () => start(location.origin + '/auth/callback?next=/from-page')
  document.querySelector('#stray').onclick = () => start('https://elsewhere.example/')
</script>`
  const pages = {
    '/supabase.js': () => new Response(script, { headers: { 'content-type': 'text/javascript' } }),
    '/session': (request) =>
      Response.json(auth.getSession(request).session && readStoredSession(request.headers.get('cookie'))),
  }
  /** @type {((address: string) => void) | null} */
  let hold = null
  const answer = async (request) => {
    const { pathname } = new URL(request.url)
    if (hold && pathname === '/auth/callback') {
      hold(request.url)
      return new Response(null, { status: 204 })
    }
    const page = pages[pathname] ?? (() => new Response(html, { headers: { 'content-type': 'text/html' } }))
    return (await auth.handle(request)) ?? page(request)
  }
  server.on('request', toNodeHandler(answer))
  return {
    origin,
    /** Does what leads to the callback, and keeps the browser from getting there: the address. @param {() => Promise<unknown>} go */
    async holdCallback(go) {
      const held = new Promise((resolve) => {
        hold = resolve
      })
      await go()
      const address = await held
      hold = null
      return address
    },
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  }
}

const signInUrl = (next) =>
  `${app.origin}/auth/sign-in?${new URLSearchParams({ provider: 'bitbucket', next })}`
const cookieNames = async (page) => (await page.context().cookies(app.origin)).map(({ name }) => name)

const readInPage = (page) => page.evaluate(async () => (await client.auth.getSession()).data.session)
const readOnServer = (page) => page.evaluate(async () => (await fetch('/session')).json())

/** Page, server and Auth server agree that Ada is signed in; answers the session. */
async function checkSignedIn(page) {
  const [inPage, onServer] = [await readInPage(page), await readOnServer(page)]
  assert.equal(inPage?.user.email, 'ada@example.test')
  assert.deepEqual(onServer, inPage)
  const { data, error } = await page.evaluate(async () => client.auth.getUser())
  assert.deepEqual([error, data.user.id], [null, inPage.user.id])
  return inPage
}

async function checkSignedOut(page) {
  assert.deepEqual([await readInPage(page), await readOnServer(page)], [null, null])
  assert.deepEqual(
    (await cookieNames(page)).filter((name) => name.startsWith('sb-')),
    [],
  )
}

const startInPage = async (page) => {
  await page.goto(app.origin)
  await page.click('#start')
}

test('the page starts, the server finishes, the page sees the session and signs out', async () => {
  const page = await browser.open()
  const complaints = collectComplaints(page)
  await startInPage(page)
  await page.waitForURL(/\/from-page/)
  const { access_token } = await checkSignedIn(page)
  assert.deepEqual(
    (await cookieNames(page)).filter((name) => name.endsWith('-code-verifier')),
    [],
  )
  const open = supabase.sessions.rows.size
  assert.equal(await page.evaluate(async () => (await client.auth.signOut()).error), null)
  await checkSignedOut(page)
  assert.equal(supabase.sessions.rows.size, open - 1)
  assert.throws(() => supabase.sessions.authenticate(`Bearer ${access_token}`))
  assert.deepEqual(complaints, [])
})

test('the server starts and finishes, the page sees the session and refreshes it, the server signs out', async () => {
  const page = await browser.open()
  await page.goto(signInUrl('/from-server'))
  assert.equal(new URL(page.url()).pathname, '/from-server')
  const before = await checkSignedIn(page)
  assert.equal(await page.evaluate(async () => (await client.auth.refreshSession()).error), null)
  const refreshed = await checkSignedIn(page)
  assert.notEqual(refreshed.refresh_token, before.refresh_token)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL((url) => url.pathname === '/')
  await checkSignedOut(page)
  assert.throws(() => supabase.sessions.authenticate(`Bearer ${refreshed.access_token}`))
})

for (const first of ['page', 'server']) {
  test(`two tabs at once, one started by the page, one by the server; the ${first}'s comes back first`, async () => {
    const page = await browser.open()
    const other = await page.context().newPage()
    await other.goto(app.origin)
    const address = {
      page: await app.holdCallback(() => startInPage(page)),
      server: await app.holdCallback(() =>
        other.evaluate((url) => location.assign(url), signInUrl('/from-server')),
      ),
    }
    const tab = { page, server: other }
    for (const which of [first, first === 'page' ? 'server' : 'page']) {
      await tab[which].goto(address[which])
      assert.equal(new URL(tab[which].url()).pathname, `/from-${which}`)
      await checkSignedIn(tab[which])
    }
    await page.reload()
    assert.deepEqual(await checkSignedIn(page), await checkSignedIn(other))
    assert.deepEqual(
      (await cookieNames(page)).filter((name) => name.endsWith('-code-verifier')),
      [],
    )
  })
}

test('a code at the start page, where the client of the page looks for one too: redeemed once, by the server', async () => {
  const page = await browser.open()
  const complaints = collectComplaints(page)
  const before = supabase.stats.count('token')
  await page.goto(`${app.origin}/anywhere`)
  await page.click('#stray')
  await page.waitForURL((url) => url.pathname === '/' && url.origin === app.origin)
  await checkSignedIn(page)
  assert.equal(new URL(page.url()).search, '')
  assert.equal(supabase.stats.count('token') - before, 1)
  assert.deepEqual(complaints, [])
})

test('the page is told when the sign-in that it started was refused', async () => {
  const page = await browser.open()
  supabase.leg.outcome = 'denied'
  try {
    await startInPage(page)
    await page.waitForURL(/auth-code-error/)
    assert.equal(new URL(page.url()).searchParams.get('error'), 'provider_access_denied')
  } finally {
    supabase.leg.outcome = 'approved'
  }
  await startInPage(page)
  await page.waitForURL(/\/from-page/)
  await checkSignedIn(page)
})
