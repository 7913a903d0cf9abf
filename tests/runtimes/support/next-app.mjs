// The app in apps/next-app/ on one version of Next.js, which stays installed in build/next-apps/.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startChild } from '../../../stand-ins/child.mjs'
import { findPort } from '../../../stand-ins/port.mjs'
import { installPacked, root } from '../../package/packed.mjs'
import { baseEnv, run } from './example.mjs'

const SOURCE = fileURLToPath(new URL('../apps/next-app', import.meta.url))
const CACHE = join(root, 'build/next-apps')
const KEPT = new Set(['node_modules', 'package.json', 'package-lock.json'])

/** Each major that people run, what it is built with, and its name for what runs before a route. */
const VERSIONS = {
  '14.2.35': { react: '18.3.1', types: '18.3.32', typescript: '5.9.3', proxy: 'middleware' },
  '15.5.29': { react: '19.3.1', types: '19.3.3', typescript: '5.9.3', proxy: 'middleware' },
  '16.4.6': { react: '19.3.1', types: '19.3.3', typescript: '6.0.3', proxy: 'proxy' },
}

/**
 * A version, and how it is built and started: the flags of `next build`, what next.config.mjs has, and the command that serves.
 * @typedef {{ version: string, flags?: string[], config?: object, serve?: 'start' | 'dev' }} Variant
 * @type {Record<string, Variant>}
 */
export const NEXT_APPS = {
  'Next 14': { version: '14.2.35' },
  'Next 15': { version: '15.5.29' },
  'Next 16, Turbopack': { version: '16.4.6' },
  'Next 16, webpack': { version: '16.4.6', flags: ['--webpack'] },
  'Next 16, cacheComponents': { version: '16.4.6', config: { cacheComponents: true } },
  'Next 16, next dev': { version: '16.4.6', serve: 'dev' },
}

const describe = (next, { react, types, typescript }) => ({
  name: 'next-app',
  private: true,
  dependencies: { next, react, 'react-dom': react },
  devDependencies: { '@types/node': '20.19.43', '@types/react': types, typescript },
})

/** Installs one version, unless it is there; what npm says when it cannot is the error. @param {string} folder @param {string} version */
const install = async (folder, version) => {
  const manifest = JSON.stringify(describe(version, VERSIONS[version]), null, 2)
  const file = join(folder, 'package.json')
  const stamp = join(folder, 'node_modules/.package-lock.json')
  if (existsSync(stamp) && existsSync(file) && readFileSync(file, 'utf8') === manifest) return
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, manifest)
  await run('npm', ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], folder)
}

/** The app's files, with proxy.ts under the name that this version knows. @param {string} folder @param {Variant} variant */
const copyApp = (folder, { version, config = {} }) => {
  for (const name of readdirSync(folder))
    if (!KEPT.has(name)) rmSync(join(folder, name), { recursive: true, force: true })
  cpSync(SOURCE, folder, { recursive: true })
  writeFileSync(join(folder, 'next.config.mjs'), `export default ${JSON.stringify(config)}\n`)
  const { proxy } = VERSIONS[version]
  const file = join(folder, `${proxy}.ts`)
  renameSync(join(folder, 'proxy.ts'), file)
  writeFileSync(file, readFileSync(file, 'utf8').replace('const proxy =', `const ${proxy} =`))
}

/**
 * The app, installed with the package as it is now, not yet built.
 * @param {Variant} variant
 * @returns {Promise<{ build(): Promise<string>, checkTypes(): Promise<string>,
 *   start(env?: (origin: string) => Record<string, string>): Promise<{ origin: string, stop(): Promise<void> }> }>}
 */
export async function makeNextApp(variant) {
  const { version, flags = [], serve = 'start' } = variant
  const folder = join(CACHE, version)
  await install(folder, version)
  copyApp(folder, variant)
  const packed = await installPacked()
  const installed = join(folder, 'node_modules/landfall')
  rmSync(installed, { recursive: true, force: true })
  cpSync(join(packed.folder, 'node_modules/landfall'), installed, { recursive: true })
  packed.remove()

  const next = join(folder, 'node_modules/.bin/next')
  return {
    build: () => run(next, ['build', ...flags], folder),
    checkTypes: () => run(join(folder, 'node_modules/.bin/tsc'), ['--noEmit'], folder),
    async start(env = () => ({})) {
      const port = await findPort()
      // Next's middleware writes `localhost` for 127.0.0.1, in the addresses of others too.
      const origin = `http://localhost:${port}`
      const child = await startChild(next, [serve, '-H', '127.0.0.1', '-p', String(port)], {
        cwd: folder,
        env: { ...baseEnv, ...env(origin) },
        ready: () => fetch(`${origin}/`).then(Boolean, () => false),
      })
      return { origin, stop: child.stop }
    },
  }
}
