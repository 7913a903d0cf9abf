// Supabase Auth for the demo: the project that the environment names, or stand-ins on this machine.
import { startSupabaseAuth } from '../stand-ins/supabase-auth.mjs'
import { bitbucketPage } from './bitbucket-page.mjs'

/**
 * @typedef {object} Supabase
 * @property {string} url
 * @property {string} key
 * @property {string} [bitbucketUrl] where the stand-in for Bitbucket is; without one, `url` is a real project's
 * @property {string[]} formTargets where a form may lead that starts a sign-in: redirects count too in Chromium
 * @property {() => string} [makeMailLink] a path as a link in an e-mail has it, good for one sign-in
 * @property {object} [standIn] what startSupabaseAuth gave
 * @property {() => Promise<void>} close
 */

/**
 * The project that the environment names, if it does.
 *
 * @param {Record<string, string | undefined>} env
 * @returns {{ url: string, key: string } | undefined}
 */
export function readProject({ SUPABASE_URL: url, SUPABASE_ANON_KEY: key }) {
  if (!url && !key) return undefined
  if (url && key) return { url: url.trim().replace(/\/+$/, ''), key: key.trim() }
  throw new Error('Set both SUPABASE_URL and SUPABASE_ANON_KEY, or neither.')
}

/**
 * @param {string} origin the app's
 * @param {{ url: string, key: string }} [project] without one, the stand-ins are started
 * @returns {Promise<Supabase>}
 */
export async function startSupabase(origin, project) {
  // A real Bitbucket may send people on to wherever they log in.
  if (project) return { ...project, formTargets: [project.url, 'https:'], close: async () => {} }
  const standIn = await startSupabaseAuth({ siteUrl: origin, consentPage: bitbucketPage })
  const { url, key, leg, close } = standIn
  const makeMailLink = () => {
    const token_hash = standIn.issueTokenHash({ type: 'magiclink' })
    return `/auth/confirm?${new URLSearchParams({ token_hash, type: 'magiclink', next: '/welcome' })}`
  }
  return { url, key, bitbucketUrl: leg.origin, formTargets: [url, leg.origin], makeMailLink, standIn, close }
}
