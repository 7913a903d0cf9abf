// Rows of the comparison: the way out, and cookies on a domain.

const asks = (how) => async (world) => {
  await world.open(await world.begin('/reports'))
  const { hops } = await world.signOut(how)
  return { refused: hops[0].status >= 400, signedIn: await world.isSignedIn() }
}
/** Puts the session's cookies under the host alone, as an app did that had no domain yet: older, so they are sent first. */
const withoutDomain = ({ jar, origin }) => {
  const session = jar.cookies.matching(origin).filter(({ name }) => SESSION.test(name))
  jar.cookies.delete()
  for (const { name, value } of session)
    jar.cookies.store(`${name}=${value}; Path=/`, origin, Date.now() - 60_000)
}
const SESSION = /-auth-token(?:\.\d+)?$/

const DOMAIN = { origin: 'https://www.app.example', cookieOptions: { domain: 'app.example' } }

export const SIGN_OUT_ROWS = [
  {
    scenario: 'Sign-out',
    run: asks(),
    good: ({ signedIn }) => [!signedIn],
    guide: { is: { refused: false, signedIn: false }, says: 'signed out' },
    landfall: { is: { refused: false, signedIn: false }, says: 'signed out' },
  },
  {
    scenario: 'Sign-out by GET, like a prefetched link',
    run: asks({ method: 'GET' }),
    good: ({ signedIn }) => [signedIn],
    guide: { is: { refused: true, signedIn: true }, says: 'refused' },
    landfall: { is: { refused: true, signedIn: true }, says: 'refused' },
  },
  {
    scenario: 'Sign-out by a form on another origin of the same site: SameSite does not stop it',
    run: asks({ from: 'https://pages.app.example/', headers: { 'sec-fetch-site': 'same-site' } }),
    good: ({ signedIn }) => [signedIn],
    guide: { is: { refused: false, signedIn: false }, says: 'signed out' },
    landfall: { is: { refused: true, signedIn: true }, says: 'refused' },
  },
  {
    scenario: 'Sign-out with cookies on a domain',
    settings: DOMAIN,
    run: asks(),
    good: ({ signedIn }) => [!signedIn],
    guide: { is: { refused: false, signedIn: false }, says: 'signed out' },
    landfall: { is: { refused: false, signedIn: false }, says: 'signed out' },
  },
  {
    scenario: 'Old cookies without a domain, then a sign-in with a domain',
    settings: DOMAIN,
    run: async (world) => {
      const { cookieOptions } = DOMAIN
      const readToken = async () => {
        const { data } = await world.client({ cookieOptions }).auth.getSession()
        return data.session.access_token
      }
      await world.open(await world.begin('/reports'))
      const before = await readToken()
      withoutDomain(world)
      await world.open(await world.begin('/reports'))
      return { isNew: (await readToken()) !== before }
    },
    good: ({ isNew }) => [isNew],
    guide: { is: { isNew: false }, says: 'the old session stays in front of the new one' },
    landfall: { is: { isNew: true }, says: 'the new session' },
  },
  {
    scenario: 'The same cookies, then a sign-out',
    settings: DOMAIN,
    run: async (world) => {
      await world.open(await world.begin('/reports'))
      withoutDomain(world)
      await world.signOut()
      return { left: world.jar.cookies.names().filter((name) => SESSION.test(name)).length }
    },
    good: ({ left }) => [left === 0],
    guide: { is: { left: 2 }, says: 'the old cookies stay: Next.js keeps one line for each name' },
    landfall: { is: { left: 0 }, says: 'all are removed' },
  },
]
