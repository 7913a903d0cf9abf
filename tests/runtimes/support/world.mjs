// What the sign-in app talks to: a plain OAuth provider, an OpenID provider, and a stand-in for Supabase Auth.
import { generateKeyPairSync } from 'node:crypto'
import { startOAuthProvider } from '../../../stand-ins/oauth-provider.mjs'
import { ALGORITHMS, startOpenIdProvider } from '../../../stand-ins/openid-provider.mjs'
import { startSupabaseAuth } from '../../../stand-ins/supabase-auth.mjs'

/** The app's providers that speak OpenID Connect each come back to an address of their own. */
const CALLBACKS = [...ALGORITHMS, 'posted', 'forged'].map((name) => `http://127.0.0.1/auth/callback/${name}`)

/** Native clients may be at any port of the loopback address (RFC 8252 7.3). */
const CLIENTS = ALGORITHMS.map((alg) => ({
  client_id: alg,
  id_token_signed_response_alg: alg,
  application_type: 'native',
  redirect_uris: CALLBACKS,
}))

/** The provider's RSA keys by name, but each another key. @param {string} issuer */
const forgeKeys = async (issuer) => {
  const { keys } = await (await fetch(`${issuer}/jwks`)).json()
  const { n, e } = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
  return { keys: keys.filter(({ kty }) => kty === 'RSA').map((key) => ({ ...key, n, e })) }
}

/**
 * `settings` are for the app in apps/sign-in.mjs. At `/other-keys` of the OpenID provider are keys that signed nothing.
 */
export async function startWorld() {
  const provider = await startOAuthProvider()
  const supabase = await startSupabaseAuth({ allowList: ['http://127.0.0.1:*/**'] })
  let forged
  const intercept = ({ url }, response) => {
    if (url !== '/other-keys') return false
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(forged))
    return true
  }
  const openid = await startOpenIdProvider({ clients: CLIENTS, remember: false, intercept })
  forged = await forgeKeys(openid.issuer)
  const { url, key } = supabase
  return {
    provider,
    openid,
    settings: {
      provider: provider.origin,
      supabase: { url, key },
      issuer: openid.issuer,
      algorithms: ALGORITHMS,
    },
    close: () => Promise.all([provider.close(), supabase.close(), openid.close()]),
  }
}
