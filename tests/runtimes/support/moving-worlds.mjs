// Who an app of apps/moving/ signs in with: stand-ins, each of which knows the app's one redirect_uri.
import { BrowserJar } from '../../../stand-ins/browser-jar.mjs'
import { startOpenIdProvider } from '../../../stand-ins/openid-provider.mjs'
import { startProviders } from '../../../stand-ins/providers/server.mjs'

const SECRET = 'a secret of the tests, and long enough'

/**
 * @typedef {object} World
 * @property {import('./moving.mjs').Move} move
 * @property {string} redirectUri
 * @property {() => BrowserJar} makeJar a browser in which the provider's address is the stand-in's
 * @property {(who: 'other' | 'refused' | 'self') => void} become who signs in at the provider from now on
 * @property {(html: string) => Record<string, string> | undefined} answer what a person writes into a page of the provider; undefined: it is
 *   no page of the provider
 * @property {() => Promise<void>} close
 */

/** The variables of a provider. @param {string} name @param {{ clientId: string, clientSecret: string }} app @param {string} standIn */
const variablesOf = (name, { clientId, clientSecret }, standIn) => ({
  [`${name.toUpperCase()}_CLIENT_ID`]: clientId,
  [`${name.toUpperCase()}_CLIENT_SECRET`]: clientSecret,
  [`${name.toUpperCase()}_STAND_IN`]: standIn,
})

/**
 * One of the providers that Landfall knows by name. It allows at once.
 * @param {string} name
 * @param {object} options
 * @param {string[]} options.sites of the provider: the one that people see, and its API
 * @param {string} options.callback the path that is registered
 * @param {object} [options.registered] what else the provider knows of the app
 * @param {Record<string, object>} options.people what `other` and `refused` have there
 * @param {(env: () => Record<string, string>) => Promise<import('./moving.mjs').Move>} make
 * @returns {Promise<World>}
 */
export const openProvider = async (name, { sites, callback, registered, people }, make) => {
  const providers = await startProviders()
  const app = providers.apps[name]
  const standIns = Object.fromEntries(sites.map((site) => [site, site.replace('https:/', providers.origin)]))
  const variables = { AUTH_SECRET: SECRET, ...variablesOf(name, app, providers.origin) }
  const env = () => ({ STAND_INS: JSON.stringify(standIns), ...variables })
  const move = await make(env)
  const redirectUri = move.origin + callback
  Object.assign(app, registered, { redirectUri })
  const self = app.person.user
  const open = async ({ url }) => Response.redirect((await providers.open(url)).url)
  return {
    move,
    redirectUri,
    makeJar: () => new BrowserJar({ sites: { [sites[0]]: open } }),
    become: (who) => {
      app.person.user = { ...self, ...people[who] }
    },
    answer: () => undefined,
    close: async () => {
      await move.remove()
      await providers.stop()
    },
  }
}

/** A request, as the proxy before a provider passes it on. @param {number} port */
const passTo = (port) => async (request) => {
  const { host, pathname, search } = new URL(request.url)
  const headers = new Headers(request.headers)
  headers.set('x-forwarded-host', host)
  headers.set('x-forwarded-proto', 'https')
  const { method } = request
  const body = method === 'POST' ? await request.text() : undefined
  const init = { method, headers, body, redirect: 'manual' }
  return fetch(`http://127.0.0.1:${port}${pathname}${search}`, init)
}

/**
 * An OpenID provider that asks who one is, and remembers it.
 * @param {object} options
 * @param {string} [options.issuer] on https, for a library that asks by `fetch`; without it, the address of the stand-in
 * @param {string} options.callback the path that is registered
 * @param {{ client_id: string, client_secret: string, token_endpoint_auth_method: string }} options.client
 * @param {(issuer: string, origin: string) => Record<string, string>} options.variables
 * @param {(env: () => Record<string, string>) => Promise<import('./moving.mjs').Move>} make
 * @returns {Promise<World>}
 */
export const openIssuer = async ({ issuer: publicIssuer, callback, client, variables }, make) => {
  let provider
  let username = 'ada'
  const site = publicIssuer && new URL(publicIssuer).origin
  const standIns = () => (site ? { [site]: `http://127.0.0.1:${provider.port}` } : {})
  const move = await make(() => ({
    STAND_INS: JSON.stringify(standIns()),
    AUTH_SECRET: SECRET,
    ...variables(provider.issuer, move.origin),
  }))
  const redirectUri = move.origin + callback
  const clients = [{ ...client, redirect_uris: [redirectUri] }]
  provider = await startOpenIdProvider({ publicIssuer, clients })
  return {
    move,
    redirectUri,
    makeJar: () => new BrowserJar({ sites: site ? { [site]: passTo(provider.port) } : {} }),
    become: (who) => {
      username = who === 'self' ? 'ada' : who
    },
    answer(html) {
      if (!html.includes('action="/interaction/')) return undefined
      return html.includes('name="username"') ? { username, decision: 'sign-in' } : { decision: 'allow' }
    },
    close: async () => {
      await move.remove()
      await provider.close()
    },
  }
}
