// POST /token: what is wrong with a request.
import { refusal, refused } from '../support/fact.mjs'

const badJson = (detail) => refused(400, 'bad_json', detail)
const empty = 'invalid request: both auth code and code verifier should be non-empty'
const MEBIBYTE = 1024 * 1024

// biome-ignore format: a table
const BODIES = [
  ['without a code', '{"code_verifier":"x"}', refused(400, 'validation_failed', empty)],
  ['that is null', 'null', refused(400, 'validation_failed', empty)],
  ['that is empty', '', badJson(/: unexpected end of JSON input$/)],
  ['that ends early', '{', badJson(/: unexpected end of JSON input$/)],
  ['that is nearly null', 'not JSON', badJson(/: invalid character 'o' in literal null \(expecting 'u'\)$/)],
  ['that is an array', '[]', badJson(/: json: cannot unmarshal array into Go value of type /)],
  ['that is a text', '"x"', badJson(/: json: cannot unmarshal string into Go value of type /)],
  ['with a number as code', '{"auth_code":1}',
    badJson(/: json: cannot unmarshal number into Go struct field .*auth_code.* of type string$/)],
  ['that is too large', 'x'.repeat(MEBIBYTE + 1),
    refused(413, 'request_entity_too_large', `Request body too large (max ${MEBIBYTE} bytes)`)],
]
const GRANTS = ['?grant_type=toString', '?grant_type=authorization_code', '']

const ask = (client, headers) => client.post('/token?grant_type=pkce', '{', headers)

/** @type {import('../support/fact.mjs').Fact[]} */
export const TOKEN_REQUEST = [
  ...BODIES.map(([name, body, recorded]) => ({
    name: `/token with a body ${name}`,
    recorded,
    ask: async ({ client }) => refusal(await client.post('/token?grant_type=pkce', body)),
  })),
  ...GRANTS.map((grant) => ({
    name: `/token${grant} is no grant`,
    recorded: refused(400, 'invalid_credentials', 'unsupported_grant_type'),
    ask: async ({ client }) => refusal(await client.post(`/token${grant}`, {})),
  })),
  {
    name: 'a failure for the API of 2024 has code and message, and names the version',
    recorded: { names: 'code message', version: '2024-01-01' },
    ask: async ({ client }) => {
      const { body, headers } = await ask(client, { 'x-supabase-api-version': '2024-01-01' })
      return { names: Object.keys(body).join(' '), version: headers.get('x-supabase-api-version') }
    },
  },
  ...['', '2023-12-31', 'soon'].map((version) => ({
    name: `a failure for the API version "${version}" has the older form`,
    recorded: { names: 'code error_code msg', code: 400, error_code: 'bad_json', version: null },
    ask: async ({ client }) => {
      const { body, headers } = await ask(client, { 'x-supabase-api-version': version })
      const { code, error_code } = body
      const names = Object.keys(body).join(' ')
      return { names, code, error_code, version: headers.get('x-supabase-api-version') }
    },
  })),
  {
    name: 'requests of one client behind a proxy are limited',
    needs: ['settings', 'clock'],
    recorded: { codes: 'bad_json bad_json over_request_rate_limit', other: 'bad_json', later: 'bad_json' },
    ask: async ({ start }) => {
      const { auth, client } = await start({ rateLimit: 2 })
      const codeOf = async (headers) => (await ask(client, headers)).body.code
      const person = { 'sb-forwarded-for': '192.0.2.1' }
      const codes = []
      for (let count = 0; count < 3; count++) codes.push(await codeOf(person))
      const other = await codeOf({})
      auth.clock.advance(301)
      return { codes: codes.join(' '), other, later: await codeOf(person) }
    },
  },
]
