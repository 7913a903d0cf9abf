// An app of one's own on each major of a framework: built in strict TypeScript without an environment, and signed in to by the adapter.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { PATHS, startOAuthProvider } from '../../stand-ins/oauth-provider.mjs'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'
import { useBrowser } from '../browser/support/browser.mjs'
import { ASTRO_APPS } from './support/astro-app.mjs'
import { ASTRO_CASES } from './support/cases-astro.mjs'
import { NEXT_CASES, NEXT_ROUTES_CASES } from './support/cases-next.mjs'
import { COOKIE_CASES } from './support/cases-next-cookies.mjs'
import { LOCATION_CASES, REACT_ROUTER_CASES } from './support/cases-react-router.mjs'
import { SVELTEKIT_CASES } from './support/cases-sveltekit.mjs'
import { NEXT_APPS } from './support/next-app.mjs'
import { OPENNEXT_APPS } from './support/opennext-app.mjs'
import { REACT_ROUTER_APPS } from './support/react-router-app.mjs'
import { SVELTEKIT_APPS } from './support/sveltekit-app.mjs'
import { makeTable } from './support/table.mjs'
import { takeTurns } from './support/turns.mjs'

const [AUTHORIZE, TOKEN] = Object.keys(PATHS)
const SECRET = 'a secret of the tests, and long enough'
const BUILD = 'build without variables'
const TYPES = 'types'

/** The apps of a framework, the cases that make its cells, and those about the framework alone. */
const FRAMEWORKS = [
  { apps: NEXT_APPS, cases: NEXT_CASES, own: COOKIE_CASES },
  { apps: OPENNEXT_APPS, cases: NEXT_ROUTES_CASES, own: {} },
  { apps: SVELTEKIT_APPS, cases: SVELTEKIT_CASES, own: {} },
  { apps: ASTRO_APPS, cases: ASTRO_CASES, own: {} },
  { apps: REACT_ROUTER_APPS, cases: REACT_ROUTER_CASES, own: LOCATION_CASES },
]
const ROWS = FRAMEWORKS.flatMap(({ apps, ...rest }) =>
  takeTurns(Object.keys(apps), ['Next 16, Turbopack', 'SvelteKit 3']).map((name) => ({
    name,
    make: apps[name],
    ...rest,
  })),
)

const table = makeTable('app', [BUILD, TYPES, ...Object.keys(NEXT_CASES)])
const browser = useBrowser()

for (const { name, make, cases, own } of ROWS) {
  describe(name, () => {
    let provider
    let supabase
    let app
    let running
    before(async () => {
      provider = await startOAuthProvider()
      supabase = await startSupabaseAuth({ allowList: ['http://localhost:*/**', 'http://127.0.0.1:*/**'] })
      app = await make()
      table.addRow(name, app.version)
    })
    after(async () => {
      await running?.stop()
      await Promise.all([provider?.close(), supabase?.close()])
    })
    const environment = (origin) => ({
      APP_ORIGIN: origin,
      AUTH_SECRET: SECRET,
      WORK_CLIENT_ID: 'demo-client',
      WORK_CLIENT_SECRET: 'demo-secret',
      WORK_AUTHORIZATION_ENDPOINT: provider.origin + AUTHORIZE,
      WORK_TOKEN_ENDPOINT: provider.origin + TOKEN,
    })
    /** What no route of the table needs. */
    const more = () => ({ SUPABASE_URL: supabase.url, SUPABASE_ANON_KEY: supabase.key })
    const missing = async (origin) => (await (await fetch(`${origin}/not-set`)).json()).notSet

    test('it builds with no variable set, where it needs a build, and no event tells of the build’s own work', () =>
      app.build && table.check(name, BUILD, async () => assert.doesNotMatch(await app.build(), /event=/)))

    test('its types fit, those that the framework writes too', () =>
      table.check(name, TYPES, async () => assert.equal(await app.checkTypes(), '')))

    test('started without its variables, it says which', async (t) => {
      const { origin, stop } = await app.start()
      t.after(stop)
      const notSet = await missing(origin)
      assert.deepEqual(notSet.map(({ variable }) => variable).sort(), Object.keys(environment('')).sort())
      const jar = new BrowserJar()
      const page = await (await jar.fetch(`${origin}/auth/sign-in?provider=work`)).text()
      const first = notSet.find(({ option }) => page.includes(option))
      assert.ok(first && page.includes(first.variable), page)
      assert.equal(provider.requests.length, 0)
      assert.equal((await fetch(origin)).status, 200)
    })

    test('started with them, nothing is missing', async () => {
      running = await app.start((origin) => ({ ...environment(origin), ...more() }))
      assert.deepEqual(await missing(running.origin), [])
    })

    const world = () => ({
      ...running,
      version: app.version,
      provider,
      supabase,
      secret: SECRET,
      browser,
    })
    for (const [column, each] of Object.entries(cases))
      for (const [title, run] of Object.entries(each))
        test(`${column}: ${title}`, () => table.check(name, column, () => run(world())))

    for (const [title, run] of Object.entries(own)) test(`the framework: ${title}`, () => run(world()))
  })
}

test('docs/runtimes.md has this table', () => table.keep('In a framework'))
