// Supabase's own libraries for tests: the newest pair, one from before each flow had a verifier of its own, and the browser's.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createServerClient, parseCookieHeader, serializeCookieHeader } from '@supabase/ssr'
import { build } from 'esbuild'

// supabase-js wants one as soon as it is made, and Node 20 has none. Nothing here opens it.
globalThis.WebSocket ??= /** @type {any} */ (class {})

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const OLDER = { ssr: 'supabase-ssr-0.5', js: 'supabase-js-2.45' }

const versionOf = async (/** @type {string} */ name) =>
  JSON.parse(await readFile(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version
const nameOf = async (/** @type {string} */ ssr, /** @type {string} */ js) =>
  `@supabase/ssr ${await versionOf(ssr)} with supabase-js ${await versionOf(js)}`

/**
 * @typedef {object} Pair an @supabase/ssr and the supabase-js below it
 * @property {string} name with versions
 * @property {typeof createServerClient} createServerClient
 * @property {boolean} hasFlows each flow has a verifier cookie of its own, and an id
 */

/** @returns {Promise<Pair>} */
export const loadNewest = async () => ({
  name: await nameOf('@supabase/ssr', '@supabase/supabase-js'),
  createServerClient,
  hasFlows: true,
})

/** The older pair is bundled first: left alone, its @supabase/ssr would find the newest supabase-js. @returns {Promise<Pair>} */
export async function loadOlder() {
  const folder = await mkdtemp(join(tmpdir(), 'supabase-libraries-'))
  try {
    const outfile = join(folder, 'older.cjs')
    await build({
      stdin: { contents: `export { createServerClient } from '${OLDER.ssr}'`, resolveDir: ROOT },
      alias: { '@supabase/supabase-js': OLDER.js },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile,
    })
    const { createServerClient } = (await import(pathToFileURL(outfile).href)).default
    return { name: await nameOf(OLDER.ssr, OLDER.js), createServerClient, hasFlows: false }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A script that puts `createBrowserClient` and `createClient` of the newest pair on a page's global `supabase`, and `createOlderClient`. */
export async function makeBrowserScript() {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { createBrowserClient } from '@supabase/ssr'
        export { createClient } from '@supabase/supabase-js'
        export { createClient as createOlderClient } from '${OLDER.js}'`,
      resolveDir: ROOT,
    },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'supabase',
    minify: true,
    write: false,
  })
  return outputFiles[0].text
}

/** The cookies of a browser jar, as a page's or a server's client sees them. @param {import('./browser-jar.mjs').BrowserJar} jar @param {string} origin */
export const cookiesOfJar = ({ cookies }, origin) => ({
  getAll: () => parseCookieHeader(cookies.headerFor(origin)),
  setAll(list) {
    for (const { name, value, options } of list) {
      const isKept = cookies.store(serializeCookieHeader(name, value, options), origin)
      if (!isKept) throw new Error(`a browser would not keep the cookie ${name}`)
    }
  },
})

/**
 * A client whose cookies are those of a jar.
 * @param {Pair} pair @param {{ url: string, key: string }} project
 * @param {import('./browser-jar.mjs').BrowserJar} jar @param {string} origin @param {object} [options] further ones of createServerClient
 */
export const clientInJar = (pair, { url, key }, jar, origin, options = {}) =>
  pair.createServerClient(url, key, { cookies: cookiesOfJar(jar, origin), ...options })

/** Starts a sign-in with a client: the address to send the browser to. @param {any} client @param {string} redirectTo */
export async function startWith({ auth }, redirectTo) {
  const { data, error } = await auth.signInWithOAuth({ provider: 'bitbucket', options: { redirectTo } })
  if (error) throw error
  return data.url
}

/**
 * Finishes a sign-in with a client, as a callback route does.
 * @param {any} client @param {string} address of the callback @param {boolean} withFlowId pass on the flow id of the address
 */
export async function finishWith({ auth }, address, withFlowId) {
  const { searchParams } = new URL(address)
  const more = withFlowId ? [{ flowId: searchParams.get('sb_flow_id') }] : []
  const { data, error } = await auth.exchangeCodeForSession(searchParams.get('code'), ...more)
  if (error) throw error
  return data
}
