// GET /callback without a usable state: a redirect to the Site URL, because nobody knows the app's address.
import { makeVerifier, pkceOf } from '../../../stand-ins/supabase-client.mjs'
import { failureIn } from '../support/fact.mjs'

const ask = async (client, query) => {
  const response = await fetch(`${client.api}/callback?${query}`, { redirect: 'manual' })
  const url = new URL(response.headers.get('location'))
  return { status: response.status, ...failureIn(url) }
}
const told = (error_code, error_description) => ({
  status: 303,
  error: 'invalid_request',
  error_code,
  error_description,
  fragment: 'none',
})
const stateOf = (response) => new URL(response.headers.get('location')).searchParams.get('state')
const usedQuery = async (client, flow) => {
  const { hops } = await client.signIn(flow)
  return new URL(hops.find(({ url }) => url.includes('/auth/v1/callback')).url).searchParams
}

/** @type {import('../support/fact.mjs').Fact[]} */
export const STATE = [
  {
    name: 'a callback without state',
    recorded: told('bad_oauth_callback', 'OAuth state parameter missing'),
    ask: ({ client }) => ask(client, 'code=x'),
  },
  {
    name: 'a state that is no UUID',
    recorded: told('bad_oauth_state', 'OAuth state parameter is invalid'),
    ask: ({ client }) => ask(client, 'code=x&state=x'),
  },
  {
    name: 'a state that nobody made',
    recorded: told('bad_oauth_state', 'OAuth state not found or expired'),
    ask: ({ client }) => ask(client, `code=x&state=${crypto.randomUUID()}`),
  },
  {
    name: 'a state that was used',
    needs: ['provider'],
    recorded: told('flow_state_already_used', 'State has already been used'),
    ask: async ({ client }) => ask(client, await usedQuery(client, pkceOf(makeVerifier()))),
  },
  {
    name: 'a state of the implicit flow that was used',
    needs: ['provider'],
    recorded: told('bad_oauth_state', 'OAuth state not found or expired'),
    ask: async ({ client }) => ask(client, await usedQuery(client, {})),
  },
  {
    name: 'a state after five minutes',
    needs: ['clock'],
    recorded: told('bad_oauth_state', 'OAuth state has expired'),
    ask: async ({ start }) => {
      const { auth, client } = await start()
      const state = stateOf(await client.start())
      auth.clock.advance(301)
      return ask(client, `code=x&state=${state}`)
    },
  },
  {
    name: 'a provider that answers without code',
    needs: ['start'],
    recorded: {
      status: 302,
      error: 'invalid_request',
      error_code: 'bad_oauth_callback',
      error_description: 'OAuth callback with missing authorization code missing',
      fragment: 'the same',
    },
    ask: async ({ client, provider }) => ask(client, `state=${stateOf(await client.start({ provider }))}`),
  },
  {
    name: 'the Site URL keeps its path and its query',
    needs: ['settings'],
    recorded: {
      location: /^https:\/\/app\.example\/en\?a=1&error=invalid_request&error_code=bad_oauth_state&/,
    },
    ask: async ({ start }) => {
      const { client } = await start({ siteUrl: 'https://app.example/en?a=1' })
      const response = await fetch(`${client.api}/callback?state=x`, { redirect: 'manual' })
      return { location: response.headers.get('location') }
    },
  },
  {
    name: 'the body of a redirect for a bad state is a link, and the failure in JSON',
    recorded: {
      type: 'text/html; charset=utf-8',
      body: /^<a href="[^"]+">See Other<\/a>\.\s*\{.*"bad_oauth_state".*\}\s*$/,
    },
    ask: async ({ client }) => {
      const response = await fetch(`${client.api}/callback?state=x`, { redirect: 'manual' })
      return { type: response.headers.get('content-type'), body: await response.text() }
    },
  },
]
