// The libraries that are compared, and what each run of them may expect.
import { existsSync, readFileSync } from 'node:fs'
import { makeApp } from './app.mjs'
import { checkCallback, comeBack } from './sign-in.mjs'

/**
 * One way to sign in.
 * @typedef {object} Peer
 * @property {string} file in peers/, without its ending
 * @property {string} name
 * @property {boolean} [isSupabase] it signs in through Supabase Auth
 * @property {boolean} [isOurs]
 */

/** @type {Peer[]} */
export const PEERS = [
  { file: 'arctic', name: 'arctic' },
  { file: 'oauth4webapi', name: 'oauth4webapi' },
  { file: 'openid-client', name: 'openid-client' },
  { file: 'iron-session', name: 'oauth4webapi + iron-session' },
  { file: 'auth-core', name: '@auth/core' },
  { file: 'better-auth', name: 'better-auth' },
  { file: 'supabase-auth-js', name: '@supabase/auth-js alone', isSupabase: true },
  { file: 'supabase-ssr', name: '@supabase/ssr', isSupabase: true },
  { file: 'landfall', name: 'Landfall', isOurs: true },
  { file: 'landfall-supabase', name: 'Landfall, Supabase', isSupabase: true, isOurs: true },
]

/** Those that keep a session of their own, sealed in cookies. @type {Peer[]} */
export const SESSION_PEERS = [
  { file: 'landfall-session', name: 'Landfall, session', isOurs: true },
  { file: 'landfall-tokens', name: 'Landfall, session and tokens', isOurs: true },
  { file: 'iron-session-user', name: 'oauth4webapi + iron-session, who it is' },
  { file: 'iron-session', name: 'oauth4webapi + iron-session, the tokens' },
  { file: 'auth-core', name: '@auth/core' },
  { file: 'better-auth', name: 'better-auth' },
]

const PACKAGES = [
  ...['oauth4webapi', 'openid-client', 'arctic', 'iron-session', 'cookie', '@auth/core', 'better-auth'],
  ...['@auth0/nextjs-auth0', 'next'],
  ...['@supabase/auth-js', '@supabase/ssr', '@supabase/supabase-js', 'esbuild', 'workerd'],
]

/** @param {string} name of a package @returns {string} as Node finds it from here */
export const versionOf = (name) => {
  for (const folder of ['node_modules', '../../node_modules']) {
    const file = new URL(`${folder}/${name}/package.json`, import.meta.url)
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')).version
  }
  throw new Error(`bench: ${name} is not installed`)
}

/** Every package with its version, as one sentence has them. */
export const listVersions = () => PACKAGES.map((name) => `${name} ${versionOf(name)}`).join(', ')

const LEAST = { session: 1190, small: 285 }

/**
 * A peer that has done one sign-in, and the request to finish another one with.
 * @param {Peer} peer @param {Parameters<typeof makeApp>[0]} [settings]
 * @param {number} [least] characters of its cookies; unless given, it keeps the whole answer
 */
export const openPeer = async (
  { file, name },
  settings = {},
  least = LEAST[settings.answer ?? 'session'],
) => {
  const { makePeer } = await import(`./peers/${file}.mjs`)
  const peer = makePeer(makeApp(settings))
  const request = await comeBack(await peer.start())
  checkCallback(await peer.callback(request), name, least)
  return { ...peer, request }
}
