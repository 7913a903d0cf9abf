// The app in apps/next-app/ on one version of Next.js, which stays installed in build/next-apps/.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startChild } from '../../../stand-ins/child.mjs'
import { findPort } from '../../../stand-ins/port.mjs'
import { installPacked, root } from '../../package/packed.mjs'
import { baseEnv, run } from './example.mjs'

const SOURCE = fileURLToPath(new URL('../apps/next-app', import.meta.url))
const CACHE = join(root, 'build/next-apps')
const KEPT = new Set(['node_modules', 'package.json', 'package-lock.json'])

/** Each major that people run, with what it is built with. */
export const NEXT_VERSIONS = {
  '14.2.35': { react: '18.3.1', types: '18.3.32', typescript: '5.9.3' },
  '15.5.29': { react: '19.3.1', types: '19.3.3', typescript: '5.9.3' },
  '16.4.6': { react: '19.3.1', types: '19.3.3', typescript: '6.0.3' },
}

const describe = (next, { react, types, typescript }) => ({
  name: 'next-app',
  private: true,
  dependencies: { next, react, 'react-dom': react },
  devDependencies: { '@types/node': '20.19.43', '@types/react': types, typescript },
})

/** Installs one version, unless it is there; what npm says when it cannot is the error. @param {string} folder @param {string} version */
const install = async (folder, version) => {
  const manifest = JSON.stringify(describe(version, NEXT_VERSIONS[version]), null, 2)
  const file = join(folder, 'package.json')
  const stamp = join(folder, 'node_modules/.package-lock.json')
  if (existsSync(stamp) && existsSync(file) && readFileSync(file, 'utf8') === manifest) return
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, manifest)
  await run('npm', ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], folder)
}

/**
 * The app, installed with the package as it is now, not yet built.
 * @param {string} version of Next.js
 * @returns {Promise<{ build(): Promise<string>, checkTypes(): Promise<string>,
 *   start(env?: (origin: string) => Record<string, string>): Promise<{ origin: string, stop(): Promise<void> }> }>}
 */
export async function makeNextApp(version) {
  const folder = join(CACHE, version)
  await install(folder, version)
  for (const name of readdirSync(folder))
    if (!KEPT.has(name)) rmSync(join(folder, name), { recursive: true, force: true })
  cpSync(SOURCE, folder, { recursive: true })
  const packed = await installPacked()
  const installed = join(folder, 'node_modules/landfall')
  rmSync(installed, { recursive: true, force: true })
  cpSync(join(packed.folder, 'node_modules/landfall'), installed, { recursive: true })
  packed.remove()

  const next = join(folder, 'node_modules/.bin/next')
  return {
    build: () => run(next, ['build'], folder),
    checkTypes: () => run(join(folder, 'node_modules/.bin/tsc'), ['--noEmit'], folder),
    async start(env = () => ({})) {
      const port = await findPort()
      const origin = `http://127.0.0.1:${port}`
      const child = await startChild(next, ['start', '-H', '127.0.0.1', '-p', String(port)], {
        cwd: folder,
        env: { ...baseEnv, ...env(origin) },
        ready: () => fetch(`${origin}/`).then(Boolean, () => false),
      })
      return { origin, stop: child.stop }
    },
  }
}
