// The pages that Landfall serves itself, in a browser: their policy, their script, and that everybody can use them.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, beforeEach, test } from 'node:test'
import { createAuth } from '../../dist/index.js'
import { collectComplaints, useBrowser } from './support/browser.mjs'
import { measureContrast } from './support/contrast.mjs'
import { startSite } from './support/site.mjs'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const AA_TEXT = 4.5
const TARGET_PIXELS = 44
const SETTLE_MILLISECONDS = 300
const CALLBACK = '/auth/callback'
const ERROR = '/auth/auth-code-error'
/** The error page of an app without Supabase. */
const ERROR_ALONE = '/alone/auth-code-error'
const CONFIRM = '/auth/confirm'
const SENTENCE = 'This link is expired or used. Request a new one.'
const PROVIDER = {
  clientId: 'client-1',
  clientSecret: 'a client secret of more than 32 bytes',
  authorizationEndpoint: 'https://as.example/authorize',
  tokenEndpoint: 'https://as.example/token',
}
const APP = createAuth({
  supabase: { url: 'https://abcd.supabase.co', key: 'anon-key' },
  providers: { bitbucket: PROVIDER },
})
const APP_ALONE = createAuth({ providers: { bitbucket: PROVIDER } })
const KNOWN = `${ERROR}?error=otp_expired&provider=bitbucket&next=%2Fwelcome`
const TYPES = ['signup', 'invite', 'magiclink', 'recovery', 'email_change', 'email']
const ALL = [ERROR, KNOWN, ...TYPES.map((type) => `${CONFIRM}?token_hash=secret&type=${type}`)]
const ERROR_FRAGMENT =
  '#error=access_denied&error_code=otp_expired&error_description=Email+link+is+invalid&sb='
const TOKEN_FRAGMENT = '#access_token=secret-1&refresh_token=secret-2&token_type=bearer&expires_in=3600'

const browser = useBrowser()
let site
let requests = []

/** The pages of the package, and behind them an app that finishes nothing. */
async function answer({ method, url, headers }) {
  requests.push({ method, url, headers })
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  if (pathname === CALLBACK && searchParams.has('error')) {
    const location = `${ERROR}?error=otp_expired&next=${searchParams.get('next') ?? ''}#`
    return { status: 303, headers: { location } }
  }
  if (method === 'POST') return { status: 303, headers: { location: '/landed' } }
  const request = new Request(site.origin + url)
  if (pathname === CONFIRM) return toAnswer(await APP.confirm(request))
  if (pathname === ERROR_ALONE) return toAnswer(await APP_ALONE.error(request))
  if (pathname === CALLBACK || pathname === ERROR) return toAnswer(await APP.error(request))
  return { body: `<link rel="icon" href="data:,"><title>${pathname}</title>` }
}

const toAnswer = async (response) => ({
  status: response.status,
  headers: Object.fromEntries(response.headers),
  body: await response.text(),
})

before(async () => {
  site = await startSite(answer)
})
beforeEach(() => {
  requests = []
})
after(() => site?.close())

const open = (page, path) => page.goto(site.origin + path)

/** Opens an address, and gives its script the time to lead elsewhere, and from there in circles. */
async function openAndWait(page, path) {
  await open(page, path)
  await page.waitForTimeout(SETTLE_MILLISECONDS)
}

for (const colorScheme of ['light', 'dark']) {
  for (const width of [320, 1280]) {
    test(`${colorScheme}, ${width} pixels: axe finds nothing, and nothing sticks out or is hard to hit`, async () => {
      const page = await browser.open({ bypassCSP: true, colorScheme, viewport: { width, height: 700 } })
      for (const path of ALL) {
        await open(page, path)
        await page.evaluate(AXE)
        const { violations, passes } = await page.evaluate(() => globalThis.axe.run())
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)
        assert.deepEqual(found, [], path)
        assert.ok(passes.length > 10)
        for (const { text, ratio } of await page.evaluate(measureContrast))
          assert.ok(ratio >= AA_TEXT, `${path}: ${ratio.toFixed(2)} for ${text}`)
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, path)
        for (const target of await page.locator('a, button').all())
          assert.ok((await target.boundingBox()).height >= TARGET_PIXELS, path)
      }
    })
  }
}

test('the policy lets the pages be as they are, and nothing else is asked for', async () => {
  const page = await browser.open()
  const complaints = collectComplaints(page)
  for (const path of ALL) {
    await open(page, path)
    assert.notEqual(await page.locator('.main').evaluate((one) => getComputedStyle(one).borderRadius), '0px')
  }
  assert.deepEqual(complaints, [])
  assert.deepEqual(
    requests.map(({ url }) => url),
    ALL,
  )
})

test('the policy stops whatever somehow got in, on each kind of page', async () => {
  const page = await browser.open()
  for (const path of [KNOWN, ALL.at(-1)]) {
    await open(page, path)
    requests = []
    const blocked = await page.evaluate(async () => {
      const found = []
      document.addEventListener('securitypolicyviolation', (event) => found.push(event.effectiveDirective))
      const add = (tag, members) =>
        document.body.appendChild(Object.assign(document.createElement(tag), members))
      add('script', { textContent: 'globalThis.wasRun = true' })
      add('script', { src: '/auth/callback?script' })
      add('script', { src: 'data:text/javascript,globalThis.wasRun=true' })
      add('script', { type: 'module', textContent: 'globalThis.wasRun = true' })
      add('style', { textContent: 'h1 { color: red }' })
      add('link', { rel: 'stylesheet', href: '/evil.css' })
      add('img', { src: '/evil.png' })
      add('iframe', { src: '/evil' })
      add('object', { data: '/evil' })
      add('base', { href: 'https://evil.example/' })
      add('a', { href: 'javascript:globalThis.wasRun = true' }).click()
      document.body.setAttribute('onclick', 'globalThis.wasRun = true')
      document.body.click()
      document.body.setAttribute('style', 'color: red')
      await fetch('/evil').catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, 100))
      // The test itself runs outside of the policy, but not what it starts from a string.
      add('script', { textContent: 'setTimeout("globalThis.wasRun = true")' })
      await new Promise((resolve) => setTimeout(resolve, 100))
      return { found: [...new Set(found)].sort(), wasRun: 'wasRun' in globalThis }
    })
    const found = [
      'base-uri',
      'connect-src',
      'frame-src',
      'img-src',
      'object-src',
      'script-src-attr',
      'script-src-elem',
      'style-src-attr',
      'style-src-elem',
    ]
    assert.deepEqual(blocked, { found, wasRun: false }, path)
    assert.deepEqual(requests, [])
  }
})

test('the keyboard reaches the action first, and shows where it is', async () => {
  const page = await browser.open()
  for (const path of ALL) {
    await open(page, path)
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const one = document.activeElement
      return { name: one.className, outline: Number.parseFloat(getComputedStyle(one).outlineWidth) }
    })
    assert.deepEqual(focused, { name: 'main', outline: 3 }, path)
  }
  await open(page, KNOWN)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL(`${site.origin}/auth/sign-in?provider=bitbucket&next=%2Fwelcome`)
})

test('an error that is only in the fragment goes to the callback once, with next and the sign-in it is of', async () => {
  for (const [path, carried] of [
    [`${CALLBACK}?sb_flow_id=abc&next=%2Fwelcome`, '&sb_flow_id=abc&next=%2Fwelcome'],
    [`${ERROR}?next=%2Fwelcome`, '&next=%2Fwelcome'],
    [ERROR, ''],
    [KNOWN, '&next=%2Fwelcome'],
  ]) {
    requests = []
    const page = await browser.open()
    const complaints = collectComplaints(page)
    await openAndWait(page, path + ERROR_FRAGMENT)
    const told = 'error=access_denied&error_code=otp_expired&error_description=Email+link+is+invalid'
    const explained = `${ERROR}?error=otp_expired&next=${carried && '/welcome'}`
    const asked = requests.map(({ url }) => url)
    assert.deepEqual(asked, [path, `${CALLBACK}?${told}${carried}`, explained])
    assert.ok(!(await page.content()).includes('Email link is invalid'))
    await page.getByText(SENTENCE).waitFor()
    assert.equal(page.url().includes('#'), false)
    assert.deepEqual(complaints, [])
    await page.context().close()
  }
})

test('part of an error is one too, and a long description is cut', async () => {
  const page = await browser.open()
  await openAndWait(page, `${ERROR}#error_description=${'%22%3Cb%3E'.repeat(2000)}`)
  const { searchParams } = new URL(requests[1].url, site.origin)
  assert.equal(searchParams.get('error'), 'unspecified')
  assert.equal(searchParams.get('error_description').length, 500)
})

test('tokens in the fragment reach no server, no page and no history', async () => {
  const both = `${ERROR_FRAGMENT}&${TOKEN_FRAGMENT.slice(1)}`
  for (const fragment of [TOKEN_FRAGMENT, both, '#id_token=secret-3']) {
    requests = []
    const page = await browser.open()
    await openAndWait(page, `${CALLBACK}?next=%2Fwelcome${fragment}`)
    assert.equal(requests[1].url, `${CALLBACK}?error=unsupported_response_type&next=%2Fwelcome`)
    assert.equal(requests.length, 3)
    assert.doesNotMatch(JSON.stringify(requests), /secret/)
    assert.doesNotMatch(await page.content(), /secret/)
    await page.goBack()
    assert.doesNotMatch(page.url(), /secret/)
    await page.context().close()
  }
})

test('without Supabase a fragment is dropped, whatever it says', async () => {
  const page = await browser.open()
  for (const fragment of [ERROR_FRAGMENT, TOKEN_FRAGMENT]) {
    requests = []
    await page.goto('about:blank')
    await openAndWait(page, ERROR_ALONE + fragment)
    assert.deepEqual(
      requests.map(({ url }) => url),
      [ERROR_ALONE],
    )
    assert.doesNotMatch(page.url(), /#/)
    await page.getByText('Something interrupted it').waitFor()
  }
})

test('any other fragment is dropped, and leads nowhere', async () => {
  const page = await browser.open()
  for (const fragment of ['#', '#sb=', '#top', '#error=', '#%', '#__proto__=error']) {
    requests = []
    // Else a fragment alone would not load the page again.
    await page.goto('about:blank')
    await openAndWait(page, `${ERROR}?next=%2F${fragment}`)
    assert.equal(requests.length, 1, fragment)
    assert.doesNotMatch(page.url(), /#/)
  }
})

test('without script, or where a proxy forbids it, everything that can be done still can', async () => {
  const without = await browser.open({ javaScriptEnabled: false })
  const blocked = await browser.open()
  await blocked.route('**', async (route) => {
    if (route.request().method() === 'POST') return route.continue()
    const response = await route.fetch({ maxRedirects: 0 })
    const policy = `${response.headers()['content-security-policy'] ?? ''}, script-src 'none'`
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } })
  })
  for (const page of [without, blocked]) {
    await open(page, ERROR + ERROR_FRAGMENT)
    await page.getByRole('heading', { name: 'The sign-in did not finish' }).waitFor()
    assert.equal(await page.locator('noscript small').isVisible(), page === without)
    await open(page, KNOWN)
    await page.getByText('Error code: otp_expired').click()
    await page.getByText('Who must act: browser').waitFor()
    await page.getByRole('link', { name: 'Start again' }).click()
    await page.waitForURL('**/auth/sign-in?*')
    await open(page, `${CONFIRM}?token_hash=secret&type=signup`)
    await page.getByRole('button').click()
    await page.waitForURL('**/landed')
  }
})

test('the button posts what the link said, names its origin, and tells nobody the token', async () => {
  const page = await browser.open()
  const complaints = collectComplaints(page)
  const hostile = `"'><b>&amp;`
  const query = new URLSearchParams({ token_hash: `secret${hostile}`, type: 'recovery', next: '/x?a=%22&b' })
  await open(page, `${CONFIRM}?${query}`)
  const [posted] = await Promise.all([
    page.waitForRequest((request) => request.method() === 'POST'),
    page.getByRole('button', { name: 'Reset the password' }).click(),
  ])
  assert.deepEqual([...new URLSearchParams(posted.postData())], [...query])
  await page.waitForURL(`${site.origin}/landed`)
  const [post, landed] = requests.slice(-2)
  assert.deepEqual([post.method, post.url, post.headers.origin], ['POST', CONFIRM, site.origin])
  assert.deepEqual([post.headers.referer, landed.headers.referer], [`${site.origin}/`, `${site.origin}/`])
  assert.deepEqual(complaints, [])
})

test('a second press while the first is under way sends nothing; after a while it is a new try', async () => {
  for (const [javaScriptEnabled, waits, wanted] of [
    [true, [100, 100], 1],
    [true, [3500], 2],
    [false, [100], 2],
  ]) {
    const page = await browser.open({ javaScriptEnabled })
    let posts = 0
    // The answer never comes.
    await page.route(`**${CONFIRM}`, () => void posts++)
    await open(page, `${CONFIRM}?token_hash=secret&type=signup`)
    const { x, y } = await page.getByRole('button').boundingBox()
    for (const wait of [0, ...waits]) {
      await page.waitForTimeout(wait)
      await page.mouse.click(x + 9, y + 9)
    }
    await page.waitForTimeout(SETTLE_MILLISECONDS)
    assert.equal(posts, wanted, JSON.stringify({ javaScriptEnabled, waits }))
    await page.context().close()
  }
})
