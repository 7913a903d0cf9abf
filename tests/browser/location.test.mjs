// What checkNext accepts, as a real Location header in front of a real browser: it never leaves the origin.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { checkNext } from '../../dist/index.js'
import { useBrowser } from './support/browser.mjs'
import { ORIGINS, textOf } from './support/run-vectors.mjs'
import { startSite } from './support/site.mjs'

const MIN_TARGETS = 290
const { cases } = JSON.parse(readFileSync(new URL('../vectors/next.json', import.meta.url), 'utf8'))
const targets = cases
  .filter(({ want }) => want !== null)
  .map(({ next, origin = ORIGINS[0] }) => checkNext(textOf(next), origin))

/** Chromium encodes `|` in a path, which the URL Standard leaves as it is. A bare `#` is what ends inheritance. */
const comparable = (url) => url.replaceAll('%7C', '|').replace(/#$/, '')

const browser = useBrowser()
let site
before(async () => {
  site = await startSite(({ url }) => {
    if (url === '/bare') return { status: 303, headers: { location: '/plain' } }
    const [, index] = /^\/auth\/callback\?target=(\d+)/.exec(url) ?? []
    if (index === undefined) return { body: '<link rel="icon" href="data:,">' }
    const target = targets[index]
    const location = target.includes('#') ? target : `${target}#`
    return { status: 303, headers: { location, 'referrer-policy': 'no-referrer' } }
  })
})
after(() => site?.close())

test(`${targets.length} accepted targets`, async () => {
  assert.ok(targets.length >= MIN_TARGETS, `${targets.length} targets`)
  const page = await browser.open()
  const elsewhere = []
  page.on('request', (request) => {
    if (!request.url().startsWith(`${site.origin}/`) && !request.url().startsWith('data:'))
      elsewhere.push(request.url())
  })
  let landed = 0
  for (const [index, target] of targets.entries()) {
    await page.goto(`${site.origin}/auth/callback?target=${index}#access_token=EVIL`, { waitUntil: 'commit' })
    const url = page.url()
    assert.ok(url.startsWith(`${site.origin}/`), `${target} led to ${url}`)
    assert.equal(comparable(url), comparable(site.origin + target))
    assert.ok(!url.includes('EVIL'), url)
    landed += 1
  }
  assert.equal(landed, targets.length)
  assert.deepEqual(elsewhere, [])
})

test('a Location without a fragment inherits one, so the bare # above means something', async () => {
  const page = await browser.open()
  await page.goto(`${site.origin}/bare#access_token=EVIL`)
  assert.equal(page.url(), `${site.origin}/plain#access_token=EVIL`)
})
