// An app of apps/moving/ at one address: as it is with another library, and then with Landfall.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { startChild } from '../../../stand-ins/child.mjs'
import { findPort } from '../../../stand-ins/port.mjs'
import { installPacked, root } from '../../package/packed.mjs'
import { baseEnv } from './example.mjs'

const hostFile = (name) => fileURLToPath(new URL(`../hosts/${name}`, import.meta.url))
/** For `node --import`: what the process asks of a provider goes to a stand-in. */
export const STAND_INS = hostFile('stand-ins.mjs')
const HOST = hostFile('hono.mjs')
export const APPS = fileURLToPath(new URL('../apps/moving', import.meta.url))
const MODULES = fileURLToPath(new URL('../node_modules', import.meta.url))

/** A folder that has the package as it is now, and those of tests/runtimes/package.json. @param {string[]} packages */
const makeFolder = async (packages) => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-moving-'))
  const packed = await installPacked()
  cpSync(join(packed.folder, 'node_modules/landfall'), join(folder, 'node_modules/landfall'), {
    recursive: true,
  })
  packed.remove()
  for (const name of packages) {
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(MODULES, name), link)
  }
  return folder
}

/** The folders of an app, the one that wins first. @param {string} from @param {'before' | 'after'} which */
export const layersOf = (from, which) =>
  [`${from}/${which}`, `${from}/both`, 'shared'].map((name) => join(APPS, name)).filter(existsSync)

/** `@/` is the app, as Next.js has it. @param {string[]} layers */
const asOneFolder = (layers) => ({
  name: '@',
  setup({ onResolve }) {
    onResolve({ filter: /^@\// }, ({ path }) => {
      const files = layers.flatMap((layer) => ['.js', '.ts'].map((end) => join(layer, path.slice(2) + end)))
      return { path: files.find(existsSync) }
    })
  },
})

const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)"

/**
 * An app and its address. @typedef {object} Move
 * @property {string} origin
 * @property {(which: 'before' | 'after') => Promise<void>} deploy ends the one that runs, and starts the other at the same address; what
 *   the app writes into the folder DATA stays
 * @property {() => Promise<void>} remove
 */

/**
 * On Hono and Node.
 * @param {string} from the name of a folder in apps/moving/, with `before/app` and `after/app`, and `both` where something stays
 * @param {object} [options]
 * @param {string[]} [options.packages] those of tests/runtimes/package.json that the apps import; others are bundled
 * @param {Record<string, string>} [options.alias] what stands in the place of a package that is bundled
 * @param {() => Record<string, string>} [options.env] asked at each deployment
 * @returns {Promise<Move>}
 */
export const makeMove = async (from, { packages = [], alias = {}, env = () => ({}) } = {}) => {
  const external = ['hono', ...packages]
  const folder = await makeFolder(external)
  const port = await findPort()
  // A name, because Supabase takes any path at an address of loopback.
  const origin = `http://localhost:${port}`
  let running
  const bundle = async (which) => {
    const outfile = join(folder, `${which}.mjs`)
    await build({
      entryPoints: [join(APPS, from, which, 'app')],
      outfile,
      alias,
      plugins: [asOneFolder(layersOf(from, which))],
      external: [...external, 'landfall'].flatMap((name) => [name, `${name}/*`]),
      nodePaths: [join(root, 'node_modules')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      banner: { js: REQUIRE },
    })
    return outfile
  }
  const stop = async () => {
    await running?.stop()
    running = undefined
  }
  return {
    origin,
    async deploy(which) {
      await stop()
      running = await startChild('node', ['--import', STAND_INS, HOST, await bundle(which)], {
        cwd: folder,
        env: { ...baseEnv, PORT: String(port), APP_ORIGIN: origin, DATA: folder, ...env() },
        ready: /^ready$/m,
      })
    },
    async remove() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Opens an address, and what it leads to, up to an address of the app that a provider comes back to, which is not opened.
 * @param {import('../../../stand-ins/browser-jar.mjs').BrowserJar} jar @param {string} url @param {string} callback
 * @param {(html: string) => Record<string, string> | undefined} [answer] what a person writes into a page on the way
 * @returns {Promise<string>} the address with its query
 */
export const openUpTo = async (jar, url, callback, answer = () => undefined) => {
  let response = await jar.fetch(url, { redirect: 'manual' })
  const page = await response.text()
  const fields = answer(page)
  if (fields) response = await jar.submit(page, { fields, redirect: 'manual' })
  const location = response.headers.get('location')
  if (!location) throw new Error(`${url} leads nowhere: ${response.status}`)
  const next = new URL(location, url).href
  return next.split('?')[0] === callback ? next : openUpTo(jar, next, callback, answer)
}
