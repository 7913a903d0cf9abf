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
const OLDER_JS = 'supabase-js-2.45'
/** Older releases of @supabase/ssr, as package.json names them; those before 0.4 take cookies one by one, and know no base64. */
const OLDER_SSR = {
  'supabase-ssr-0.1': { isRaw: true },
  'supabase-ssr-0.3': { isRaw: true },
  'supabase-ssr-0.4': { isRaw: false },
  'supabase-ssr-0.5': { isRaw: false },
}

const versionOf = async (/** @type {string} */ name) =>
  JSON.parse(await readFile(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version
const nameOf = async (/** @type {string} */ ssr, /** @type {string} */ js) =>
  `@supabase/ssr ${await versionOf(ssr)} with supabase-js ${await versionOf(js)}`

/**
 * @typedef {object} Pair an @supabase/ssr and the supabase-js below it
 * @property {string} name with versions
 * @property {typeof createServerClient} createServerClient
 * @property {boolean} hasFlows each flow has a verifier cookie of its own, and an id
 * @property {boolean} isRaw it reads only cookies that are JSON as they are
 */

/** @returns {Promise<Pair>} */
export const loadNewest = async () => ({
  name: await nameOf('@supabase/ssr', '@supabase/supabase-js'),
  createServerClient,
  hasFlows: true,
  isRaw: false,
})

/** Cookies one by one, from cookies of a whole request. @param {any} cookies */
const oneByOne = ({ getAll, setAll }) => ({
  get: (name) => getAll().find((cookie) => cookie.name === name)?.value,
  set: (name, value, options) => setAll([{ name, value, options }]),
  remove: (name, options) => setAll([{ name, value: '', options: { ...options, maxAge: 0 } }]),
})

/**
 * An older pair is bundled first: left alone, its @supabase/ssr would find the newest supabase-js.
 * @param {keyof OLDER_SSR} [ssr]
 * @returns {Promise<Pair>}
 */
export async function loadOlder(ssr = 'supabase-ssr-0.5') {
  const folder = await mkdtemp(join(tmpdir(), 'supabase-libraries-'))
  try {
    const outfile = join(folder, 'older.cjs')
    await build({
      stdin: { contents: `export { createServerClient } from '${ssr}'`, resolveDir: ROOT },
      alias: { '@supabase/supabase-js': OLDER_JS },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile,
    })
    const { createServerClient } = (await import(pathToFileURL(outfile).href)).default
    const { isRaw } = OLDER_SSR[ssr]
    return {
      name: await nameOf(ssr, OLDER_JS),
      createServerClient: isRaw
        ? (url, key, { cookies, ...options }) =>
            createServerClient(url, key, { ...options, cookies: oneByOne(cookies) })
        : createServerClient,
      hasFlows: false,
      isRaw,
    }
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
        export { createClient as createOlderClient } from '${OLDER_JS}'`,
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
