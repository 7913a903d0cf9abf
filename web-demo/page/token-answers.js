/** What Supabase Auth answers in this page, and what any token endpoint says to a code that it does not redeem. */
export const PROJECT = 'https://abcdefghijklmnopqrst.supabase.co'

const USER = { id: '0f8fad5b-d9cb-469f-a165-70867728950e', email: 'ada@example.com', role: 'authenticated' }

export const base64url = (/** @type {string} */ text) =>
  btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
const jwt = (/** @type {object} */ claims) =>
  [{ alg: 'ES256', typ: 'JWT' }, claims].map((part) => base64url(JSON.stringify(part))).join('.') +
  `.${'s'.repeat(86)}`

/** @param {string} text */
export const challengeOf = async (text) => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return base64url(String.fromCharCode(...new Uint8Array(digest)))
}

/** A session as Supabase Auth hands it out. */
export const supabaseSession = () => {
  const now = Math.floor(Date.now() / 1000)
  return {
    access_token: jwt({
      iss: `${PROJECT}/auth/v1`,
      sub: USER.id,
      aud: 'authenticated',
      exp: now + 3600,
      email: USER.email,
    }),
    token_type: 'bearer',
    expires_in: 3600,
    expires_at: now + 3600,
    refresh_token: 'v1-refresh-token',
    user: {
      ...USER,
      app_metadata: { provider: 'bitbucket', providers: ['bitbucket'] },
      user_metadata: { name: 'Ada Lovelace' },
    },
  }
}

/** What either says to a code that it does not redeem. */
export const refusal = (/** @type {boolean} */ isSupabase, /** @type {boolean} */ isUsed) =>
  isSupabase
    ? {
        code: 404,
        error_code: isUsed ? 'flow_state_not_found' : 'bad_code_verifier',
        msg: 'invalid flow state, no valid flow state found',
      }
    : { error: 'invalid_grant', error_description: 'The specified code is not valid.' }
