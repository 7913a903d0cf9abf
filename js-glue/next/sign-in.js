import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { takeAuth } from '../server/take-auth.js'
import { setCookies } from './cookies.js'

/**
 * Starts a sign-in in a server action, or in a route of the app: it sets the cookies, and redirects to the provider.
 * @param {import('../types.js').Auth} auth
 * @param {Omit<import('../types.js').StartOptions, 'request'>} [options] those of `auth.start`
 * @returns {Promise<never>} it throws the redirect, as `redirect` of `next/navigation` does
 * @throws {LandfallError} for a mistake in the arguments, and for a provider that nobody configured
 */
export const signIn = async (auth, options = {}) => {
  const { start } = takeAuth('signIn', auth)
  const request = { headers: await headers() }
  const { url, setCookie } = start(typeof options === 'object' ? { ...options, request } : options)
  setCookies(await cookies(), setCookie)
  return redirect(url)
}
