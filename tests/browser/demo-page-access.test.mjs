// Everybody can use the demo page: axe finds nothing in any part or result of it, light and dark, on a phone and on a wide screen.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import { measureContrast } from './support/contrast.mjs'
import { FILE, openPage, runBreak } from './support/demo-page.mjs'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const [AA_TEXT, AA_LARGE_TEXT] = [4.5, 3]
/** WCAG 2.2, 2.5.8. */
const TARGET_PIXELS = 24
const browser = useBrowser()

const CALLBACK = 'https://app.example/cb#access_token=secret-token&error=x'
const COOKIES = 'sb-abc-auth-token=base64-eyJ1c2VyIjp7ImVtYWlsIjoiYSJ9fQ; theme=dark'

/** What the page can be brought to show. @type {[name: string, show: (page: import('playwright-core').Page) => Promise<unknown>][]} */
const STATES = [
  ['as it opens', async () => {}],
  ['a sign-in that is stopped', (page) => runBreak(page, 'supabase', 'expired')],
  ['a next that is replaced', (page) => runBreak(page, 'direct', 'next')],
  ['a token answer', (page) => page.locator('#sequence button').last().click()],
  ['a next that is refused', (page) => page.locator('#next').fill('//evil.example')],
  ['a callback', (page) => page.locator('#callback').fill(CALLBACK)],
  ['cookies', (page) => page.locator('#cookies').fill(COOKIES)],
  ['another kind of project', (page) => page.locator('#project-kind').selectOption('openid')],
  ['a sign-in from a file', (page) => page.getByRole('button', { name: 'Sign in on this page' }).click()],
  [
    'a measurement',
    async (page) => {
      await page.locator('#measure').click()
      await page.locator('#measure-status').getByText('Medians').waitFor()
    },
  ],
]

/** Runs in the page: everything that can be pressed and is shown. */
const measureTargets = () =>
  [...document.querySelectorAll('button, select, input, textarea, nav a')]
    .filter((target) => target.checkVisibility())
    .map((target) => ({
      label: target.id || target.textContent,
      height: target.getBoundingClientRect().height,
    }))

for (const colorScheme of ['light', 'dark']) {
  for (const width of [390, 1280]) {
    test(`${colorScheme}, ${width} pixels: axe finds nothing, text is readable, nothing sticks out`, async () => {
      const page = await browser.open({
        colorScheme,
        viewport: { width, height: 800 },
        reducedMotion: 'reduce',
      })
      await openPage(page, FILE)
      await page.evaluate(AXE)
      for (const [name, show] of STATES) {
        await show(page)
        const { violations, passes } = await page.evaluate(() => globalThis.axe.run())
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
          [],
          name,
        )
        assert.ok(passes.length > 20)
        for (const { text, ratio, isLarge } of await page.evaluate(measureContrast))
          assert.ok(ratio >= (isLarge ? AA_LARGE_TEXT : AA_TEXT), `${name}: ${ratio.toFixed(2)} for ${text}`)
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, name)
        const targets = await page.evaluate(measureTargets)
        assert.ok(targets.length > 20, name)
        for (const { label, height } of targets)
          assert.ok(height >= TARGET_PIXELS, `${name}: ${label} is ${height} pixels high`)
      }
    })
  }
}

test('the keyboard gets to the content first, and motion is only for who wants it', async () => {
  const page = await browser.open()
  await openPage(page, FILE)
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the content')
  const behavior = () => page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)
  assert.equal(await behavior(), 'smooth')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  assert.equal(await behavior(), 'auto')
})

test('a screen reader hears which step it is, and how a check ended', async () => {
  const page = await browser.open()
  await openPage(page, FILE)
  await runBreak(page, 'direct', 'forged')
  await page.getByRole('status').getByText('2 of 2. Ada opens the link that Mallory sent').waitFor()
  const checks = page.locator('.checks li')
  assert.match(await checks.first().textContent(), / yes$/)
  assert.match(await page.locator('.checks .stopped').textContent(), / no: the sign-in ends here$/)
  assert.match(await checks.last().textContent(), / not asked$/)
})
