// Three processes of an app with sessions, and a real OpenID provider at which its people sign in.
import { startOpenIdProvider } from '../../stand-ins/openid-provider.mjs'
import { startFleet } from './fleet.mjs'

const SECRET = 'the secret of an app under load: 32 bytes and more'

/**
 * @param {import('node:test').TestContext} t
 * @param {string[]} folders the package of each process
 * @param {Parameters<typeof startOpenIdProvider>[0]['intercept']} [intercept] of the provider
 */
export const startWorld = async (t, folders, intercept) => {
  const fleet = await startFleet(folders)
  t.after(fleet.close)
  const { origin } = fleet
  const client = {
    client_id: 'app',
    redirect_uris: [`${origin}/auth/callback/op`],
    post_logout_redirect_uris: [`${origin}/auth/sign-out`],
  }
  const provider = await startOpenIdProvider({ clients: [client], intercept })
  t.after(provider.close)
  const op = { issuer: provider.issuer, clientId: 'app', scopes: 'openid' }
  fleet.open({
    origin,
    secret: SECRET,
    session: { tokens: true, endProviderSession: true },
    providers: { op },
  })
  return { fleet, provider }
}

/** What happens to all people of a world. */
export const makeCounts = () => ({ reloads: 0, retries: 0, errors: [], crossings: new Set() })

/** @param {number[]} heaps bytes of each process */
export const showHeaps = (heaps) => heaps.map((bytes) => `${Math.round(bytes / 1024)} KiB`).join(', ')
