// What a route weighs with each library: bundled by esbuild, minified, with the JavaScript around it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { bundle, coreFile, peerModule } from './bundle.mjs'
import { digits, grouped, table } from './numbers.mjs'
import { PEERS } from './peers.mjs'

const BASE = '@supabase/ssr'

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

/** @type {import('./run.mjs').Group} */
export const measureSize = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-size-'))
  try {
    const core = weigh(readFileSync(coreFile))
    const weights = [{ name: 'core.wasm, the file alone', ...core }]
    for (const { file, name, isOurs } of PEERS) {
      const outfile = join(folder, `${file}.mjs`)
      await bundle(peerModule(file), outfile, { runtime: 'workerd', core: 'inlined' })
      weights.push({ name: isOurs ? `${name}, inlined` : name, ...weigh(readFileSync(outfile)) })
      if (!isOurs) continue
      await bundle(peerModule(file), outfile, { runtime: 'workerd', core: 'file' })
      weights.push({ name: `${name}, core.wasm beside it`, ...add(weigh(readFileSync(outfile)), core) })
    }
    const brotliOf = (wanted) => weights.find(({ name }) => name === wanted).brotli
    const guide = brotliOf(BASE)
    const rows = weights
      .sort((a, b) => a.brotli - b.brotli)
      .map(({ name, raw, gzip, brotli }) => [
        name,
        ...[raw, gzip, brotli].map(grouped),
        digits(brotli / guide),
      ])
    return {
      title: 'Size',
      text: 'esbuild bundles and minifies a start and a callback route. Sizes are in bytes. The generic libraries include the JavaScript around them.',
      tables: [table(['bundle', 'raw', 'gzip -9', 'brotli 11', `brotli ÷ ${BASE}`], rows)],
      ratios: [
        { what: 'size: core.wasm, bytes of brotli', value: core.brotli },
        {
          what: 'size: Landfall through Supabase with core.wasm ÷ @supabase/ssr, brotli',
          value: brotliOf('Landfall, Supabase, core.wasm beside it') / guide,
        },
      ],
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
