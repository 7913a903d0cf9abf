// Rows of the comparison: other requests than the one expected, what reaches the app elsewhere, and what is left in the browser.
import { runInNewContext } from 'node:vm'

const VERIFIER = /-code-verifier$/
const SESSION = /-auth-token(?:\.\d+)?$/

/** Somebody asks for the address before the person does. */
const askedBefore = (init) => async (world) => {
  const address = await world.begin('/reports')
  await world.open(address, init)
  const exchanges = world.auth.stats.count('token')
  await world.open(address)
  return { redeemed: exchanges > 0, at: world.where().at, signedIn: await world.isSignedIn() }
}
const untouched = ({ redeemed, at, signedIn }) => [!redeemed, at === '/reports', signedIn]
const spent = { redeemed: true, at: '/auth/auth-code-error', signedIn: true }
const unspent = { redeemed: false, at: '/reports', signedIn: true }

/** Opens the link of an e-mail as a scanner does, and then as the person does. */
const scanned = (method) => async (world) => {
  const token_hash = world.auth.issueTokenHash({ type: 'magiclink' })
  const address = `${world.origin}/auth/confirm?${new URLSearchParams({ token_hash, type: 'magiclink', next: '/reports' })}`
  await world.open(address, { method }, world.newBrowser())
  const page = await world.open(address)
  if (world.landfall) await world.jar.submit(await page.text())
  return { at: world.where().at, signedIn: await world.isSignedIn() }
}
const arrives = ({ at, signedIn }) => [at === '/reports', signedIn]

/** A long session of an earlier sign-in is still in the browser. */
const withOldChunks = async (world) => {
  const { url } = world.auth
  const name = `sb-${new URL(url).hostname.split('.')[0]}-auth-token`
  const session = { access_token: 'a', refresh_token: 'b', expires_at: 9e9, user: { name: 'x'.repeat(9000) } }
  const value = `base64-${Buffer.from(JSON.stringify(session)).toString('base64url')}`
  for (const [index, chunk] of value.match(/.{1,3180}/g).entries()) {
    world.jar.cookies.store(`${name}.${index}=${chunk}; Path=/`, world.origin)
  }
  await world.open(await world.begin('/reports'))
  const left = world.jar.cookies.names().filter((one) => SESSION.test(one))
  return { chunks: left.length, signedIn: await world.isSignedIn() }
}

/** The Auth server does not allow the callback, and takes the Site URL in its place: nothing but the code is left. */
const atSiteRoot = async (world) => {
  const code = new URL(await world.begin('/reports')).searchParams.get('code')
  await world.open(`${world.origin}/?code=${code}`)
  return { at: world.where().at, signedIn: await world.isSignedIn() }
}

/** The five minutes pass at the provider: the Auth server has forgotten where the app wanted it to return to. */
const errorAtSiteRoot = async (world) => {
  await world.open(await world.begin('/reports', () => world.auth.clock.advance(301)))
  const { at, error } = world.where()
  return { at, error }
}

/**
 * A link of an e-mail that has expired: its failure is in the fragment of the callback. The page's own script is run, if it has one,
 * with what it needs of a browser.
 */
const failsInFragment = async (world) => {
  const { url } = world.auth
  const redirect_to = `${world.origin}/auth/callback`
  const link = `${url}/auth/v1/verify?${new URLSearchParams({ token: 'old', type: 'magiclink', redirect_to })}`
  const html = await (await world.open(link)).text()
  const [, callback, script] = /<script data-callback="([^"]*)">(.*?)<\/script>/s.exec(html) ?? []
  if (script) await runScript(world, script, callback)
  const { at, error, inFragment } = world.where()
  return { at, error, inFragment }
}

async function runScript({ jar, open }, script, callback) {
  const location = Object.assign(new URL(jar.url), { replace: (path) => (location.target = path) })
  const page = { location, URLSearchParams, history: { replaceState() {} }, addEventListener() {} }
  runInNewContext(script, { ...page, document: { currentScript: { dataset: { callback } } } })
  if (location.target) await open(new URL(location.target, jar.url).href)
}

export const REQUEST_ROWS = [
  {
    scenario: 'HEAD on the callback, then the visit of the person',
    run: askedBefore({ method: 'HEAD' }),
    good: untouched,
    guide: { is: spent, says: 'HEAD uses the code up; the person sees the error page' },
    landfall: { is: unspent, says: 'HEAD does nothing; the person lands on the page' },
  },
  {
    scenario: 'A prefetch of the callback (`Sec-Purpose: prefetch`), then the visit of the person',
    run: askedBefore({ headers: { 'sec-purpose': 'prefetch' } }),
    good: untouched,
    guide: { is: spent, says: 'the prefetch uses the code up; the person sees the error page' },
    landfall: { is: unspent, says: 'the prefetch does nothing; the person lands on the page' },
  },
  {
    scenario: 'A mail scanner requests the e-mail link with HEAD, then the person opens it',
    run: scanned('HEAD'),
    good: arrives,
    guide: { is: { at: '/auth/auth-code-error', signedIn: false }, says: 'the link is used up' },
    landfall: { is: { at: '/reports', signedIn: true }, says: 'the link works' },
  },
  {
    scenario: 'A mail scanner opens the e-mail link, then the person opens it',
    run: scanned('GET'),
    good: arrives,
    guide: { is: { at: '/auth/auth-code-error', signedIn: false }, says: 'the link is used up' },
    landfall: { is: { at: '/reports', signedIn: true }, says: 'the link works after a click on its button' },
  },
  {
    scenario: 'Chunks of an older, longer session are in the browser',
    run: withOldChunks,
    good: ({ chunks, signedIn }) => [chunks === 2, signedIn],
    guide: { is: { chunks: 2, signedIn: true }, says: 'they are removed' },
    landfall: { is: { chunks: 2, signedIn: true }, says: 'they are removed' },
  },
  {
    scenario: 'The code arrives at the Site URL, because the callback is not in the project’s redirect URLs',
    run: atSiteRoot,
    good: arrives,
    guide: { is: { at: '/', signedIn: false }, says: 'nothing happens: the person is not signed in' },
    landfall: {
      is: { at: '/reports', signedIn: true },
      says: '`auth.handle` finishes it and lands on the page',
    },
  },
  {
    scenario: 'An error arrives at the Site URL, because the sign-in took too long at the provider',
    run: errorAtSiteRoot,
    good: ({ at, error }) => [at === '/auth/auth-code-error', error === 'bad_oauth_state'],
    guide: {
      is: { at: '/', error: 'invalid_request' },
      says: 'nothing happens: the start page, with an error in its address',
    },
    landfall: {
      is: { at: '/auth/auth-code-error', error: 'bad_oauth_state' },
      says: 'the error page with `error=bad_oauth_state`',
    },
  },
  {
    scenario: 'An e-mail link has expired, and only the fragment has the reason',
    run: failsInFragment,
    good: ({ error, inFragment }) => [error !== '' || inFragment !== '', error === 'otp_expired'],
    guide: {
      is: { at: '/auth/auth-code-error', error: '', inFragment: 'access_denied' },
      says: 'the error page, without a reason; only a script can read the fragment',
    },
    landfall: {
      is: { at: '/auth/auth-code-error', error: 'otp_expired', inFragment: '' },
      says: 'a script on the page reads it: the error page with `error=otp_expired`',
    },
  },
  {
    scenario: 'The person opens the callback with somebody else’s fragment (`#access_token=…`)',
    run: async (world) => {
      const address = await world.begin('/reports')
      await world.open(`${address}#access_token=theirs`)
      return { at: world.where().at, carried: new URL(world.jar.url).hash !== '' }
    },
    good: ({ carried }) => [!carried],
    guide: { is: { at: '/reports', carried: true }, says: 'the browser takes it to the page' },
    landfall: { is: { at: '/reports', carried: false }, says: 'Landfall drops it' },
  },
  {
    scenario: 'Remaining cookies with a `code_verifier` after a sign-in',
    run: async (world) => {
      await world.open(await world.begin('/reports'))
      return { left: world.jar.cookies.names().filter((name) => VERIFIER.test(name)).length }
    },
    good: ({ left }) => [left === 0],
    guide: { is: { left: 2 }, says: '2' },
    landfall: { is: { left: 0 }, says: '0' },
  },
  {
    scenario: 'Headers of the response that sets the session',
    run: async (world) => {
      const { hops } = await world.open(await world.begin('/reports'))
      const { headers } = hops[0]
      return {
        noStore: /\bno-store\b/.test(headers.get('cache-control') ?? ''),
        noReferrer: headers.get('referrer-policy') === 'no-referrer',
      }
    },
    good: ({ noStore, noReferrer }) => [noStore, noReferrer],
    guide: {
      is: { noStore: false, noReferrer: false },
      says: 'nothing about caches or the Referer',
    },
    landfall: {
      is: { noStore: true, noReferrer: true },
      says: '`Cache-Control: private, no-store, …`, `Referrer-Policy: no-referrer`',
    },
  },
]
