// A world for one module: a provider with its fault, an app with Landfall behind node:http, and a browser.
import { createServer } from 'node:http'
import { createAuth } from '../../dist/index.js'
import { getSession, toNodeHandler, verifyLogoutToken } from '../../dist/node.js'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { CLIENT, makeKey, startProvider } from './provider.mjs'

const SECRET = 'the secret of an app under test: 32 bytes and more'
const keys = [await makeKey('RS256')]

/** What is no route of Landfall's: pages of the app, as its documents show them. */
const makePages = (world) => ({
  /** Where the provider posts logout tokens. */
  '/logout': async (request, response) => {
    const told = await verifyLogoutToken(world.auth, request).catch((error) => error)
    world.told.push(told instanceof Error ? `${told.code} ${told.parameter}` : `sub=${told.sub}`)
    response.writeHead(told instanceof Error ? 400 : 200, { 'cache-control': 'no-store' }).end()
  },
  /** Asks the provider for something with the person's access token. */
  '/profile': async ({ headers: { cookie } }, response) => {
    const { issuer } = world.provider
    const input = new Request(world.origin, { headers: { cookie } })
    const answer = await world.auth
      .getAccessToken(input)
      .then(({ accessToken, setCookie }) => {
        response.setHeader('set-cookie', setCookie)
        return fetch(`${issuer}/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } })
      })
      .then(({ ok }) => (ok ? 'renewed' : 'refused'))
      .catch(({ code }) => code)
    response.end(answer)
  },
  /** Who is signed in. */
  '/me': (request, response) =>
    response.end(JSON.stringify(getSession(world.auth, request, response)?.user ?? null)),
})

const startApp = async (world, provider, options) => {
  const pages = makePages(world)
  let handle
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url, world.origin).pathname]
    return page ? page(request, response) : handle(request, response, () => response.end('The app'))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  world.origin = `http://127.0.0.1:${server.address().port}`
  world.auth = createAuth({
    origin: world.origin,
    secret: SECRET,
    session: { tokens: true, endProviderSession: true },
    providers: {
      op: {
        ...CLIENT,
        issuer: world.provider.issuer,
        scopes: 'openid profile email',
        userinfo: true,
        ...provider,
      },
      // With a second one, a link to sign in says which.
      other: {
        ...CLIENT,
        authorizationEndpoint: 'https://b.example/a',
        tokenEndpoint: 'https://b.example/t',
      },
    },
    onSession: (session) => void world.sessions.push(session),
    onEvent: (event) => world.events.push(event),
    ...options,
  })
  handle = toNodeHandler(world.auth)
  world.provider.registered = {
    redirectUri: `${world.origin}/auth/callback/op`,
    postLogoutRedirectUri: `${world.origin}/auth/sign-out`,
    logoutUri: `${world.origin}/logout`,
  }
  return server
}

/**
 * @param {object} [row] of a table
 * @param {import('./provider.mjs').Faults} [row.faults]
 * @param {() => Promise<import('./provider.mjs').Key[]>} [row.keys] the provider's, in place of one for RS256
 * @param {object} [row.provider] more of the provider's options
 * @param {object} [row.options] more of createAuth's
 */
export const openWorld = async (row = {}) => {
  const world = { events: [], sessions: [], told: [], jar: new BrowserJar() }
  world.provider = await startProvider(row.faults ?? {}, (await row.keys?.()) ?? keys)
  const server = await startApp(world, row.provider, row.options)
  world.close = () => {
    server.closeAllConnections()
    return Promise.all([new Promise((resolve) => server.close(resolve)), world.provider.close()])
  }
  return world
}

/** Opens an address of the app. A form that the provider answers with is submitted, as its script does. */
export const visit = async ({ jar, origin }, path, init) => {
  const response = await jar.fetch(origin + path, init)
  const html = await response.text()
  return html.startsWith('<form') ? jar.submit(html) : html
}

/** What came of it, as the app, the provider and the browser see it. */
export const factsOf = async (world) => {
  const at = new URL(world.jar.url)
  const { code, ok } = world.events.findLast(({ type }) => type !== 'warning')
  return {
    outcome: ok ? 'ok' : code,
    asked: world.provider.asked.join(' '),
    sessions: world.sessions.length,
    user: JSON.parse(await visit(world, '/me'))?.sub ?? null,
    at: at.pathname,
    complaints: world.provider.complaints,
  }
}
