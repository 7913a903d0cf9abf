// A page without a server of its own: static files, the package in the page, and Supabase's own clients beside it.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startSupabaseAuth } from '../../../stand-ins/supabase-auth.mjs'
import { makeBrowserScript } from '../../../stand-ins/supabase-libraries.mjs'
import { startSite } from './site.mjs'

const ROOT = new URL('../../../', import.meta.url)
const CLIENTS = '/clients.js'

/**
 * What every page runs: `auth` of `landfall/browser`, `real()` for a client of Supabase's where `?storage` says, and what was told. `listen()` makes the client of the test, and notes its events.
 * The stand-in is of another origin, and the policy lets a page speak to no other.
 */
const makePage = ({ url, key }, entry) => `<!doctype html><link rel="icon" href="data:,"><title>A page</title>
<script src="${CLIENTS}"></script>
<script type="module">
  import { createBrowserAuth } from '/dist/${entry}.js'
  const storage = localStorage.getItem('test-storage') ?? 'cookies'
  const events = []
  const options = { flowType: 'pkce', detectSessionInUrl: false, autoRefreshToken: false }
  const makers = {
    cookies: (auth) => supabase.createBrowserClient('${url}', '${key}', { auth: { ...options, ...auth }, isSingleton: false }),
    localStorage: (auth) => supabase.createClient('${url}', '${key}', { auth: { ...options, ...auth } }),
    older: (auth) => supabase.createOlderClient('${url}', '${key}', { auth: { ...options, ...auth } }),
  }
  globalThis.events = events
  globalThis.implicit = () => makers.localStorage({ flowType: 'implicit' })
  globalThis.real = makers[storage]
  globalThis.heard = []
  globalThis.listen = () => {
    globalThis.client = makers[localStorage.getItem('test-client')]()
    globalThis.client.auth.onAuthStateChange((event, session) => globalThis.heard.push({ event, session }))
  }
  globalThis.makeAuth = (more, supabase) =>
    createBrowserAuth({ supabase: { url: '${url}', key: '${key}', storage, ...supabase }, onEvent: (event) => events.push(event), ...more })
  globalThis.auth = makeAuth()
</script>`

/** The entries of the package, and what the policy of a page has to allow for each. */
const ALLOWED = { browser: " 'wasm-unsafe-eval'", 'plain-browser': '' }

const policyFor = ({ url }, entry) =>
  `default-src 'none'; connect-src ${url}; img-src data:; script-src 'self' 'unsafe-inline'${ALLOWED[entry]}`

/**
 * Starts the site and the stand-in.
 * @param {keyof typeof ALLOWED} [entry] of the package
 * @returns {Promise<{ origin: string, supabase: object, close(): Promise<void> }>}
 */
export async function startPageApp(entry = 'browser') {
  const clients = await makeBrowserScript()
  let supabase
  const site = await startSite(({ url }) => {
    const type = { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' }
    if (url === CLIENTS) return { body: clients, headers: type }
    if (/^\/dist\/[\w/.-]+\.js$/.test(url) && !url.includes('..'))
      return { body: readFileSync(fileURLToPath(new URL(`.${url}`, ROOT))), headers: type }
    const headers = { 'content-security-policy': policyFor(supabase, entry) }
    return { body: makePage(supabase, entry), headers }
  }, 'localhost')
  supabase = await startSupabaseAuth({
    siteUrl: site.origin,
    providers: ['bitbucket', 'github'],
    allowList: ['myapp://**'],
  })
  return {
    origin: site.origin,
    supabase,
    async close() {
      await site.close()
      await supabase.close()
    },
  }
}
