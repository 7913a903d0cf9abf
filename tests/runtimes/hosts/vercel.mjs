// What Vercel does with an example in the working directory: middleware.js in front, then api/ as edge functions and public/.
// No code from text or bytes, as on its edge and not as in `vercel dev`. It listens on HOST and PORT.
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import { EdgeRuntime } from 'edge-runtime'
import { build } from 'esbuild'
import { toNodeHandler } from '../../../dist/node.js'

const { HOST, PORT, APP_ORIGIN, SUPABASE_URL, SUPABASE_ANON_KEY } = process.env

/** A module is compiled beforehand, and found among the globals. */
const modules = {}
const compile = {
  name: 'wasm?module',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.wasm\?module$/ }, ({ path, resolveDir }) => {
      const file = join(resolveDir, path.replace('?module', ''))
      modules.coreModule = new WebAssembly.Module(readFileSync(file))
      return { path: file, namespace: 'module' }
    })
    onLoad({ filter: /.*/, namespace: 'module' }, () => ({ contents: 'export default coreModule' }))
  },
}

const ENTRY = (file) => `
  import * as entry from './${file}'
  addEventListener('fetch', (event) => {
    const handler = entry.default ?? entry[event.request.method]
    const next = () => new Response(null, { headers: { 'x-middleware-next': '1' } })
    event.respondWith(Promise.resolve(handler(event.request)).then((response) => response ?? next()))
  })`

const load = async (file) => {
  const { outputFiles } = await build({
    stdin: { contents: ENTRY(file), resolveDir: resolve('.') },
    bundle: true,
    write: false,
    format: 'iife',
    // As @vercel/node has them.
    conditions: ['edge-light', 'browser', 'module', 'import', 'require'],
    plugins: [compile],
  })
  const env = { APP_ORIGIN, SUPABASE_URL, SUPABASE_ANON_KEY }
  return new EdgeRuntime({
    initialCode: outputFiles[0].text,
    codeGeneration: { strings: false, wasm: false },
    extend: (context) => Object.assign(context, { ...modules, process: { env } }),
  })
}

const middleware = await load('middleware.js')
const functions = { '/api/account': await load('api/account.js') }

const answer = async (request) => {
  const { pathname } = new URL(request.url)
  const init = { method: request.method, headers: request.headers, body: request.body, duplex: 'half' }
  const ask = (runtime) => runtime.dispatchFetch(request.url, { ...init, redirect: 'manual' })
  if (pathname === '/' || pathname.startsWith('/auth/')) {
    const response = await ask(middleware)
    if (!response.headers.has('x-middleware-next')) return response
  }
  if (functions[pathname]) return ask(functions[pathname])
  const file = join('public', pathname === '/' ? 'index.html' : pathname)
  return existsSync(file)
    ? new Response(readFileSync(file), { headers: { 'content-type': 'text/html; charset=utf-8' } })
    : new Response('Not found\n', { status: 404 })
}

createServer(toNodeHandler(answer)).listen(PORT, HOST)
