// What the token endpoint answers: a Supabase session of 2.7 kB, and an answer of 285 bytes. Stands in for the network.
import { person, supabase } from './app.mjs'

const time = '2026-08-01T10:20:30.123456Z'
const { id, email } = person
const metadata = { email, email_verified: true, sub: '{ada}' }
const encode = (value) => btoa(JSON.stringify(value)).replace(/=+$/, '')
const provided = { provider: 'bitbucket', providers: ['bitbucket'] }
const accessToken = [
  encode({ alg: 'ES256', kid: id, typ: 'JWT' }),
  encode({
    iss: `${supabase.url}/auth/v1`,
    sub: id,
    aud: 'authenticated',
    exp: 1785583230,
    iat: 1785579630,
    email,
    app_metadata: provided,
    user_metadata: metadata,
    role: 'authenticated',
    aal: 'aal1',
    amr: [{ method: 'oauth', timestamp: 1785579630 }],
    session_id: id,
    is_anonymous: false,
  }),
  's'.repeat(86),
].join('.')

/** @param {object} answer @param {string} name of the member that is filled up @param {number} bytes of the whole */
const fill = (answer, name, bytes) => {
  const room = bytes - JSON.stringify(answer).length
  return JSON.stringify({
    ...answer,
    [name]: 'abcdefghijklmnopqrstuvwxyz0123456789'.repeat(80).slice(0, room),
  })
}

const identity = { identity_id: id, id: '{ada}', user_id: id, identity_data: metadata, provider: 'bitbucket' }
const session = fill(
  {
    access_token: accessToken,
    token_type: 'bearer',
    expires_in: 3600,
    expires_at: 1785583230,
    refresh_token: 'abcdefghijkl',
    user: {
      id,
      aud: 'authenticated',
      role: 'authenticated',
      email,
      email_confirmed_at: time,
      phone: '',
      confirmed_at: time,
      last_sign_in_at: time,
      app_metadata: provided,
      user_metadata: metadata,
      identities: [{ ...identity, last_sign_in_at: time, created_at: time, updated_at: time, email }],
      created_at: time,
      updated_at: time,
      is_anonymous: false,
    },
    provider_token: '',
  },
  'provider_token',
  2669,
)

const small = fill(
  {
    access_token: 'a'.repeat(130),
    token_type: 'Bearer',
    expires_in: 3600,
    refresh_token: '',
    scope: 'email profile',
  },
  'refresh_token',
  285,
)

const headers = { 'content-type': 'application/json' }

/** A fresh Response, as a real fetch gives one. @param {string | URL | Request} input */
export const stubFetch = async (input) => {
  const url = typeof input === 'string' ? input : 'url' in input ? input.url : input.href
  return new Response(url.startsWith('https://small.') ? small : session, { headers })
}

/** What a library expects of its surroundings. */
export const prepareGlobals = () => {
  globalThis.fetch = stubFetch
  // supabase-js wants one as soon as it is made, and Node 20 has none. Nothing here opens it.
  globalThis.WebSocket ??= /** @type {any} */ (class {})
}
