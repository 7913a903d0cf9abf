// GET /authorize: what it refuses in JSON, and where it sends the browser.
import { makeVerifier, pkceOf } from '../../../stand-ins/supabase-client.mjs'
import { SITE } from '../support/project.mjs'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const good = pkceOf(makeVerifier())
const both = 'PKCE flow requires code_challenge_method and code_challenge'
const length = 'code challenge has to be between 43 and 128 characters'
const letters =
  'code challenge can only contain alphanumeric characters, hyphens, periods, underscores and tildes'

// biome-ignore format: a table
const REFUSED = [
  ['a provider that nobody knows', [], { provider: 'nobody' },
    'Unsupported provider: Provider nobody could not be found'],
  ['an unknown custom provider', [], { provider: 'custom:acme' },
    'Unsupported provider: custom provider custom:acme not found'],
  ['a provider that is switched off', ['settings'], { provider: 'github' },
    'Unsupported provider: provider is not enabled'],
  ['a challenge without method', ['start'], { code_challenge: good.code_challenge }, both],
  ['a method without challenge', ['start'], { code_challenge_method: 's256' }, both],
  ['an unknown method', ['start'], { ...good, code_challenge_method: 'S512' }, 'Invalid code_challenge_method'],
  ['a challenge that is too short', ['start'], { ...good, code_challenge: 'a'.repeat(42) }, length],
  ['a challenge that is too long', ['start'], { ...good, code_challenge: 'a'.repeat(129) }, length],
  ['a challenge with a foreign letter', ['start'], { ...good, code_challenge: `${'a'.repeat(42)}+` }, letters],
  ['an unknown invitation', ['start'], { invite_token: 'x' },
    'User identified by token not found', 404, 'user_not_found'],
]

const locationOf = (response) => new URL(response.headers.get('location'))
const returns = async ({ auth, client }, redirect_to, headers) => {
  const response = await client.start({ redirect_to }, headers)
  return auth.flowStates.rows.get(locationOf(response).searchParams.get('state')).referrer
}
const PREVIEW = 'https://a.preview.example/cb?next=/x'
const EVIL = 'https://evil.example/'

/** @type {import('../support/fact.mjs').Fact[]} */
export const AUTHORIZE = [
  ...REFUSED.map(([name, needs, parameters, msg, status = 400, error_code = 'validation_failed']) => ({
    name: `/authorize refuses ${name}`,
    needs,
    recorded: { status, body: { code: status, error_code, msg } },
    ask: async ({ client, provider }) => {
      const response = await client.start({ provider, ...parameters })
      return { status: response.status, body: await response.json() }
    },
  })),
  {
    name: '/authorize sends a state of its own, and drops the one of the app',
    needs: ['start'],
    recorded: { status: 302, state: UUID, client: true, body: /^<a href="[^"]+">Found<\/a>\.\s*$/ },
    ask: async ({ client, provider }) => {
      const response = await client.start({ provider, ...good, state: 'mine', CLIENT_ID: 'x' })
      const { searchParams } = locationOf(response)
      const isOwn = !['', 'x'].includes(searchParams.get('client_id') ?? '')
      const state = searchParams.get('state')
      return { status: response.status, state, client: isOwn, body: await response.text() }
    },
  },
  {
    name: '/authorize copies what else it is asked to the provider',
    needs: ['provider'],
    recorded: { nonce: 'n', prompt: 'login', provider: 'p', scope: 'account email', scopes: null },
    ask: async ({ client }) => {
      const more = { nonce: 'n', prompt: 'login', workos_provider: 'p', scopes: 'repository' }
      const { searchParams } = locationOf(await client.start({ provider: 'BitBucket', ...good, ...more }))
      const names = ['nonce', 'prompt', 'provider', 'scope', 'scopes']
      return Object.fromEntries(names.map((name) => [name, searchParams.get(name)]))
    },
  },
  {
    name: '/authorize lets `scope` replace the scope of the provider',
    needs: ['provider'],
    recorded: { scope: 'account email repository' },
    ask: async ({ client }) => {
      const response = await client.start({ scope: 'account email repository' })
      return { scope: locationOf(response).searchParams.get('scope') }
    },
  },
  {
    name: 'redirect_to is used when it is allowed, else the Referer, else the Site URL',
    needs: ['settings'],
    recorded: { allowed: PREVIEW, refused: SITE, referer: PREVIEW, header: PREVIEW },
    ask: async (project) => ({
      allowed: await returns(project, PREVIEW),
      refused: await returns(project, EVIL),
      referer: await returns(project, EVIL, { referer: PREVIEW }),
      header: await returns(project, EVIL, { redirect_to: PREVIEW }),
    }),
  },
]
