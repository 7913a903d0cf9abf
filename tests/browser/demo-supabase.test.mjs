// A person signs in to the demo through Supabase Auth, beside the OpenID provider; both are stand-ins that say so.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createDemo } from '../../web-demo/demo.mjs'
import { collectComplaints, useBrowser } from './support/browser.mjs'
import { answerBitbucket, signIn, signInUrl } from './support/sign-in.mjs'

const OPENID = 'Continue with the embedded OpenID provider'
const BITBUCKET = 'Continue with Bitbucket (Supabase Auth)'
const DEEP_LINK = '/reports/2026?tab=totals#q3'
const browser = useBrowser()
let demo
let origin
before(async () => {
  demo = await createDemo({ port: 0 })
  origin = new URL(demo.url).origin
})
after(() => demo?.close())

const pathOf = (page) => page.url().slice(origin.length).replace(/#$/, '')
const isSignedIn = (page) => page.getByRole('button', { name: 'Sign out' }).isVisible()
const stepsOf = (page) => page.locator('.journal h3').allTextContents()
const factOf = (page, name) =>
  page
    .locator('.claims div', { has: page.getByText(name, { exact: true }) })
    .locator('dd')
    .textContent()
const supabaseCookies = async (page) =>
  (await page.context().cookies(origin)).filter(({ name }) => name.startsWith('sb-'))

const signInAtBitbucket = async (page, next = '/welcome') => {
  await page.goto(signInUrl(demo.url, next, 'bitbucket'))
  await answerBitbucket(page)
}

test('the start page offers both, and says that Supabase Auth and Bitbucket are stand-ins', async () => {
  const page = await browser.open()
  await page.goto(demo.url)
  for (const name of [OPENID, BITBUCKET]) await page.getByRole('link', { name, exact: true }).waitFor()
  const main = await page.getByRole('main').textContent()
  assert.match(main, /stand-ins for Supabase Auth and Bitbucket on this machine/)
  const footer = await page.getByRole('contentinfo').textContent()
  for (const { href } of [new URL(demo.supabase.url), new URL(demo.supabase.bitbucketUrl)]) {
    assert.ok(footer.includes(href.slice(0, -1)), footer)
  }
})

test('Continue, grant access: who is signed in, through what, and the cookies of the session', async () => {
  const page = await browser.open()
  const complaints = collectComplaints(page)
  await page.goto(demo.url)
  await page.getByRole('link', { name: BITBUCKET }).click()
  assert.match(await page.getByRole('banner').textContent(), /Bitbucket \(stand-in\) \(this is not Bitbucket/)
  await answerBitbucket(page)
  assert.equal(pathOf(page), '/welcome')
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Hello, Ada Lovelace')
  assert.equal(await factOf(page, 'e-mail'), 'ada@example.test')
  assert.equal(await factOf(page, 'signed in through'), 'bitbucket')

  const held = await supabaseCookies(page)
  assert.ok(held.length > 0)
  const rows = await page
    .locator('.cookies tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.cells].map(({ textContent }) => textContent)))
  assert.deepEqual(
    rows.sort(),
    held
      .map(({ name, value }) => [name, `${(name.length + 1 + value.length).toLocaleString('en-GB')} bytes`])
      .sort(),
  )
  const steps = await stepsOf(page)
  for (const step of ['Landfall exchanged the code for a session', 'Landfall wrote the session into cookies']) {
    assert.ok(steps.includes(step), `${step}: ${steps}`)
  }
  assert.deepEqual(complaints, [])
})

test('the steps tell no code, no token, no state and no verifier', async () => {
  const page = await browser.open()
  await page.goto(signInUrl(demo.url, '/welcome', 'bitbucket'))
  const secrets = (await page.context().cookies(origin)).map(({ value }) => value)
  await answerBitbucket(page)
  secrets.push(...(await supabaseCookies(page)).map(({ value }) => value))
  const { query } = demo.supabase.standIn.requests.findLast(({ endpoint }) => endpoint === 'authorize')
  secrets.push(new URL(query.get('redirect_to')).searchParams.get('sb_flow_id'))
  const { body } = demo.supabase.standIn.requests.findLast(({ endpoint }) => endpoint === 'token')
  secrets.push(...Object.values(JSON.parse(body)))
  const shown = await page.locator('.journal').innerHTML()
  for (const secret of secrets) assert.ok(secret.length > 8 && !shown.includes(secret), secret)
})

test('the asked page with its query and its fragment', async () => {
  const page = await browser.open()
  await signInAtBitbucket(page, DEEP_LINK)
  assert.equal(pathOf(page), DEEP_LINK)
  assert.match(await page.getByRole('main').textContent(), /You landed on \/reports\/2026\?tab=totals/)
  assert.equal(await page.locator('tr:target th').textContent(), 'July to September')
})

test('Cancel: the error page says so, and its Start again keeps next and works', async () => {
  const page = await browser.open()
  const complaints = collectComplaints(page)
  await page.goto(signInUrl(demo.url, DEEP_LINK, 'bitbucket'))
  await answerBitbucket(page, 'Cancel')
  const { pathname, searchParams } = new URL(page.url())
  assert.equal(pathname, '/auth/auth-code-error')
  assert.deepEqual(Object.fromEntries(searchParams), {
    error: 'provider_access_denied',
    provider: 'bitbucket',
    next: DEEP_LINK,
  })
  const main = page.getByRole('main')
  assert.match(await main.textContent(), /You cancelled the sign-in, or the provider refused it\./)
  assert.equal(await isSignedIn(page), false)
  assert.deepEqual(await supabaseCookies(page), [])

  await main.getByRole('button', { name: 'Start again' }).click()
  await answerBitbucket(page)
  assert.equal(pathOf(page), DEEP_LINK)
  assert.equal(await isSignedIn(page), true)
  assert.deepEqual(complaints, [])
})

test('sign-out ends the session at Supabase Auth, everywhere, and clears the cookies', async () => {
  const { standIn } = demo.supabase
  const page = await browser.open()
  await signInAtBitbucket(page)
  assert.ok(standIn.sessions.rows.size > 0)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('link', { name: BITBUCKET }).waitFor()
  assert.equal(pathOf(page), '/')
  const asked = standIn.requests.findLast(({ endpoint }) => endpoint === 'logout')
  assert.equal(asked.query.get('scope'), 'global')
  assert.equal(standIn.sessions.rows.size, 0)
  assert.deepEqual(await supabaseCookies(page), [])
  await page.goto(`${origin}/welcome`)
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Sign in to see this page')
})

test('a page that needs a sign-in leads to this one too', async () => {
  const page = await browser.open()
  await page.goto(`${origin}/orders/17?view=full`)
  await page.getByRole('link', { name: 'sign in with Bitbucket (Supabase Auth)' }).click()
  await answerBitbucket(page)
  assert.equal(pathOf(page), '/orders/17?view=full')
})

test('a link of an e-mail signs in at the press of its button, once', async () => {
  const page = await browser.open()
  await page.goto(demo.url)
  await page.getByRole('link', { name: 'open a sign-in link' }).click()
  const link = page.url()
  assert.equal(new URL(link).pathname, '/auth/confirm')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Hello' }).waitFor()
  assert.equal(pathOf(page), '/welcome')
  assert.equal(await factOf(page, 'signed in through'), 'a link in an e-mail')
  const other = await browser.open()
  await other.goto(link)
  await other.getByRole('button', { name: 'Sign in' }).click()
  await other.waitForURL('**/auth/auth-code-error?*')
  assert.equal(new URL(other.url()).searchParams.get('error'), 'otp_expired')
})

test('who signed in last is who is signed in, and one sign-out ends both', async () => {
  const page = await browser.open()
  await signInAtBitbucket(page)
  await signIn(page, demo.url)
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Hello, Ada')
  await signInAtBitbucket(page)
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Hello, Ada Lovelace')
  await signIn(page, demo.url)
  const before = demo.provider.stats.count('/revoke', 'POST')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('link', { name: BITBUCKET }).waitFor()
  assert.equal(demo.provider.stats.count('/revoke', 'POST'), before + 1)
  assert.deepEqual(await supabaseCookies(page), [])
})
