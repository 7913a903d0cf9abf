// The vectors in a page, under a policy that allows WebAssembly and no eval: the same verdicts as in Node.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import * as landfall from '../../dist/index.js'
import { collectComplaints, useBrowser } from './support/browser.mjs'
import { isText, ORIGINS, runNext, runPkce, runStarts } from './support/run-vectors.mjs'
import { startSite } from './support/site.mjs'

const ROOT = new URL('../../', import.meta.url)
const POLICY = "default-src 'none'; connect-src 'self'; img-src data:; script-src 'self' 'wasm-unsafe-eval'"
const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json' }
const STARTS = 200
const PAGE = '<!doctype html><link rel="icon" href="data:,"><title>Vectors</title>'

const load = (name) => JSON.parse(readFileSync(new URL(`tests/vectors/${name}.json`, ROOT), 'utf8'))
const next = load('next')
const pkce = load('pkce')

const browser = useBrowser()
let site
before(async () => {
  site = await startSite(({ url }) => {
    if (url === '/') return { body: PAGE, headers: { 'content-security-policy': POLICY } }
    if (url.includes('..') || !/^\/(dist|tests)\//.test(url)) return undefined
    const body = readFileSync(fileURLToPath(new URL(`.${url}`, ROOT)))
    return { body, headers: { 'content-type': TYPES[extname(url)] } }
  })
})
after(() => site?.close())

const openPage = async () => {
  const page = await browser.open()
  const complaints = collectComplaints(page)
  await page.goto(site.origin)
  return { page, complaints }
}

/** Runs one of the runners in the page, on vectors that the page loads itself. */
const runInPage = (page, runner, face, argument) =>
  page.evaluate(
    async ([runner, face, argument]) => {
      const [runners, landfall] = await Promise.all([
        import('/tests/browser/support/run-vectors.mjs'),
        import('/dist/index.js'),
      ])
      const vectors = typeof argument === 'string' ? await (await fetch(argument)).json() : argument
      return runners[runner](landfall[face], vectors)
    },
    [runner, face, argument],
  )

test('next.json in a page: as wanted, and as in Node', async () => {
  const { page, complaints } = await openPage()
  const results = await runInPage(page, 'runNext', 'checkNext', '/tests/vectors/next.json')
  assert.deepEqual(complaints, [])
  assert.equal(next.cases.length, next.count)
  const notText = next.cases.filter((one) => !isText(one.next))
  assert.ok(notText.every(({ id }) => id.startsWith('bytes-')))
  const runs = next.cases.map(({ origin }) => (origin === undefined ? ORIGINS.length : 1))
  const total = runs.reduce((sum, count) => sum + count, 0)
  assert.equal(results.length, total - ORIGINS.length * notText.length)
  assert.ok(results.length > 1500, `${results.length} verdicts`)
  assert.deepEqual(
    results.filter(({ got, want }) => got !== want),
    [],
  )
  assert.deepEqual(results, runNext(landfall.checkNext, next))
})

test('pkce.json in a page: as wanted, and as in Node', async () => {
  const { page, complaints } = await openPage()
  const results = await runInPage(page, 'runPkce', 'createAuth', '/tests/vectors/pkce.json')
  assert.deepEqual(complaints, [])
  assert.equal(results.length, pkce.cases.filter(({ entropy }) => entropy).length)
  assert.ok(results.length > 0)
  for (const { id, got, want } of results) assert.deepEqual(got, want, id)
  assert.deepEqual(results, runPkce(landfall.createAuth, pkce))
})

test(`${STARTS} starts in a page: each has a verifier of its own, and its challenge is right`, async () => {
  const { page } = await openPage()
  const results = await runInPage(page, 'runStarts', 'createAuth', STARTS)
  assert.deepEqual(results, { correct: STARTS, distinct: STARTS })
  assert.deepEqual(results, await runStarts(landfall.createAuth, STARTS))
})

test('without wasm-unsafe-eval the policy refuses the module, so the test above means something', async () => {
  const page = await browser.open()
  const strict = await startSite(({ url }) => {
    if (url === '/') return { body: PAGE, headers: { 'content-security-policy': "script-src 'self'" } }
    const body = readFileSync(fileURLToPath(new URL(`.${url}`, ROOT)))
    return { body, headers: { 'content-type': TYPES[extname(url)] } }
  })
  await page.goto(strict.origin)
  const answer = await page.evaluate(async () => {
    const { checkNext, createAuth } = await import('/dist/index.js')
    let thrown
    try {
      createAuth({ providers: {} })
    } catch (error) {
      thrown = error.name
    }
    return { checked: checkNext('/home', location.origin), thrown }
  })
  assert.deepEqual(answer, { checked: null, thrown: 'CompileError' })
  await strict.close()
})
