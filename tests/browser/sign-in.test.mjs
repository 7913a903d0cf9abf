// A person signs in to the demo: the ordinary ways, and those on which others stumble.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createDemo } from '../../web-demo/demo.mjs'
import { collectComplaints, useBrowser } from './support/browser.mjs'
import { answerConsent, logIn, signIn, signInUrl, takeCallbackUrl } from './support/sign-in.mjs'

const DEEP_LINK = '/reports/2026?tab=totals#q3'
const browser = useBrowser()
let demo
let origin
before(async () => {
  demo = await createDemo({ port: 0 })
  origin = new URL(demo.url).origin
})
after(() => demo?.close())

const tokenRequests = () => demo.provider.stats.count('/token', 'POST')
const isSignedIn = (page) => page.getByRole('button', { name: 'Sign out' }).isVisible()
const stepsOf = (page) => page.locator('.journal h3').allTextContents()

test('Continue, log in, consent: the welcome page', async () => {
  const page = await browser.open()
  const complaints = collectComplaints(page)
  await page.goto(demo.url)
  await page.getByRole('link', { name: 'Continue with the embedded OpenID provider' }).click()
  await logIn(page)
  await answerConsent(page)
  assert.equal(new URL(page.url()).pathname, '/welcome')
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Hello, Ada')
  const steps = await stepsOf(page)
  for (const step of ['Landfall read the provider’s keys', 'Landfall verified the ID Token']) {
    assert.ok(steps.includes(step), `${step}: ${steps}`)
  }
  assert.deepEqual(complaints, [])
})

test('the asked page with its query and its fragment', async () => {
  const page = await browser.open()
  await page.goto(demo.url)
  await page.getByRole('link', { name: DEEP_LINK }).click()
  await logIn(page)
  await answerConsent(page)
  assert.equal(page.url(), origin + DEEP_LINK)
  assert.equal(await page.locator('tr:target th').textContent(), 'July to September')
})

test('a page that needs a sign-in leads to one, and back to itself', async () => {
  const page = await browser.open()
  await page.goto(`${origin}/orders/17?view=full`)
  await page.getByRole('link', { name: 'Continue' }).click()
  await logIn(page)
  await answerConsent(page)
  assert.equal(page.url().replace(/#$/, ''), `${origin}/orders/17?view=full`)
})

test('Deny: the error page says so, and its Start again keeps next and works', async () => {
  const page = await browser.open()
  await page.goto(signInUrl(demo.url, DEEP_LINK))
  await logIn(page)
  await answerConsent(page, 'Deny')
  assert.equal(new URL(page.url()).searchParams.get('error'), 'provider_access_denied')
  const main = page.getByRole('main')
  assert.match(await main.textContent(), /You cancelled the sign-in, or the provider refused it\./)
  assert.equal(await isSignedIn(page), false)

  await main.getByRole('button', { name: 'Start again' }).click()
  await logIn(page)
  await answerConsent(page)
  assert.equal(page.url(), origin + DEEP_LINK)
  assert.equal(await isSignedIn(page), true)
})

test('two tabs at once: each lands on its own page', async () => {
  const a = await browser.open()
  const b = await a.context().newPage()
  await a.goto(signInUrl(demo.url, '/from-a?tab=1'))
  await b.goto(signInUrl(demo.url, '/from-b#two'))
  await logIn(b)
  await answerConsent(b)
  assert.equal(b.url(), `${origin}/from-b#two`)
  await logIn(a)
  await answerConsent(a)
  assert.equal(a.url().replace(/#$/, ''), `${origin}/from-a?tab=1`)
  const left = (await a.context().cookies(origin)).filter(({ name }) => name.startsWith('landfall-'))
  assert.deepEqual(
    left.map(({ name }) => name),
    ['landfall-done'],
  )
})

test('back after the sign-in: nothing is redeemed twice, and the person stays signed in', async () => {
  const page = await browser.open()
  await page.goto(demo.url)
  await signIn(page, demo.url)
  const before = tokenRequests()
  await page.goBack()
  await page.goBack()
  await page.goBack()
  assert.equal(page.url(), demo.url)
  assert.equal(await isSignedIn(page), true)
  for (let i = 0; i < 3; i++) await page.goForward()
  assert.equal(new URL(page.url()).pathname, '/welcome')
  assert.equal(await isSignedIn(page), true)
  assert.equal(tokenRequests(), before)
})

test('the callback opened again: explained, and the person stays signed in', async () => {
  const page = await browser.open()
  await page.goto(signInUrl(demo.url, '/welcome'))
  await logIn(page)
  const url = await takeCallbackUrl(page)
  await page.goto(url)
  assert.equal(new URL(page.url()).pathname, '/welcome')
  const before = tokenRequests()
  await page.goto(url)
  assert.equal(new URL(page.url()).searchParams.get('error'), 'transaction_used')
  assert.match(await page.getByRole('main').textContent(), /This sign-in is already finished\./)
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'You are still signed in')
  assert.equal(tokenRequests(), before)
  await page.getByRole('link', { name: 'Continue as you are' }).click()
  await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor()
})

test('sign-out ends the session here and revokes the token at the provider', async () => {
  const page = await browser.open()
  await signIn(page, demo.url)
  const before = demo.provider.stats.count('/revoke', 'POST')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('link', { name: 'Continue with the embedded OpenID provider' }).waitFor()
  assert.equal(new URL(page.url()).pathname, '/')
  assert.equal(demo.provider.stats.count('/revoke', 'POST'), before + 1)
  await page.goto(`${origin}/welcome`)
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Sign in to see this page')
})

test('the demo at localhost moves to its own host, and the sign-in works', async () => {
  const page = await browser.open()
  await page.goto(signInUrl(demo.url.replace('127.0.0.1', 'localhost'), '/welcome'))
  await logIn(page)
  await answerConsent(page)
  assert.equal(new URL(page.url()).origin, origin)
  assert.equal(await isSignedIn(page), true)
})
