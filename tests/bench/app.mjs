// One app and one provider, the same for every library.

export const clientId = 'client-0123456789'
export const clientSecret = 'secret-0123456789-abcdefghijklmnop'
export const secret = 'a secret of at least thirty-two bytes'
export const scopes = ['email', 'profile']
export const next = '/dashboard?tab=settings'
export const person = { id: '0f8fad5b-d9cb-469f-a165-70867728950e', email: 'ada@app.example', name: 'Ada' }

export const supabase = {
  url: 'https://abcdefghijklmnopqrst.supabase.co',
  key: 'sb_publishable_0123456789abcdefghijkl',
}

/** The host says which token answer the stand-in for the network gives: token-answers.mjs. */
const serverAt = (issuer) => ({
  issuer,
  authorization_endpoint: `${issuer}/oauth/authorize`,
  token_endpoint: `${issuer}/oauth/token`,
})

/**
 * What a library is set up with.
 * @typedef {{ origin: string, redirectUri: string, server: ReturnType<typeof serverAt> }} App
 */

/** @param {{ origin?: string, answer?: 'session' | 'small' }} [settings] @returns {App} */
export const makeApp = ({ origin = 'https://app.example', answer = 'session' } = {}) => ({
  origin,
  redirectUri: `${origin}/auth/callback`,
  server: serverAt(`https://${answer}.as.example`),
})
