// The static demo page in three browser engines, under a strict policy, with WebAssembly and without: a sign-in that works, one that is stopped,
// and each other part.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { bundlePage } from '../../tools/page.mjs'
import { root } from '../../tools/run.mjs'
import { CHOICES, servePage } from '../browser/support/demo-page.mjs'
import { ENGINES } from '../browser/support/engines.mjs'
import { mayRunModules } from '../browser/support/modules.mjs'

/** What the page shows is looked for this long. */
const SETTLE_MILLISECONDS = 20_000

/** The page's script from the same sources, with the core as plain JavaScript. */
const bundlePlainPage = () => {
  const contents =
    "import makeInstance from './generated/core-plain.js'; export const getModule = () => makeInstance"
  const plain = () => ({ contents, resolveDir: join(root, 'js-glue') })
  const setup = ({ onLoad }) => onLoad({ filter: /js-glue[\\/]module\.js$/ }, plain)
  return bundlePage([{ name: 'plain-core', setup }])
}

/** @type {Record<string, Awaited<ReturnType<typeof servePage>>>} */
const sites = {}
before(async () => {
  sites['with WebAssembly'] = await servePage()
  sites['without WebAssembly'] = await servePage(undefined, await bundlePlainPage())
})
after(() => Promise.all(Object.values(sites).map((site) => site.close())))

/** Runs in the page: what it complained of, from now on, and what its policy stopped. */
const listen = () => {
  globalThis.complaints = []
  const note = (event) => globalThis.complaints.push(event.message ?? event.violatedDirective)
  addEventListener('error', note)
  document.addEventListener('securitypolicyviolation', note)
}

/** Runs in the page: sets fields and presses a button as a person does. */
const act = ({ set, press }) => {
  for (const [id, value] of Object.entries(set ?? {})) {
    const field = document.getElementById(id)
    field.value = value
    for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }))
  }
  if (press) document.querySelector(press).click()
}

const textOf = (page, selector) =>
  page.evaluate((selector) => document.querySelector(selector)?.textContent ?? '', selector)

/** @param {RegExp} wanted */
const waitForText = async (page, selector, wanted) => {
  for (const end = Date.now() + SETTLE_MILLISECONDS; ; ) {
    const text = await textOf(page, selector)
    if (wanted.test(text)) return text
    if (Date.now() > end) assert.match(text, wanted, selector)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const WAYS = ['with WebAssembly', 'without WebAssembly']
for (const [name, launch] of Object.entries(ENGINES)) {
  for (const way of WAYS)
    test(`${name}, ${way}`, async () => {
      const browser = await launch()
      try {
        const page = await browser.newPage()
        await page.goto(`${sites[way].origin}/`)
        assert.equal(await page.evaluate(mayRunModules), way === 'with WebAssembly')
        await page.evaluate(listen)
        await waitForText(page, '#outcome', /Signed in as Ada Lovelaceat \/welcome/)
        await waitForText(page, '#took', /take [\d.]+ (µs|ms) in this browser/)
        for (const kind of Object.values(CHOICES)) {
          await page.evaluate(act, { set: { kind, break: 'replayed' } })
          await waitForText(page, '#where', /^7 of 7/)
          await waitForText(page, '#exchange .stopped', /Does this browser hold/)
          await waitForText(page, '#outcome', /This sign-in is already finished/)
        }
        await page.evaluate(act, { press: '#back' })
        await waitForText(page, '#where', /^6 of 7/)
        await page.evaluate(act, { set: { next: '/\\\\evil.example' } })
        await waitForText(page, '#verdict', /^Refused/)
        await waitForText(page, '#by-hand', /https:\/\/evil\.example.*leaves the app/)
        await page.evaluate(act, { set: { callback: 'https://app.example/auth/callback?error=x&state=y' } })
        await waitForText(page, '#callback-parts', /transaction_cookies_blocked/)
        await waitForText(page, '#pair', /WebCrypto says the same/)
        await page.evaluate(act, { press: '#measure' })
        await waitForText(page, '#measure-status', /medians of nine rounds/)
        assert.deepEqual(await page.evaluate(() => globalThis.complaints), [])
      } finally {
        await browser.close()
      }
    })
}
