// The packed package in three browser engines, in every form that a page takes it in, also under a strict policy and from disk.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { ENGINES } from '../browser/support/engines.mjs'
import { startSite } from '../browser/support/site.mjs'
import { installPacked } from '../package/packed.mjs'
import { makeTable } from './support/table.mjs'
import { until } from './support/until.mjs'

const POLICY = "default-src 'none'; img-src data:; connect-src 'self'; worker-src 'self'; script-src 'self'"
const SITES = {
  plain: {},
  strict: { 'content-security-policy': `${POLICY} 'wasm-unsafe-eval'` },
  refusing: { 'content-security-policy': POLICY },
}

/** Runs in the page: what the package does, or how it is refused. */
const use = ({ checkNext, createAuth }) => {
  const next = ['/a b', '//evil.example'].map((one) => checkNext(one))
  try {
    const provider = { clientId: 'id', clientSecret: 'a client secret of 32 bytes, long' }
    const options = { providers: { bitbucket: provider }, origin: 'https://app.example' }
    const { url, setCookie } = createAuth(options).start({ provider: 'bitbucket', next: '/welcome' })
    const { host, searchParams } = new URL(url)
    return { next, host, method: searchParams.get('code_challenge_method'), cookies: setCookie.length }
  } catch (error) {
    return { next, thrown: error.name }
  }
}
/** The same, of what a page gets. */
const useInPage = async ({ checkNext, createBrowserAuth }) => {
  const next = ['/a b', '//evil.example'].map((one) => checkNext(one))
  try {
    const providers = { bitbucket: { clientId: 'id' } }
    const auth = createBrowserAuth({ providers, secret: 's'.repeat(32), origin: 'https://app.example' })
    const options = { next: '/welcome', skipBrowserRedirect: true }
    const { data, error } = await auth.signInWithOAuth({ provider: 'bitbucket', options })
    const { host, searchParams } = new URL(data.url)
    const isNamed = searchParams.get('state') === data.flowId
    return { next, host, method: searchParams.get('code_challenge_method'), isNamed, error }
  } catch (error) {
    return { next, thrown: error.name }
  }
}
const report = (outcome) => {
  if (globalThis.document) globalThis.outcome = outcome
  else postMessage(outcome)
}
const REPORT = `const use = ${use}\nconst useInPage = ${useInPage}\nconst report = ${report}\n`
const STARTED = { next: ['/a%20b', null], host: 'bitbucket.org', method: 'S256' }
const WORKS = { ...STARTED, cookies: 1 }
const WORKS_IN_PAGE = { ...STARTED, isNamed: true, error: null }

const SCRIPTS = {
  '/module.js': `import * as landfall from '/dist/index.js'\n${REPORT}report(use(landfall))`,
  '/worker.js': `const worker = new Worker('/module.js', { type: 'module' })
    worker.onmessage = ({ data }) => { globalThis.outcome = data }`,
  '/browser.js': `import * as landfall from '/dist/browser.js'\n${REPORT}report(await useInPage(landfall))`,
  '/classic.js': `${REPORT}useInPage(landfall).then(report)`,
  '/url.js': `import { load } from '/dist/url.js'\n${REPORT}
    load().then(useInPage).then(report, (error) => report({ thrown: error.name }))`,
}
const HEAD = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>A page</title>'
const PAGES = {
  'ES module': '<script type="module" src="/module.js"></script>',
  'module worker': '<script src="/worker.js"></script>',
  'landfall/browser': '<script type="module" src="/browser.js"></script>',
  'classic script': '<script src="/dist/landfall.iife.js"></script><script src="/classic.js"></script>',
  'landfall/url': '<script type="module" src="/url.js"></script>',
}
const TYPES = { '.js': 'text/javascript', '.wasm': 'application/wasm' }

/** Inside of HTML nothing else would end the script. */
const inline = (script) => script.replaceAll('</', '<\\/')

/** What a page from disk may not have: files beside it, as a module or by fetch. */
const LINKED = `<script type="module" src="node_modules/landfall/dist/index.js"
  onload="report('module')" onerror="report('no module')"></script>
<script>
  const said = []
  const report = (one) => {
    said.push(one)
    if (said.length === 2) globalThis.outcome = said.sort()
  }
  fetch('node_modules/landfall/dist/core.wasm').then(() => report('wasm'), () => report('no wasm'))
</script>`

/** Pages that hold everything themselves, and one that does not. @param {string} folder of a project @returns {Promise<Record<string, string>>} addresses */
const writePages = async (folder) => {
  const iife = readFileSync(join(folder, 'node_modules/landfall/dist/landfall.iife.js'), 'utf8')
  const contents = `import * as landfall from 'landfall'\n${REPORT}report(use(landfall))`
  const options = { stdin: { contents, resolveDir: folder }, bundle: true, format: 'esm', write: false }
  const { outputFiles } = await build(options)
  const scripts = {
    'classic script inside': `<script>${inline(`${iife}\n${SCRIPTS['/classic.js']}`)}</script>`,
    'ES module inside': `<script type="module">${inline(outputFiles[0].text)}</script>`,
  }
  const pages = { ...scripts, linked: LINKED }
  return Object.fromEntries(
    Object.entries(pages).map(([name, script], index) => {
      const file = join(folder, `page-${index}.html`)
      writeFileSync(file, HEAD + script)
      return [name, pathToFileURL(file).href]
    }),
  )
}

const FROM_DISK = 'from disk: '
const FROM_DISK_FORMS = ['classic script inside', 'ES module inside']
/** The forms that give createBrowserAuth; the others give createAuth. */
const IN_PAGE = ['landfall/browser', 'classic script', 'landfall/url', 'classic script inside']
const wanted = (form) => (IN_PAGE.includes(form) ? WORKS_IN_PAGE : WORKS)
const STRICT = "policy with 'wasm-unsafe-eval'"
const REFUSED = 'refused without it'
const table = makeTable('browser', [
  ...Object.keys(PAGES),
  ...FROM_DISK_FORMS.map((form) => FROM_DISK + form),
  STRICT,
  REFUSED,
])

let packed
let files
const sites = {}
before(async () => {
  packed = await installPacked()
  files = await writePages(packed.folder)
  const installed = join(packed.folder, 'node_modules/landfall')
  const pages = new Map(Object.entries(PAGES).map(([form, html]) => [encodeURI(`/${form}`), HEAD + html]))
  const answer = (url) => {
    if (pages.has(url)) return { body: pages.get(url) }
    const headers = { 'content-type': TYPES[extname(url)] }
    if (SCRIPTS[url]) return { headers, body: SCRIPTS[url] }
    return url.startsWith('/dist/') ? { headers, body: readFileSync(join(installed, url)) } : undefined
  }
  for (const [name, policy] of Object.entries(SITES))
    sites[name] = await startSite(({ url }) => {
      const found = answer(url)
      return found && { ...found, headers: { ...found.headers, ...policy } }
    })
})
after(async () => {
  for (const site of Object.values(sites)) await site.close()
  packed?.remove()
})

for (const [name, launch] of Object.entries(ENGINES)) {
  describe(name, () => {
    let browser
    let page
    before(async () => {
      browser = await launch()
      page = await browser.newPage()
      table.addRow(name, /[\d.]+/.exec(await browser.version())[0])
    })
    after(() => browser?.close())

    const open = async (url) => {
      await page.goto('about:blank')
      await page.goto(url)
      return until(page, 'globalThis.outcome')
    }
    const at = (site, form) => `${sites[site].origin}/${encodeURI(form)}`
    const check = (column, title, run) => test(title, () => table.check(name, column, run))

    for (const form of Object.keys(PAGES)) {
      check(form, form, async () => assert.deepEqual(await open(at('plain', form)), wanted(form)))
      check(STRICT, `${form}, ${STRICT}`, async () =>
        assert.deepEqual(await open(at('strict', form)), wanted(form)),
      )
      check(
        REFUSED,
        `${form}, ${REFUSED}: no path is safe, and whatever makes an app throws a CompileError`,
        async () => {
          const { thrown, next = [] } = await open(at('refusing', form))
          assert.equal(thrown, 'CompileError')
          for (const one of next) assert.equal(one, null)
        },
      )
    }
    for (const form of FROM_DISK_FORMS) {
      const column = FROM_DISK + form
      check(column, column, async () => assert.deepEqual(await open(files[form]), wanted(form)))
    }

    test('a page from disk gets no files beside it: that is why it holds the package inside', async () =>
      assert.deepEqual(await open(files.linked), ['no module', 'no wasm']))
  })
}

test('docs/runtimes.md has this table', () => table.keep('In a browser'))
