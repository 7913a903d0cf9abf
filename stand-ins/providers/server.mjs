// All providers that Landfall knows by name, on one loopback address. Each checks what its documents say.
// The real https://github.com/login/oauth/access_token is at http://127.0.0.1:PORT/github.com/login/oauth/access_token.
import { request as ask, createServer } from 'node:http'
import { readRequest, writeAnswer } from '../scripted-answer.mjs'
import { json } from './answers.mjs'
import { answerApi } from './api.mjs'
import { authorize, CHOICE } from './authorize.mjs'
import { makeIdTokens } from './id-token.mjs'
import { PROVIDERS } from './rows.mjs'
import { answerToken } from './token.mjs'

const APP = 'https://app.example'
/** The parts of an address that differ: a tenant, the version of an API. */
const PLACES = { tenant: '[\\w.-]+', version: 'v\\d+\\.\\d+' }

const toPattern = (address) => {
  const escaped = address.split('?')[0].replace(/[.$+]/g, '\\$&')
  return new RegExp(`^${escaped.replace(/\{(\w+)\}/g, (_, name) => `(?<${name}>${PLACES[name]})`)}$`)
}

const metadataAddress = ({ metadata }) => `${metadata.issuer}/.well-known/openid-configuration`
const describe = ({ authorize, token, keys, metadata }) => ({
  ...metadata,
  authorization_endpoint: authorize,
  token_endpoint: token,
  jwks_uri: keys,
})

/** Every endpoint: its address in the row, the address as a pattern, and what answers there. */
const ENDPOINTS = PROVIDERS.flatMap((row) => [
  { row, kind: 'authorize', address: row.authorize },
  { row, kind: 'token', address: row.token },
  ...(row.keys ? [{ row, kind: 'keys', address: row.keys }] : []),
  ...(row.metadata ? [{ row, kind: 'metadata', address: metadataAddress(row) }] : []),
  ...Object.keys(row.apis ?? {}).map((address) => ({ row, kind: 'api', address })),
]).map((one) => ({ ...one, pattern: toPattern(one.address) }))

const find = (address) => {
  for (const endpoint of ENDPOINTS) {
    const match = endpoint.pattern.exec(address)
    if (match) return { ...endpoint, place: { ...match.groups } }
  }
  throw new Error(`No provider has the address ${address}`)
}

/** The app as each provider registered it; a test changes the members. */
const makeApps = () =>
  Object.fromEntries(
    PROVIDERS.map(({ name, person, app }) => [
      name,
      {
        clientId: `client-of-${name}`,
        clientSecret: `secret-at-${name}-0123456789abcdefghij`,
        redirectUri: `${APP}/auth/callback/${name}`,
        granted: null,
        person: structuredClone(person),
        ...app,
      },
    ]),
  )

const answer = (world, request) => {
  const { row, kind, address, place } = find(`https:/${request.path}`)
  if (kind === 'authorize') return authorize(world, row, request, place)
  world.requests.push({ ...request, provider: row.name, kind, address: `https:/${request.path}` })
  if (kind === 'token') return answerToken(world, row, request, place)
  if (kind === 'api') return answerApi(world, row, request, address)
  const said = kind === 'keys' ? world.idTokens.keySet(row) : describe(row)
  return json(200, world.changed(address, said))
}

/** A request with these headers alone: Node's own fetch would add a User-Agent. */
const send = (url, { method = 'GET', headers, body, signal }) =>
  new Promise((resolve, reject) => {
    const options = { method, headers: Object.fromEntries(new Headers(headers)), signal, agent: false }
    const outgoing = ask(url, options, async (incoming) => {
      try {
        const chunks = []
        for await (const chunk of incoming) chunks.push(chunk)
        resolve({ status: incoming.statusCode, headers: incoming.headers, body: Buffer.concat(chunks) })
      } catch (error) {
        reject(error)
      }
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })

/**
 * @param {{ now?: () => number }} [options] the clock, in milliseconds
 * @returns {Promise<{
 *   origin: string,
 *   fetch: (url: string | URL, init?: RequestInit) => Promise<Response>,
 *   open: (url: string | URL, choice?: 'allow' | 'deny') => Promise<{ method: string, url: string, body?: string }>,
 *   requests: any[], apps: Record<string, any>, changes: Record<string, (usual: any) => any>,
 *   stop: () => Promise<void>,
 * }>} `apps` is what each provider knows of the app and the person. `changes` replaces an answer by the address in the
 *   row, by `<name> claims` or by `apple user`; text goes out as it is.
 */
export const startProviders = async ({ now = Date.now } = {}) => {
  const changes = {}
  const changed = (name, usual) => changes[name]?.(usual) ?? usual
  const world = { now, changed, apps: makeApps(), codes: new Map(), grants: new Map(), requests: [] }
  world.idTokens = makeIdTokens(world)
  const server = createServer(async (incoming, response) => {
    try {
      await writeAnswer(response, answer(world, await readRequest(incoming)))
    } catch (error) {
      response.writeHead(404).end(error.message)
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const origin = `http://127.0.0.1:${server.address().port}`
  const toLoopback = (url, isPage) => {
    const { protocol, host, pathname, search, href } = new URL(url)
    if (protocol !== 'https:') throw new Error(`A provider is on https: ${href}`)
    const { kind } = find(`https://${host}${pathname}`)
    if ((kind === 'authorize') !== isPage) throw new Error(`Only a person opens a page: ${href}`)
    return `${origin}/${host}${pathname}${search}`
  }

  return {
    origin,
    requests: world.requests,
    apps: world.apps,
    changes,
    async fetch(url, init = {}) {
      const { status, headers, body } = await send(toLoopback(url, false), init)
      return new Response(body, { status, headers })
    },
    async open(url, choice = 'allow') {
      const { status, headers, body } = await send(toLoopback(url, true), { headers: { [CHOICE]: choice } })
      if (!headers.location) throw new Error(`The provider's page says: ${status} ${body}`)
      const back = headers.location
      return status === 302 ? { method: 'GET', url: back } : { method: 'POST', url: back, body: String(body) }
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
