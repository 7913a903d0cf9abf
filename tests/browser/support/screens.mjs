// Every page of Landfall's own, of the demo app and of the demo page, opened in any engine with the two functions that all of them have:
// `goto` and `evaluate`.
import { createAuth } from '../../../dist/index.js'
import { createDemo } from '../../../web-demo/demo.mjs'
import { servePage } from './demo-page.mjs'
import { signInUrl } from './sign-in.mjs'
import { startSite } from './site.mjs'

/** A name, an address or a sentence that a provider says: from right to left, with overrides and isolates that nobody ends. */
export const HOSTILE = '\u202Eעדה \u2067Ada\u202D (Lovelace) \u0645\u0631\u062d\u0628\u0627\u202E'
const WAIT_MILLISECONDS = 20_000
const APP = 'https://app.example'
const PROVIDER = {
  clientId: 'client-1',
  clientSecret: 'a client secret of more than 32 bytes',
  authorizationEndpoint: 'https://as.example/authorize',
  tokenEndpoint: 'https://as.example/token',
}
const OPTIONS = { origin: APP, secret: 's'.repeat(44) }
const AUTH = createAuth({
  ...OPTIONS,
  supabase: { url: 'https://abcd.supabase.co', key: 'anon-key', providers: { bitbucket: {} } },
})

/** The page of a sign-in that the app's own hook at Supabase Auth refused, with the words of that hook. */
const refuse = () => {
  const { url, setCookie } = AUTH.start({ provider: 'bitbucket' })
  const callback = new URL(new URL(url).searchParams.get('redirect_to'))
  const said = { error: 'access_denied', error_code: '', error_description: HOSTILE }
  for (const [name, value] of Object.entries(said)) callback.searchParams.set(name, value)
  const cookie = setCookie.map((line) => line.split(';')[0]).join('; ')
  return AUTH.callback(new Request(callback, { headers: { cookie } }))
}

/** On this machine, a page names the option without a value. */
const lack = (request) =>
  createAuth({
    secret: OPTIONS.secret,
    providers: { bitbucket: { ...PROVIDER, clientId: undefined } },
  }).signIn(request)

/** Landfall's own pages, by path. */
const OWN = {
  '/error': () => AUTH.error(new Request(`${APP}/auth/auth-code-error`)),
  '/known': () =>
    AUTH.error(
      new Request(`${APP}/auth/auth-code-error?error=otp_expired&provider=bitbucket&next=%2Fwelcome`),
    ),
  '/words': refuse,
  '/unset': (origin) => lack(new Request(`${origin}/auth/sign-in?provider=bitbucket`)),
  '/confirm': () =>
    AUTH.confirm(new Request(`${APP}/auth/confirm?token_hash=secret&type=recovery&next=%2Fa`)),
}

const serveOwn = async () => {
  const site = await startSite(async ({ url }) => {
    const response = await OWN[url]?.(site.origin)
    if (!response) return undefined
    const { status, headers } = response
    return { status, headers: Object.fromEntries(headers), body: await response.text() }
  })
  return site
}

/** Waits until a function is true in the page, also in the one after it. @param {(argument?: any) => boolean} condition */
const until = async (page, condition, argument) => {
  for (const end = Date.now() + WAIT_MILLISECONDS; ; ) {
    // A page that just goes away has no answer.
    if (await page.evaluate(condition, argument).catch(() => false)) return
    if (Date.now() > end) throw new Error(`it does not become true: ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const isOther = () => !globalThis.isLeft && document.readyState === 'complete'

/** Fills fields, presses a button, and waits for the next page. */
const press = async (page, selector, fields = {}) => {
  await page.evaluate(
    ({ selector, fields }) => {
      globalThis.isLeft = true
      for (const [id, value] of Object.entries(fields)) document.getElementById(id).value = value
      document.querySelector(selector).click()
    },
    { selector, fields },
  )
  await until(page, isOther)
}

const openDetails = (page) =>
  page.evaluate(() => {
    for (const one of document.querySelectorAll('details')) one.open = true
  })

/** In the demo page: sets a field as a person does. */
const set = (page, id, value) =>
  page.evaluate(
    ({ id, value }) => {
      const field = document.getElementById(id)
      field.value = value
      for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }))
    },
    { id, value },
  )

/** The demo app, from the start page to the sign-out. @returns {AsyncGenerator<string>} */
async function* visitDemo(page, { url }) {
  await page.goto(url)
  yield 'home'
  await page.goto(signInUrl(url, '/reports/2026?tab=totals#q3'))
  yield 'provider: login'
  await press(page, '.main', { username: HOSTILE })
  yield 'provider: consent'
  await press(page, '.main')
  yield 'report'
  await page.goto(`${url}auth/callback/openid?code=a&state=b`)
  yield 'error while signed in'
  await page.goto(url)
  yield 'home while signed in'
  await press(page, '.who button')
  await page.goto(`${url}auth/callback/openid?code=a&state=b`)
  yield 'error'
  await page.goto(signInUrl(url, '/welcome', 'bitbucket'))
  yield 'Bitbucket'
  await press(page, 'button.main')
  yield 'welcome, through Supabase Auth'
}

/** The demo page: as it opens, a sign-in that is stopped, and every part that shows what others wrote. @returns {AsyncGenerator<string>} */
async function* visitDemoPage(page, { origin }) {
  const shows = (selector, text) =>
    until(page, ([selector, text]) => document.querySelector(selector)?.textContent.includes(text), [
      selector,
      text,
    ])
  await page.goto(`${origin}/`)
  await shows('#took', 'without the network')
  yield 'as it opens'
  await set(page, 'break', 'expired')
  await shows('#exchange', 'transaction_expired')
  yield 'a sign-in that is stopped'
  const session = { access_token: 'a'.repeat(20), expires_at: 4e9, user: { email: HOSTILE } }
  await set(
    page,
    'cookies',
    `sb-abc-auth-token=base64-${Buffer.from(JSON.stringify(session)).toString('base64url')}`,
  )
  await set(
    page,
    'callback',
    `${APP}/auth/callback?state=x&error=x&error_description=${encodeURIComponent(HOSTILE)}`,
  )
  await set(page, 'next', `//${HOSTILE}`)
  await shows('#cookie-parts', 'access token expires')
  await shows('#callback-parts', 'error_description')
  yield 'texts of others'
}

/** Starts what the pages need. */
export const startScreens = async () => {
  const own = await serveOwn()
  const demo = await createDemo({ port: 0 })
  const site = await servePage()
  return {
    /** Opens one page after another, and gives the name of each. @returns {AsyncGenerator<string>} */
    async *visit(page) {
      for (const path of Object.keys(OWN)) {
        await page.goto(own.origin + path)
        await openDetails(page)
        yield path
      }
      for await (const name of visitDemo(page, demo)) {
        await openDetails(page)
        yield `demo: ${name}`
      }
      for await (const name of visitDemoPage(page, site)) yield `demo page: ${name}`
    },
    close: () => Promise.all([own.close(), demo.close(), site.close()]),
  }
}
