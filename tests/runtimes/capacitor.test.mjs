// The Capacitor example: its page in Chromium, where Android would have it, and a stand-in for the phone around it.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'
import { collectComplaints, useBrowser } from '../browser/support/browser.mjs'
import { makePhone } from './support/capacitor-phone.mjs'
import { install, run } from './support/example.mjs'

const EMAIL = 'ada@example.test'

const browser = useBrowser()
const folder = mkdtempSync(join(tmpdir(), 'landfall-capacitor-'))
let supabase
before(async () => {
  supabase = await startSupabaseAuth({ siteUrl: 'https://app.example', allowList: ['myapp://**'] })
  await install('capacitor', folder)
  const env = { SUPABASE_URL: supabase.url, SUPABASE_ANON_KEY: supabase.key }
  await run('npm', ['run', 'build'], folder, env)
})
after(async () => {
  rmSync(folder, { recursive: true, force: true })
  await supabase?.close()
})

/** The system's browser, from the start of a sign-in to the link that opens the app. @param {string} url */
const openInBrowser = async (url) => {
  const jar = new BrowserJar()
  for (let next = url; ; ) {
    const response = await jar.fetch(next, { redirect: 'manual' })
    next = new URL(response.headers.get('location'), next).href
    if (next.startsWith('myapp:')) return next
  }
}

/** The stand-in for Supabase is on this machine: a page of another address needs a permission to ask it. */
const PERMISSIONS = ['local-network-access']

const openApp = async () => {
  const page = await browser.open({ permissions: PERMISSIONS })
  const complaints = collectComplaints(page)
  const phone = await makePhone(page, folder)
  await phone.start()
  const press = (name) => page.getByRole('button', { name }).click()
  const openedUrl = () => phone.openedBy(() => press('Continue with Bitbucket'))
  return { page, phone, complaints, press, openedUrl }
}

test('the button opens the system’s browser, the link ends the sign-in, and the session outlives the page', async () => {
  const { page, phone, complaints, press, openedUrl } = await openApp()
  await phone.openLink(await openInBrowser(await openedUrl()))
  await page.getByText(EMAIL).waitFor()
  assert.equal(page.url(), 'https://localhost/account')
  await page.reload()
  await page.getByText(EMAIL).waitFor()
  await press('Sign out')
  await page.getByRole('heading', { name: 'Welcome' }).waitFor()
  assert.equal(supabase.sessions.rows.size, 0)
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), [])
  assert.deepEqual([complaints, phone.refused], [[], []])
})

test('a link that starts the app again ends the sign-in', async () => {
  const { page, phone, openedUrl } = await openApp()
  const link = await openInBrowser(await openedUrl())
  await phone.start(link)
  await page.getByText(EMAIL).waitFor()
})

test('a refusal, and a link of a sign-in that was started elsewhere, sign nobody in', async () => {
  const { page, phone } = await openApp()
  await phone.openLink('myapp://auth/callback?error=access_denied&error_description=No')
  await page.getByText('provider_access_denied').waitFor()
  const other = await openApp()
  await phone.openLink(await openInBrowser(await other.openedUrl()))
  await page.getByText('transaction_cookies_blocked').waitFor()
  assert.equal(await page.getByText(EMAIL).count(), 0)
})
