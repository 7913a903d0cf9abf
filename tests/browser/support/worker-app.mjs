// An app whose service worker passes every request on, with a provider of another site, a Supabase project and e-mail links.
import { startOAuthProvider } from '../../../stand-ins/oauth-provider.mjs'
import { startSupabaseAuth } from '../../../stand-ins/supabase-auth.mjs'
import { readPage } from '../../docs-checks/markdown.mjs'
import { startApp } from './app.mjs'

/** A worker takes over at once, and decides about requests. */
const makeWorker = (decide) => `addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
${decide}`

const [documented] = readPage('docs/deploying.md').blocks.filter(({ code }) => code.includes("'fetch'"))
const WORKERS = {
  '/passes-all.js': "addEventListener('fetch', (event) => event.respondWith(fetch(event.request)))",
  '/as-documented.js': documented.code,
}
const PAGE = `<!doctype html><link rel="icon" href="data:,"><title>App</title>
<form method="post" action="/auth/sign-out"><button>Sign out</button></form>`

const respond = (body, type) => () => new Response(body, { headers: { 'content-type': type } })
const PAGES = {
  '/app': respond(PAGE, 'text/html'),
  ...Object.fromEntries(
    Object.entries(WORKERS).map(([path, decide]) => [path, respond(makeWorker(decide), 'text/javascript')]),
  ),
}

/** Starts the app, and the servers that it asks. */
export async function startWorkerApp() {
  const provider = await startOAuthProvider({ host: 'localhost' })
  const supabase = await startSupabaseAuth()
  const bitbucket = {
    clientId: 'demo-client',
    clientSecret: 'demo-secret',
    authorizationEndpoint: `${provider.origin}/site/oauth2/authorize`,
    tokenEndpoint: `${provider.origin}/site/oauth2/access_token`,
    userinfoEndpoint: `${provider.origin}/2.0/user`,
  }
  const project = { url: supabase.url, key: supabase.key, verifyOnGet: true }
  const app = await startApp(() => ({ supabase: project, providers: { bitbucket } }), PAGES)
  const close = () => Promise.all([app.close(), provider.close(), supabase.close()])
  return { app, provider, supabase, close }
}
