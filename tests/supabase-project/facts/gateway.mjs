// What stands before the server, and what every answer has.
import { SITE } from '../support/project.mjs'

const answer = async (client, apikey) => {
  const { status, body } = await client.get('/health', { apikey })
  return { status, message: body.message }
}
const header = (response, names) =>
  Object.fromEntries(names.map((name) => [name, response.headers.get(name)]))
const preflight = async ({ api }, wanted) => {
  const headers = {
    origin: SITE,
    'access-control-request-method': 'POST',
    'access-control-request-headers': wanted,
  }
  const response = await fetch(`${api}/token`, { method: 'OPTIONS', headers })
  return header(response, ['access-control-allow-headers', 'access-control-max-age'])
}
const echo = (asked) => ({ 'access-control-allow-headers': asked, 'access-control-max-age': null })

/** @type {import('../support/fact.mjs').Fact[]} */
export const GATEWAY = [
  {
    name: 'the gateway wants the API key',
    recorded: {
      none: { status: 401, message: 'No API key found in request' },
      wrong: { status: 401, message: 'Invalid API key' },
      right: { status: 200, message: undefined },
    },
    ask: async ({ client, anonKey }) => ({
      none: await answer(client, ''),
      wrong: await answer(client, 'x'),
      right: await answer(client, anonKey),
    }),
  },
  {
    name: 'the bare server knows no API key',
    needs: ['settings'],
    recorded: { status: 200, key: null, other: 'authorization,content-type' },
    ask: async ({ start }) => {
      const { client } = await start({ gateway: false })
      const { status } = await fetch(`${client.api}/health`)
      const allowed = async (asked) => (await preflight(client, asked))['access-control-allow-headers']
      return { status, key: await allowed('apikey'), other: await allowed('authorization,content-type') }
    },
  },
  {
    name: 'a preflight echoes the headers that it is asked for, and has no age',
    recorded: echo('apikey,authorization,x-supabase-api-version'),
    ask: ({ client }) => preflight(client, 'apikey,authorization,x-supabase-api-version'),
  },
  {
    name: 'every answer varies by origin',
    recorded: { health: /\bOrigin\b/, refusal: /\bOrigin\b/ },
    ask: async ({ client }) => ({
      health: (await client.get('/health')).headers.get('vary'),
      refusal: (await client.refresh('')).headers.get('vary'),
    }),
  },
  {
    name: 'a method that a path does not know, and a path that nobody knows',
    recorded: {
      token: { status: 405, allow: 'POST' },
      authorize: { status: 405, allow: 'GET' },
      nothing: { status: 404, 'x-content-type-options': 'nosniff' },
    },
    ask: async ({ client }) => {
      const of = (response, name) => ({ status: response.status, ...header(response, [name]) })
      return {
        token: of(await client.get('/token'), 'allow'),
        authorize: of(await client.post('/authorize', '{}'), 'allow'),
        nothing: of(await client.get('/nothing'), 'x-content-type-options'),
      }
    },
  },
  {
    name: 'the settings list providers, but not all that there are',
    recorded: { bitbucket: 'boolean', github: 'boolean', x: 'undefined', vercel_marketplace: 'undefined' },
    ask: async ({ client }) => {
      const { external } = (await client.get('/settings')).body
      const names = ['bitbucket', 'github', 'x', 'vercel_marketplace']
      return Object.fromEntries(names.map((name) => [name, typeof external[name]]))
    },
  },
]
