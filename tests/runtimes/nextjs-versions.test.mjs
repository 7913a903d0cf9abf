// An app of one's own on each major of Next.js: built in strict TypeScript without an environment, and signed in to by landfall/next.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { PATHS, startOAuthProvider } from '../../stand-ins/oauth-provider.mjs'
import { useBrowser } from '../browser/support/browser.mjs'
import { NEXT_CASES } from './support/cases-next.mjs'
import { COOKIE_CASES } from './support/cases-next-cookies.mjs'
import { makeNextApp, NEXT_APPS } from './support/next-app.mjs'
import { makeTable } from './support/table.mjs'

const [AUTHORIZE, TOKEN] = Object.keys(PATHS)
const SECRET = 'a secret of the tests, and long enough'
const BUILD = 'build without variables'
const TYPES = 'types'

const table = makeTable('app', [BUILD, TYPES, ...Object.keys(NEXT_CASES)])
const browser = useBrowser()

for (const [name, variant] of Object.entries(NEXT_APPS)) {
  describe(name, () => {
    let provider
    let app
    let running
    before(async () => {
      provider = await startOAuthProvider()
      app = await makeNextApp(variant)
      table.addRow(name, variant.version)
    })
    after(async () => {
      await running?.stop()
      await provider?.close()
    })
    const environment = (origin) => ({
      APP_ORIGIN: origin,
      AUTH_SECRET: SECRET,
      WORK_CLIENT_ID: 'demo-client',
      WORK_CLIENT_SECRET: 'demo-secret',
      WORK_AUTHORIZATION_ENDPOINT: provider.origin + AUTHORIZE,
      WORK_TOKEN_ENDPOINT: provider.origin + TOKEN,
    })
    const missing = async (origin) => (await (await fetch(`${origin}/not-set`)).json()).notSet

    if (variant.serve !== 'dev') {
      test('`next build` takes the routes as they are, with no variable set, and no event tells of its own work', () =>
        table.check(name, BUILD, async () => assert.doesNotMatch(await app.build(), /event=/)))

      test('so does `tsc` with the types that Next writes', () =>
        table.check(name, TYPES, async () => assert.equal(await app.checkTypes(), '')))
    }

    test('started without its variables, it says which', async (t) => {
      const { origin, stop } = await app.start()
      t.after(stop)
      const notSet = await missing(origin)
      assert.deepEqual(notSet.map(({ variable }) => variable).sort(), Object.keys(environment('')).sort())
      for (const folder of ['/auth', '/proxied']) {
        const jar = new BrowserJar()
        const page = await (await jar.fetch(`${origin}${folder}/sign-in?provider=work`)).text()
        const first = notSet.find(({ option }) => page.includes(option))
        assert.ok(first && page.includes(first.variable), page)
      }
      assert.equal(provider.requests.length, 0)
      assert.equal((await fetch(origin)).status, 200)
    })

    test('started with them, nothing is missing', async () => {
      running = await app.start(environment)
      assert.deepEqual(await missing(running.origin), [])
    })

    const world = () => ({ origin: running.origin, version: variant.version, provider, browser })
    for (const [column, cases] of Object.entries(NEXT_CASES))
      for (const [title, run] of Object.entries(cases))
        test(`${column}: ${title}`, () => table.check(name, column, () => run(world())))

    for (const [title, run] of Object.entries(COOKIE_CASES)) test(`cookies: ${title}`, () => run(world()))
  })
}

test('docs/runtimes.md has this table', () => table.keep('In a framework'))
