// Rows of the comparison: the sign-in itself, and what can come between.
import { FAILURES } from '../../stand-ins/supabase-failure-table.mjs'

/** A page of the app was reached, signed in. */
const arrives = async (world, address) => {
  await world.open(address)
  return { ...world.where(), signedIn: await world.isSignedIn() }
}

const isThere = ({ at, signedIn }) => [at === '/reports', signedIn]
const isExplained = ({ error, inFragment }) => [error !== '' || inFragment !== '', error !== '']
const nothing = { error: '', next: '', inFragment: '' }
const there = { ...nothing, at: '/reports', signedIn: true }
const failed = { ...nothing, at: '/auth/auth-code-error', signedIn: false }
/** The error page, with a code and the way to start again. */
const explained = (error) => ({ ...failed, error, next: '/reports' })

/** The token endpoint fails once. */
const failsOnce = (answer) => async (world) => {
  const address = await world.begin('/reports')
  const answers = [answer]
  world.auth.script(({ endpoint }) => (endpoint === 'token' ? answers.shift() : undefined))
  return arrives(world, address)
}

const twoTabs = (order) => async (world) => {
  const tabs = [await world.begin('/first'), await world.begin('/second')]
  const ends = ['', '']
  for (const tab of order) {
    await world.open(tabs[tab])
    ends[tab] = world.where().at
  }
  return { first: ends[0], second: ends[1] }
}
const bothThere = ({ first, second }) => [first === '/first', second === '/second']

export const SIGN_IN_ROWS = [
  {
    scenario: 'Sign-in with `next`',
    run: async (world) => arrives(world, await world.begin('/reports')),
    good: isThere,
    guide: { is: there, says: 'lands on the page' },
    landfall: { is: there, says: 'lands on the page' },
  },
  {
    scenario: 'Two tabs start a sign-in; the first one comes back first',
    run: twoTabs([0, 1]),
    good: bothThere,
    guide: {
      is: { first: '/auth/auth-code-error', second: '/second' },
      says: 'the first tab fails: the second tab replaced its `code_verifier`',
    },
    landfall: { is: { first: '/first', second: '/second' }, says: 'each tab lands on its own page' },
  },
  {
    scenario: 'Two tabs start a sign-in; the second one comes back first',
    run: twoTabs([1, 0]),
    good: bothThere,
    guide: {
      is: { first: '/auth/auth-code-error', second: '/second' },
      says: 'the first tab fails: its `code_verifier` is gone',
    },
    landfall: { is: { first: '/first', second: '/second' }, says: 'each tab lands on its own page' },
  },
  {
    scenario: 'The token endpoint answers 500 once',
    run: failsOnce(FAILURES.unexpected),
    good: isThere,
    guide: { is: failed, says: 'the error page, and the sign-in is lost' },
    landfall: { is: there, says: 'asks again and lands on the page' },
  },
  {
    scenario: 'The connection to the token endpoint breaks once',
    run: failsOnce({ body: 'x', cutAfter: 0 }),
    good: isThere,
    guide: { is: failed, says: 'the error page, and the sign-in is lost' },
    landfall: { is: there, says: 'asks again and lands on the page' },
  },
  {
    scenario: 'The token endpoint is down',
    routes: ['next', 'express'],
    run: async (world) => {
      const address = await world.begin('/reports')
      world.auth.script(({ endpoint }) => (endpoint === 'token' ? FAILURES.unexpected : undefined))
      await world.open(address)
      return world.where()
    },
    good: ({ at, error }) => [at === failed.at, error !== ''],
    guide: {
      is: { next: { ...nothing, at: failed.at }, express: { ...nothing, at: '/reports' } },
      says: 'the error page, without a reason; Express redirects to the page as if the sign-in had worked',
    },
    landfall: {
      is: { ...nothing, at: failed.at, error: 'supabase_unavailable', next: '/reports' },
      says: 'the error page with `error=supabase_unavailable`',
    },
  },
  {
    scenario: 'The person refuses at the provider',
    settings: { server: { outcome: 'denied' } },
    run: async (world) => arrives(world, await world.begin('/reports')),
    good: isExplained,
    guide: {
      is: { ...failed, inFragment: 'access_denied' },
      says: 'the error page; the route drops the reason, and only the fragment still has it',
    },
    landfall: {
      is: explained('provider_access_denied'),
      says: 'the error page with `error=provider_access_denied` and `next`',
    },
  },
  {
    scenario: 'The provider gives no e-mail address',
    settings: { server: { outcome: 'no_email' } },
    run: async (world) => arrives(world, await world.begin('/reports')),
    good: (facts) => [...isExplained(facts), facts.error === 'email_not_provided'],
    guide: {
      is: { ...failed, inFragment: 'server_error' },
      says: 'the error page; `server_error` in the fragment',
    },
    landfall: {
      is: explained('email_not_provided'),
      says: 'the error page with `error=email_not_provided`',
    },
  },
  {
    scenario: 'The code is older than five minutes, the limit of Supabase',
    run: async (world) => {
      const address = await world.begin('/reports')
      world.auth.clock.advance(301)
      return arrives(world, address)
    },
    good: isExplained,
    guide: { is: failed, says: 'the error page, without a reason' },
    landfall: {
      is: explained('flow_state_expired'),
      says: 'the error page with `error=flow_state_expired`',
    },
  },
  {
    scenario: 'The person opens the callback again after the sign-in',
    run: async (world) => {
      const address = await world.begin('/reports')
      await world.open(address)
      return arrives(world, address)
    },
    good: ({ error, signedIn }) => [signedIn, error !== ''],
    guide: {
      is: { ...failed, signedIn: true },
      says: 'the error page, without a reason, though the person is signed in',
    },
    landfall: {
      is: { ...failed, error: 'transaction_used', signedIn: true },
      says: 'the error page with `error=transaction_used`: already finished',
    },
  },
  {
    scenario: 'The sign-in started in another browser',
    run: async (world) => {
      const address = await world.begin('/reports')
      const other = world.newBrowser()
      await world.open(address, {}, other)
      const { pathname, searchParams } = new URL(other.url)
      return { at: pathname, error: searchParams.get('error') ?? '' }
    },
    good: ({ error }) => [error !== ''],
    guide: {
      is: { at: failed.at, error: '' },
      says: 'the error page, without a reason',
    },
    landfall: {
      is: { at: failed.at, error: 'transaction_cookies_blocked' },
      says: 'the error page with `error=transaction_cookies_blocked`',
    },
  },
  {
    scenario:
      'The page starts with one Supabase URL, the server finishes with another (`localhost`, `127.0.0.1`)',
    run: async (world) => {
      const project = { ...world.auth, url: world.auth.url.replace('127.0.0.1', 'localhost') }
      const options = { redirectTo: `${world.origin}/auth/callback?next=%2Freports` }
      const { data } = await world
        .client({}, project)
        .auth.signInWithOAuth({ provider: 'bitbucket', options })
      return arrives(world, await world.returnAddress(data.url))
    },
    good: isExplained,
    guide: { is: failed, says: 'the error page, without a reason' },
    landfall: {
      is: explained('verifier_other_project'),
      says: 'the error page with `error=verifier_other_project`',
    },
  },
]
