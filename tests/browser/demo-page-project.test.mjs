// "Try it with your project" of the demo page: a whole sign-in in the page, through Supabase's stand-in and an OpenID provider.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startOpenIdProvider } from '../../stand-ins/openid-provider.mjs'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'
import { useBrowser } from './support/browser.mjs'
import { openPage, servePage } from './support/demo-page.mjs'
import { logIn } from './support/sign-in.mjs'

const browser = useBrowser()
let site
let supabase
let open
let closed
before(async () => {
  site = await servePage('http://127.0.0.1:*')
  const redirect = `${site.origin}/`
  const clients = [{ client_id: 'demo', redirect_uris: [redirect] }]
  supabase = await startSupabaseAuth({ siteUrl: site.origin, allowList: [`${redirect}**`] })
  open = await startOpenIdProvider({ clients })
  closed = await startOpenIdProvider({ clients, configuration: { clientBasedCORS: () => false } })
})
after(async () => {
  for (const one of [site, supabase, open, closed]) await one?.close()
})

const fillIn = async (page, kind, url, key) => {
  await openPage(page, `${site.origin}/`)
  await page.locator('#project-kind').selectOption(kind)
  await page.locator('#project-url').fill(url)
  await page.locator('#project-key').fill(key)
}
const press = (page) => page.getByRole('button', { name: 'Sign in on this page' }).click()

test('through Supabase Auth: signed in, tokens masked, nothing left in the address or in the tab', async () => {
  const page = await browser.open()
  await fillIn(page, 'supabase', supabase.url, supabase.key)
  await press(page)
  const outcome = page.locator('#project-outcome')
  await outcome.getByText('Signed in as').waitFor()
  const shown = await outcome.textContent()
  assert.match(shown, /@/)
  assert.match(shown, /"access_token": "eyJh….{4}"/)
  assert.doesNotMatch(shown, /eyJ[\w-]{20}/)
  assert.equal(page.url().split('#')[0], `${site.origin}/`)
  assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage)), [])
  assert.equal(await page.locator('#project-url').inputValue(), supabase.url)
})

test('a key that is wrong, an address that is none: the page says what it is', async () => {
  const page = await browser.open()
  await fillIn(page, 'supabase', supabase.url, 'sb_publishable_of_another_project')
  await press(page)
  await page.locator('#project-outcome').getByText('supabase_key_invalid').waitFor()
  await page.locator('#project-key').fill('')
  await page.locator('#project-url').fill('not an address')
  await page.locator('#project-form').evaluate((form) => {
    form.noValidate = true
  })
  await press(page)
  await page.locator('#project-outcome .alarm').getByText('supabase.url').waitFor()
})

test('with an OpenID provider that lets a page read its answers: signed in with its ID Token', async () => {
  const page = await browser.open()
  await fillIn(page, 'openid', open.issuer, 'demo')
  await press(page)
  await logIn(page)
  await page.getByRole('button', { name: 'Allow' }).click()
  const outcome = page.locator('#project-outcome')
  await outcome.getByText('Signed in as').waitFor()
  assert.match(await outcome.textContent(), /"claims"/)
  assert.doesNotMatch(await outcome.textContent(), /eyJ[\w-]{20}/)
})

test('with one that does not: the page says that it is CORS, and that a server needs none', async () => {
  const page = await browser.open()
  await fillIn(page, 'openid', closed.issuer, 'demo')
  await press(page)
  await logIn(page)
  await page.getByRole('button', { name: 'Allow' }).click()
  const outcome = page.locator('#project-outcome')
  await outcome.getByText('token_network').waitFor()
  assert.match(await outcome.textContent(), /only with CORS; a server does not need it/)
})
