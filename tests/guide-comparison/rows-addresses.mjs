// Rows of the comparison: where `next` may lead, and what the app knows of its own address.
import { FAILURES } from '../../stand-ins/supabase-failure-table.mjs'

const EVIL = 'evil.example'

/** Where a sign-in with this `next` ends: `stays` in the app, or the host that it leaves for. */
const leads = (next) => async (world) => {
  await world.open(await world.begin(next))
  const { origin, host } = new URL(world.jar.url)
  return { leaves: origin === world.origin ? '' : host, signedIn: await world.isSignedIn() }
}
const hostile = (shown, next, { leaving, says }) => ({
  scenario: `\`next=${shown}\``,
  routes: ['next', 'sveltekit', 'express'],
  run: leads(next),
  good: ({ leaves, signedIn }) => [leaves === '', signedIn],
  guide: {
    is: Object.fromEntries(
      ['next', 'sveltekit', 'express'].map((route) => [
        route,
        { leaves: leaving.includes(route) ? EVIL : '', signedIn: true },
      ]),
    ),
    says,
  },
  landfall: { is: { leaves: '', signedIn: true }, says: 'stays in the app' },
})

const whole = async (world, address) => {
  await world.open(address)
  const url = new URL(world.jar.url)
  return { ends: `${url.origin}${url.pathname}` }
}
const finish = async (world) => whole(world, await world.begin('/reports'))
/** The same, with a code that is refused. */
const fail = async (world) => {
  const address = await world.begin('/reports')
  world.auth.script(({ endpoint }) => (endpoint === 'token' ? FAILURES.timeout : undefined))
  return whole(world, address)
}
const wants =
  (address) =>
  ({ ends }) => [ends === address]
const INTERNAL = 'http://10.0.0.7:3000'
const REPORTS = 'https://app.example/reports'
const ERROR_PAGE = 'https://app.example/auth/auth-code-error'

const ORDINARY = [
  '/ü',
  '/a b',
  '/a%2Fb',
  '/a//b',
  '/@x:y',
  '/x?u=https://b.example/c',
  '/x?a=1&b=2#part',
  '/x?code=1',
]

/** Where each of these ends, as the app's server and a script see it. */
const ends = (list) => async (world) => {
  const seen = []
  for (const next of list) {
    await world.open(await world.begin(next))
    const { pathname, search, hash } = new URL(world.jar.url)
    seen.push(pathname + search + hash)
  }
  return { seen }
}
const asWritten = ORDINARY.map((next) => {
  const { pathname, search, hash } = new URL(next, 'https://app.example')
  return pathname + search + hash
})

const LONG = `/${'a'.repeat(6000)}`
const stricter = (shown, next, lands) => ({
  scenario: `\`next=${shown}\`${next === LONG ? ', 6000 bytes' : ''}`,
  run: ends([next]),
  guide: { is: { seen: [lands] }, says: lands === LONG ? 'goes there' : `goes to \`${lands}\`` },
  landfall: { is: { seen: ['/'] }, says: 'goes to `/`, or `afterSignIn`' },
})

/** Not better and not worse: Landfall takes less, for a reason. */
export const STRICTER_ROWS = [
  stricter('/a/../b', '/a/../b', '/b'),
  stricter('/a\\b', '/a\\b', '/a/b'),
  stricter('/aaa…', LONG, LONG),
]

export const ADDRESS_ROWS = [
  {
    scenario: '`next` with letters of any script, spaces, `//`, `@`, `:`, a query, a fragment',
    run: ends(ORDINARY),
    good: ({ seen }) => seen.map((one, index) => one === asWritten[index]),
    guide: { is: { seen: asWritten }, says: 'lands on the page' },
    landfall: { is: { seen: asWritten }, says: 'lands on the page' },
  },
  hostile('//evil.example', '//evil.example', {
    leaving: ['sveltekit', 'express'],
    says: 'Next.js stays in the app; **SvelteKit and Express leave for evil.example**',
  }),
  hostile('/\\evil.example', '/\\evil.example', {
    leaving: ['sveltekit', 'express'],
    says: 'Next.js stays in the app; **SvelteKit and Express leave for evil.example**',
  }),
  hostile('/%09/evil.example', '/\t/evil.example', {
    leaving: ['sveltekit'],
    says: 'Next.js and Express stay in the app; **SvelteKit leaves for evil.example**',
  }),
  hostile('https://evil.example', 'https://evil.example', { leaving: [], says: 'stays in the app' }),
  {
    scenario: 'Behind a proxy that sets `X-Forwarded-Host`',
    settings: { proxy: { url: INTERNAL, headers: { 'x-forwarded-host': 'app.example' } } },
    run: finish,
    good: wants(REPORTS),
    guide: { is: { ends: REPORTS }, says: 'lands on the page' },
    landfall: { is: { ends: REPORTS }, says: 'lands on the page' },
  },
  {
    scenario: 'Behind the same proxy, a sign-in that fails',
    settings: { proxy: { url: INTERNAL, headers: { 'x-forwarded-host': 'app.example' } } },
    run: fail,
    good: wants(ERROR_PAGE),
    guide: {
      is: { ends: `${INTERNAL}/auth/auth-code-error` },
      says: 'the browser goes to the internal address',
    },
    landfall: { is: { ends: ERROR_PAGE }, says: 'the error page' },
  },
  {
    scenario: 'A request with a forged `X-Forwarded-Host: evil.example`',
    run: async (world) => {
      const address = await world.begin('/reports')
      await world.open(address, { headers: { 'x-forwarded-host': EVIL } })
      const url = new URL(world.jar.url)
      return { ends: `${url.origin}${url.pathname}` }
    },
    good: wants(REPORTS),
    guide: { is: { ends: 'https://evil.example/reports' }, says: '**leaves for evil.example**' },
    landfall: { is: { ends: REPORTS }, says: 'lands on the page' },
  },
  {
    scenario: 'In a container that listens on 0.0.0.0, behind a proxy that sets no header',
    settings: { proxy: { url: 'http://0.0.0.0:3000' } },
    run: finish,
    good: wants(REPORTS),
    guide: { is: { ends: 'http://0.0.0.0:3000/reports' }, says: 'the browser goes to `0.0.0.0:3000`' },
    landfall: { is: { ends: REPORTS }, says: 'lands on the page' },
  },
  {
    scenario: 'A production build on http://localhost, whose server names its own host like `next start`',
    settings: {
      origin: 'http://localhost:3000',
      proxy: { url: 'http://localhost:3000', headers: { 'x-forwarded-host': 'localhost:3000' } },
    },
    run: finish,
    good: wants('http://localhost:3000/reports'),
    guide: {
      is: { ends: 'https://localhost:3000/reports' },
      says: 'the browser goes to https, and no server listens there',
    },
    landfall: { is: { ends: 'http://localhost:3000/reports' }, says: 'lands on the page' },
  },
]
