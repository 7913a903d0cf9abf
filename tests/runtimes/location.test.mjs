// What checkNext accepts, as real Location headers in three browser engines: none leaves the origin, not even when code
// behind the check decodes the path once more.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { checkNext } from '../../dist/index.js'
import { ENGINES } from '../browser/support/engines.mjs'
import { ORIGINS, textOf } from '../browser/support/run-vectors.mjs'
import { startSite } from '../browser/support/site.mjs'
import { decodeOnce } from '../node/support/next-oracle.mjs'
import { makeInputs } from '../safe-next/inputs.mjs'

const TARGETS = 2000
/** How many of them are also opened as pages, which takes longer. */
const NAVIGATIONS = 100
const seed = Number(process.env.LANDFALL_NEXT_SEED ?? Date.now() % 2 ** 31)

const fromVectors = () => {
  const { cases } = JSON.parse(readFileSync(new URL('../vectors/next.json', import.meta.url), 'utf8'))
  const accepted = cases.filter(({ want }) => want !== null)
  return accepted.map(({ next, origin = ORIGINS[0] }) => checkNext(textOf(next), origin))
}

const makeTargets = () => {
  const targets = new Set(fromVectors())
  assert.ok(targets.size > 250, `${targets.size} of the vectors`)
  for (let block = 0; targets.size < TARGETS; ++block) {
    for (const { input, origin } of makeInputs(seed, block)) {
      const target = checkNext(input, origin)
      if (target !== null && targets.size < TARGETS) targets.add(target)
    }
  }
  return [...targets].reverse() // the generated ones first, which no other test opens
}

const decodeAgain = (target) => {
  const [path] = /^[^?#]*/.exec(target)
  return decodeOnce(path) + target.slice(path.length)
}

/** As the package sends it: with a bare `#`, so that no fragment is inherited. */
const toLocation = (target) => (target.includes('#') ? target : `${target}#`)

const REDIRECT = /^\/-redirect\/(\w+)\/(\d+)/
const PAGE = {
  body: '<!doctype html><link rel="icon" href="data:,"><title>Here</title>',
  headers: { 'access-control-allow-origin': '*' },
}
const lists = { targets: makeTargets() }
lists.decoded = lists.targets.map(decodeAgain)

let site
let other
let asked = 0
before(async () => {
  other = await startSite(() => {
    asked += 1
    return PAGE
  })
  lists.control = [`//${new URL(other.origin).host}/`, '/here']
  site = await startSite(({ url }) => {
    const [, list, index] = REDIRECT.exec(url) ?? []
    return list ? { status: 303, headers: { location: toLocation(lists[list][index]) } } : PAGE
  })
})
after(async () => {
  await site?.close()
  await other?.close()
})

/** Runs in the page: where fetch arrives that follows each redirect. */
const followByFetch = async ({ list, count }) => {
  const WORKERS = 6
  const landings = []
  let next = 0
  const work = async () => {
    for (let index = next++; index < count; index = next++)
      landings[index] = (await fetch(`/-redirect/${list}/${index}#access_token=EVIL`)).url
  }
  await Promise.all(Array.from({ length: WORKERS }, work))
  return landings
}

/** Runs in the page: where a frame arrives that follows each redirect; null where the page may not see it. */
const followInFrames = async ({ list, count }) => {
  const TIMEOUT_MILLISECONDS = 20_000
  const landings = []
  for (let index = 0; index < count; ++index) {
    const frame = document.createElement('iframe')
    const loaded = new Promise((resolve, reject) => {
      frame.onload = resolve
      setTimeout(reject, TIMEOUT_MILLISECONDS, new Error(`${list} ${index} does not load`))
    })
    frame.src = `/-redirect/${list}/${index}#access_token=EVIL`
    document.body.append(frame)
    await loaded
    try {
      landings[index] = frame.contentWindow.location.href
    } catch {
      landings[index] = null
    }
    frame.remove()
  }
  return landings
}

/** WebKit decodes what needs no encoding, and writes upper-case digits. */
const respell = (url) =>
  url.replace(/%[0-9a-f]{2}/gi, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16))
    return /[\w.~-]/.test(character) ? character : code.toUpperCase()
  })
const SPELLINGS = {
  // It encodes `|` in a path, which the URL Standard leaves as it is.
  Chromium: (url) => url.replaceAll('%7C', '|'),
  Firefox: (url) => url,
  WebKit: respell,
}
/** A bare `#` is what ends inheritance, and no engine shows a page the directive of a fragment (`:~:text=…`). */
const withoutDirective = (url) => url.replace(/:~:.*$/, '').replace(/#$/, '')
const withoutFragment = (url) => url.replace(/#.*$/, '')

for (const [name, launch] of Object.entries(ENGINES)) {
  test(`${name}: ${TARGETS} accepted targets, and each decoded once more, seed ${seed}`, async (t) => {
    const browser = await launch()
    t.after(() => browser.close())
    const page = await browser.newPage()
    await page.goto(`${site.origin}/`)
    const run = (follow, list, count = lists[list].length) => page.evaluate(follow, { list, count })
    const comparable = (url) => SPELLINGS[name](withoutDirective(`${url}`))
    const staysAt = (url, target) => assert.equal(comparable(url), comparable(site.origin + target))
    const staysAnywhere = (url, target) =>
      assert.ok(
        url?.startsWith(`${site.origin}/`) && !url.includes('EVIL'),
        `${JSON.stringify(target)} led to ${url}`,
      )

    const before = asked
    assert.deepEqual(await run(followByFetch, 'control'), [`${other.origin}/`, `${site.origin}/here`])
    assert.deepEqual(await run(followInFrames, 'control'), [null, `${site.origin}/here#`])
    assert.equal(asked, before + 2, 'an open redirect is seen')

    for (const [index, url] of (await run(followByFetch, 'targets')).entries())
      staysAt(url, withoutFragment(lists.targets[index]))
    for (const [index, url] of (await run(followInFrames, 'targets', NAVIGATIONS)).entries())
      staysAt(url, lists.targets[index])
    for (const [index, url] of (await run(followByFetch, 'decoded')).entries())
      staysAnywhere(url, lists.decoded[index])
    for (const [index, url] of (await run(followInFrames, 'decoded', NAVIGATIONS)).entries())
      staysAnywhere(url, lists.decoded[index])
    assert.equal(asked, before + 2)
  })
}
