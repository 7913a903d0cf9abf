// What a route weighs with each library: bundled by esbuild, minified, with the JavaScript around it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { bundle, coreFile, peerModule } from './bundle.mjs'
import { digits, grouped, table } from './numbers.mjs'
import { PEERS } from './peers.mjs'

const BASE = '@supabase/ssr'
const SESSION_BASE = '@auth/core'

/** Those that keep a session of their own. @type {import('./peers.mjs').Peer[]} */
const WITH_SESSION = [
  { file: 'landfall-session', name: 'Landfall, session', isOurs: true },
  { file: 'iron-session', name: 'oauth4webapi + iron-session' },
  { file: 'auth-core', name: '@auth/core' },
  { file: 'nextjs-auth0', name: 'nextjs-auth0' },
  { file: 'better-auth', name: 'better-auth' },
]

/** @param {Uint8Array} bytes */
export const weigh = (bytes) => {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params }).length,
  }
}

/** What goes over the wire as two files. */
const add = (a, b) => ({ raw: a.raw + b.raw, gzip: a.gzip + b.gzip, brotli: a.brotli + b.brotli })

/** The bundles of some libraries; Landfall's also with its module as a file beside it. @param {import('./peers.mjs').Peer[]} peers @param {string} folder */
const weighAll = async (peers, folder) => {
  const core = weigh(readFileSync(coreFile))
  const weights = []
  for (const { file, name, isOurs } of peers) {
    const outfile = join(folder, `${file}.mjs`)
    await bundle(peerModule(file), outfile, { runtime: 'workerd', core: 'inlined' })
    weights.push({ name: isOurs ? `${name}, inlined` : name, ...weigh(readFileSync(outfile)) })
    if (!isOurs) continue
    await bundle(peerModule(file), outfile, { runtime: 'workerd', core: 'file' })
    weights.push({ name: `${name}, core.wasm beside it`, ...add(weigh(readFileSync(outfile)), core) })
  }
  return weights
}

/** @param {Awaited<ReturnType<typeof weighAll>>} weights @param {string} name */
const brotliOf = (weights, name) => weights.find((one) => one.name === name).brotli

/** @param {Awaited<ReturnType<typeof weighAll>>} weights @param {string} base */
const toTable = (weights, base) => {
  const rows = [...weights]
    .sort((a, b) => a.brotli - b.brotli)
    .map(({ name, raw, gzip, brotli }) => [
      name,
      ...[raw, gzip, brotli].map(grouped),
      digits(brotli / brotliOf(weights, base)),
    ])
  return table(['bundle', 'raw', 'gzip -9', 'brotli 11', `brotli ÷ ${base}`], rows)
}

/** @type {import('./run.mjs').Group} */
export const measureSize = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-size-'))
  try {
    const core = weigh(readFileSync(coreFile))
    const routes = [{ name: 'core.wasm, the file alone', ...core }, ...(await weighAll(PEERS, folder))]
    const sessions = await weighAll(WITH_SESSION, folder)
    const ours = 'Landfall, session, core.wasm beside it'
    return {
      title: 'Size',
      text: 'esbuild bundles and minifies a start and a callback route. Sizes are in bytes. The generic libraries include the JavaScript around them. The second table has those with a session of their own: what a server needs to answer the callback and to hold the session. nextjs-auth0 is counted without Next.js and React, which it needs.',
      tables: [toTable(routes, BASE), toTable(sessions, SESSION_BASE)],
      ratios: [
        { what: 'size: core.wasm, bytes of brotli', value: core.brotli },
        {
          what: 'size: Landfall through Supabase with core.wasm ÷ @supabase/ssr, brotli',
          value: brotliOf(routes, 'Landfall, Supabase, core.wasm beside it') / brotliOf(routes, BASE),
        },
        ...WITH_SESSION.filter(({ isOurs }) => !isOurs).map(({ name }) => ({
          what: `size, with a session: Landfall with core.wasm ÷ ${name}, brotli`,
          value: brotliOf(sessions, ours) / brotliOf(sessions, name),
        })),
      ],
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
