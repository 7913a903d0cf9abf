// The first screen of the static demo page in Chromium: a whole sign-in at once, on phones too, with each provider that it plays, and the
// session at its end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readProviders } from '../../tools/providers.mjs'
import { useBrowser } from './support/browser.mjs'
import { CHOICES, FILE, openPage, runBreak } from './support/demo-page.mjs'

const browser = useBrowser()
const PROVIDERS = readProviders()
/** The least that the page is to know: the rows whose stand-in needs nothing special. */
const LEAST_PROVIDERS = 14

/** Runs in the page: what of the first section is not whole on the screen. */
const listHidden = () =>
  [...document.querySelectorAll('h1, .controls select, #lanes span, #sequence li')]
    .filter((one) => {
      const { left, right, top, bottom, height } = one.getBoundingClientRect()
      return height === 0 || top < 0 || bottom > innerHeight || left < 0 || right > innerWidth
    })
    .map((one) => one.textContent)

/** Runs in the page: each step, and what its request and its answer carry. */
const readSteps = () =>
  [...document.querySelectorAll('#sequence button')].map((button) => [
    button.querySelector('.title').textContent.replace(/^\d+\. /, ''),
    button.querySelector('.carried').textContent.replaceAll('sends ', '').replaceAll('gets ', ''),
  ])

for (const [width, height] of [
  [390, 844],
  [360, 740],
  [1280, 720],
]) {
  test(`${width} × ${height}: who takes part and every step are there at once`, async () => {
    const page = await browser.open({ viewport: { width, height } })
    await openPage(page, FILE)
    assert.deepEqual(await page.evaluate(listHidden), [])
    assert.equal(await page.evaluate(() => scrollY), 0)
    const lanes = await page.locator('#lanes span').allTextContents()
    assert.deepEqual(lanes, ['Browser', 'Your app with Landfall', 'Bitbucket'])
    for (const kind of await page.locator('#kind option').evaluateAll((all) => all.map((one) => one.value))) {
      await runBreak(page, kind, 'none')
      assert.deepEqual(await page.evaluate(listHidden), [], kind)
    }
  })
}

test('a step says what it carries: state, PKCE, the cookies, and at the end the session', async () => {
  const page = await browser.open()
  await openPage(page, FILE)
  assert.deepEqual(await page.evaluate(readSteps), [
    ['Ada presses “Log in with Bitbucket”', '→ next← state, code_challenge, cookie'],
    ['Ada says yes at Bitbucket', '→ state, code_challenge← code, state'],
    ['The browser comes back with the code', '→ code, state, cookie← session cookie'],
    ['Landfall redeems the code', '→ code, code_verifier, client_secret← access_token'],
    ['Landfall reads the profile', '→ access_token← profile'],
    ['Landfall reads the addresses', '→ access_token← addresses'],
    ['The app asks who is signed in', '→ session cookie← Ada Lovelace'],
  ])
  await page.locator('#sequence button').nth(2).click()
  const set = await page.locator('#exchange').textContent()
  assert.match(set, /__Host-landfall-session.*who is signed in, sealed with XChaCha20-Poly1305/)
  await runBreak(page, 'supabase', 'none')
  const [, kept, , , back, redeemed] = await page.evaluate(readSteps)
  assert.deepEqual(kept, ['Supabase Auth keeps the challenge', '→ code_challenge← state'])
  assert.equal(back[1], '→ state, code, cookie← session cookie')
  assert.equal(redeemed[1], '→ code, code_verifier← access_token')
  await runBreak(page, 'direct', 'forged')
  assert.match((await page.evaluate(readSteps)).at(-1)[1], /^→ code, state, cookie← state_mismatch$/)
})

test('the list is that of the core, and each provider on it signs Ada in', async () => {
  const page = await browser.open()
  const { complaints } = await openPage(page, FILE)
  const options = page.locator('#kind option')
  const kinds = await options.evaluateAll((all) => all.map(({ value, text }) => [value, text]))
  assert.deepEqual(kinds.pop(), [CHOICES.supabase, 'Bitbucket, through Supabase Auth'])
  assert.ok(kinds.length >= LEAST_PROVIDERS, kinds.length)
  for (const name of ['google', 'github', 'bitbucket', 'gitlab', 'discord'])
    assert.ok(
      kinds.some(([kind]) => kind === name),
      name,
    )
  for (const [name, title] of kinds) {
    const row = PROVIDERS.find((one) => one.name === name)
    assert.equal(title, row.title)
    assert.match(
      (await runBreak(page, name, 'none')).outcome,
      /Signed in as (Ada Lovelace|ada)at \/welcome$/,
      name,
    )
    const steps = page.locator('#sequence button')
    assert.equal(await steps.first().locator('.title').textContent(), `1. Ada presses “${row.button}”`)
    await steps.nth(1).click()
    const asked = await page.locator('#exchange .line code').first().textContent()
    assert.ok(row.columns.authorization_endpoint.startsWith(asked.replace('?…', '')), asked)
    await steps.last().click()
    const user = JSON.parse(await page.locator('#exchange pre').textContent())
    assert.equal(user.provider, name)
    assert.equal(user.sub, '1815-12-10', name)
    assert.match(user.name, /^(Ada Lovelace|ada)$/, name)
    assert.match(await page.locator('#exchange .note code').textContent(), /__Host-landfall-session=…/)
  }
  assert.deepEqual(complaints, [])
})
