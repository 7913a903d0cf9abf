/** The servers that the app speaks to: Supabase Auth, or the provider itself. */
import { emailsOf, keySet, profileOf, tokensOf } from './provider.js'
import { challengeOf, refusal, supabaseSession } from './token-answers.js'

export const CLIENT_ID = 'your-client-id'

/**
 * What a server says to a request of the app.
 * @typedef {{ title: string, status: number, answer: object, says?: string }} Served `says` is what the answer is
 */

/** The token endpoint of either. @param {import('./world.js').World} world @param {string} body @returns {Promise<Served>} */
const redeem = async ({ kind, codes, provider }, body) => {
  const isSupabase = kind === 'supabase'
  const form = isSupabase ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))
  const known = codes.get(form.auth_code ?? form.code)
  // Some providers refuse PKCE, so their row leaves it out.
  const hasProof =
    !known?.challenge || !crypto.subtle || (await challengeOf(form.code_verifier)) === known.challenge
  if (!known || !hasProof || known.used)
    return {
      title: 'The server refuses the code',
      status: isSupabase ? 404 : 400,
      answer: refusal(isSupabase, known?.used ?? false),
    }
  known.used = true
  return {
    title: 'Landfall redeems the code',
    status: 200,
    answer: isSupabase ? supabaseSession() : await tokensOf(provider, CLIENT_ID, known.nonce),
  }
}

/**
 * @param {import('./world.js').World} world @param {string} url
 * @param {{ method: string, body?: string, headers: Record<string, string> }} init @returns {Promise<Served>}
 */
export const serve = async (world, url, { method, body = '', headers }) => {
  if (method === 'POST') return redeem(world, body)
  const status = 200
  if (!new Headers(headers).has('authorization'))
    return { title: 'Landfall fetches the keys', status, answer: await keySet(), says: 'keys' }
  return /emails$/.test(url)
    ? { title: 'Landfall reads the addresses', status, answer: emailsOf(world.provider), says: 'addresses' }
    : { title: 'Landfall reads the profile', status, answer: profileOf(world.provider), says: 'profile' }
}
