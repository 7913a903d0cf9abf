// The static demo page in Chromium, from a web server and from disk: the providers that Landfall knows by name.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readProviders } from '../../tools/providers.mjs'
import { useBrowser } from './support/browser.mjs'
import { FILE, openPage, servePage } from './support/demo-page.mjs'

const browser = useBrowser()
let site
before(async () => {
  site = await servePage()
})
after(() => site?.close())

const WANTED = {
  github: ['clientSecret: process.env.GITHUB_CLIENT_SECRET', '>Sign in with GitHub<'],
  apple: ['privateKey: process.env.APPLE_PRIVATE_KEY', '>Sign in with Apple<'],
  ghes: ['host: process.env.GHES_HOST', 'https://your.app/auth/callback/ghes'],
  keycloak: ['issuer: process.env.KEYCLOAK_ISSUER', '/auth/sign-in?provider=keycloak'],
}

for (const [from, urlOf] of Object.entries({ 'a web server': () => `${site.origin}/`, disk: () => FILE })) {
  test(`from ${from}: each has its code, its address and its button`, async () => {
    const page = await browser.open()
    const { complaints } = await openPage(page, urlOf())
    const select = page.locator('#known-provider')
    const names = await select.locator('option').evaluateAll((all) => all.map(({ value }) => value))
    assert.deepEqual(
      names,
      readProviders().map(({ name }) => name),
    )
    assert.equal(await select.inputValue(), 'github')
    for (const [name, wanted] of Object.entries(WANTED)) {
      await select.selectOption(name)
      const text = await page.locator('#known-parts').textContent()
      for (const part of wanted) assert.ok(text.includes(part), `${name}: ${part}`)
    }
    assert.deepEqual(complaints, [])
  })
}
