// What the demo refuses, how it says so, and that starting again works.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, mock, test } from 'node:test'
import { createDemo } from '../../web-demo/demo.mjs'
import { useBrowser } from './support/browser.mjs'
import { answerConsent, logIn, signIn, signInUrl, takeCallbackUrl } from './support/sign-in.mjs'
import { startSite } from './support/site.mjs'

const MINUTE = 60_000
const browser = useBrowser()
let demo
let origin
before(async () => {
  demo = await createDemo({ port: 0 })
  origin = new URL(demo.url).origin
})
after(() => demo?.close())

/** The clock of this process, which is the demo's and the provider's and not the browser's. */
const moveClock = (milliseconds) => {
  const now = Date.now
  mock.method(Date, 'now', () => now.call(Date) + milliseconds)
}
const tokenRequests = () => demo.provider.stats.count('/token', 'POST')
const isSignedIn = (page) => page.getByRole('button', { name: 'Sign out' }).isVisible()
const errorOf = (page) => new URL(page.url()).searchParams.get('error')
const atConsent = async (next = '/welcome') => {
  const page = await browser.open()
  await page.goto(signInUrl(demo.url, next))
  await logIn(page)
  return page
}
const transactionCookie = async (page) => {
  const cookies = await page.context().cookies(origin)
  return cookies.find(({ name }) => name.startsWith('landfall-') && name !== 'landfall-done')
}
/** Checks that the page explains, that nobody is signed in, that no code was sent, and that starting again works. */
const expectRefusal = async (page, code, sentence, before) => {
  assert.equal(errorOf(page), code)
  assert.match(await page.getByRole('main').textContent(), sentence)
  assert.equal(await isSignedIn(page), false)
  assert.equal(tokenRequests(), before)
  await page.getByRole('button', { name: 'Start again' }).click()
  await logIn(page)
  await answerConsent(page)
  assert.equal(await isSignedIn(page), true)
}

test('a sign-in that took eleven minutes', async () => {
  const page = await atConsent()
  const before = tokenRequests()
  moveClock(11 * MINUTE)
  try {
    await answerConsent(page)
    await expectRefusal(page, 'transaction_expired', /The sign-in took too long\. Start again\./, before)
  } finally {
    mock.restoreAll()
  }
})

test('a sign-in whose cookie the browser has dropped by then', async () => {
  const page = await atConsent()
  const before = tokenRequests()
  await page.context().clearCookies({ name: (await transactionCookie(page)).name })
  moveClock(11 * MINUTE)
  try {
    await answerConsent(page)
    assert.equal(errorOf(page), 'transaction_expired')
    assert.equal(tokenRequests(), before)
  } finally {
    mock.restoreAll()
  }
})

for (const [what, change] of [
  ['seal', (value) => (value[0] === 'A' ? 'B' : 'A') + value.slice(1)],
  ['next', (value) => `${value.replace(/[^.]*$/, '')}${btoa('/secrets').replace(/=+$/, '')}`],
  ['length', (value) => value.slice(0, -1)],
]) {
  test(`a cookie with another ${what}`, async () => {
    const page = await atConsent()
    const before = tokenRequests()
    const cookie = await transactionCookie(page)
    assert.notEqual(change(cookie.value), cookie.value)
    await page.context().addCookies([{ ...cookie, value: change(cookie.value) }])
    await answerConsent(page)
    await expectRefusal(
      page,
      'transaction_invalid',
      /The record of the sign-in in this browser is damaged\./,
      before,
    )
  })
}

test('a state of somebody else', async () => {
  const page = await atConsent()
  const before = tokenRequests()
  const url = new URL(await takeCallbackUrl(page))
  const other = await atConsent()
  const state = new URL(await takeCallbackUrl(other)).searchParams.get('state')
  url.searchParams.set('state', state)
  await page.goto(url.href)
  await expectRefusal(page, 'state_mismatch', /does not belong to a sign-in of this browser/, before)
})

test('a callback that was started in another browser', async () => {
  const url = await takeCallbackUrl(await atConsent())
  const before = tokenRequests()
  const page = await browser.open()
  await page.goto(url)
  await expectRefusal(page, 'transaction_cookies_blocked', /This browser sent no cookies/, before)
})

test('an iss of another provider', async () => {
  const page = await atConsent()
  const before = tokenRequests()
  const url = new URL(await takeCallbackUrl(page))
  url.searchParams.set('iss', 'https://evil.example')
  await page.goto(url.href)
  await expectRefusal(page, 'iss_mismatch', /is from another issuer/, before)
})

test('a next that leads away lands on the app itself', async () => {
  const page = await browser.open()
  await page.goto(signInUrl(demo.url, '//evil.example/phish'))
  await logIn(page)
  await answerConsent(page)
  assert.equal(page.url().replace(/#$/, ''), demo.url)
  assert.equal(await isSignedIn(page), true)
})

for (const [what, next, landing] of [
  ['a page', '/welcome', '/welcome#'],
  ['a page with its own fragment', '/welcome#top', '/welcome#top'],
]) {
  test(`tokens in the fragment of the callback do not reach ${what}`, async () => {
    const page = await atConsent(next)
    await page.goto(`${await takeCallbackUrl(page)}#access_token=EVIL`)
    assert.equal(page.url(), origin + landing)
    assert.equal(await isSignedIn(page), true)
  })
}

test('tokens in the fragment of the callback do not reach the error page', async () => {
  const page = await browser.open()
  await page.goto(`${origin}/auth/callback/openid?code=a&state=b#access_token=EVIL`)
  assert.equal(new URL(page.url()).pathname, '/auth/auth-code-error')
  assert.equal(await page.evaluate(() => location.hash), '')
})

test('sign-out by a form of another site, or of another port', async () => {
  const page = await browser.open()
  await signIn(page, demo.url)
  const form = `<form method="post" action="${origin}/auth/sign-out"><button>A prize</button></form>`
  for (const host of ['localhost', '127.0.0.1']) {
    const site = await startSite({ '/': form }, host)
    await page.goto(site.origin)
    await page.getByRole('button').click()
    await page.waitForURL(`${origin}/auth/sign-out`)
    assert.match(await page.textContent('body'), /Another site made this request, so the app refused it\./)
    await page.goto(demo.url)
    assert.equal(await isSignedIn(page), true)
    await site.close()
  }
})

test('a callback in a frame of another port is not answered as one', async () => {
  const page = await atConsent()
  const url = await takeCallbackUrl(page)
  const before = tokenRequests()
  const site = await startSite({ '/': `<iframe src="${url.replaceAll('&', '&amp;')}"></iframe>` })
  const [framed] = await Promise.all([page.waitForResponse(url), page.goto(site.origin)])
  assert.equal(framed.status(), 403)
  assert.equal(tokenRequests(), before)
  await page.goto(url)
  assert.equal(await isSignedIn(page), true)
  await site.close()
})

test('an ID Token signed with another key: the journal does not call it verified', async () => {
  const { n } = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
  const swapKey = async (request, response) => {
    const answer = await fetch(`http://${request.headers.host}/jwks`, { headers: { 'x-as-it-is': 'yes' } })
    const { keys } = await answer.json()
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ keys: keys.map((key) => (key.n ? { ...key, n } : key)) }))
  }
  const intercept = (request, response) => {
    const isWanted = request.url === '/jwks' && !request.headers['x-as-it-is']
    if (isWanted) swapKey(request, response)
    return isWanted
  }
  const another = await createDemo({ port: 0, provider: { intercept } })
  try {
    const page = await browser.open()
    await signIn(page, another.url)
    assert.equal(errorOf(page), 'id_token_signature')
    assert.equal(await isSignedIn(page), false)
    const steps = await page.locator('.journal h3').allTextContents()
    assert.ok(steps.includes('Landfall read the provider’s keys'), `${steps}`)
    assert.ok(!steps.includes('Landfall verified the ID Token'), `${steps}`)
    assert.ok(steps.includes('Stopped: id_token_signature'), `${steps}`)
  } finally {
    await another.close()
  }
})
