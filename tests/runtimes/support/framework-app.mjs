// An app of apps/ on one version of a framework, which stays installed in build/: what the frameworks have in common.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installPacked, root } from '../../package/packed.mjs'
import { run } from './example.mjs'

const KEPT = new Set(['node_modules', 'package.json', 'package-lock.json'])

/** Installs it, unless it is there; what npm says when it cannot is the error. @param {string} folder @param {object} manifest */
const install = async (folder, manifest) => {
  const text = JSON.stringify(manifest, null, 2)
  const file = join(folder, 'package.json')
  const stamp = join(folder, 'node_modules/.package-lock.json')
  if (existsSync(stamp) && existsSync(file) && readFileSync(file, 'utf8') === text) return
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, text)
  await run('npm', ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], folder)
}

/**
 * Puts an app into a folder, installed with the package as it is now, not yet built; what was installed there stays.
 * @param {string} folder @param {object} manifest what its package.json has
 * @param {string[]} sources the app's folders; the last one wins
 */
export const placeApp = async (folder, manifest, sources) => {
  await install(folder, { private: true, ...manifest })
  for (const file of readdirSync(folder))
    if (!KEPT.has(file)) rmSync(join(folder, file), { recursive: true, force: true })
  for (const source of sources) cpSync(source, folder, { recursive: true })
  const packed = await installPacked()
  const installed = join(folder, 'node_modules/landfall')
  rmSync(installed, { recursive: true, force: true })
  cpSync(join(packed.folder, 'node_modules/landfall'), installed, { recursive: true })
  packed.remove()
}

/**
 * The folder of an app, as placeApp makes it.
 * @param {string} name of its folder in apps/ @param {string} version of the framework
 * @param {object} manifest what its package.json has
 */
export const installApp = async (name, version, manifest) => {
  const folder = join(root, `build/${name}s`, version)
  await placeApp(folder, { name, ...manifest }, [fileURLToPath(new URL(`../apps/${name}`, import.meta.url))])
  return folder
}

/**
 * @typedef {object} FrameworkApp
 * @property {string} version
 * @property {string} options the file with the options of createAuth
 * @property {((name?: string) => Promise<string>) | undefined} build what it prints; undefined for what needs no build
 * @property {() => Promise<string>} checkTypes
 * @property {(env?: (origin: string) => Record<string, string>, build?: string) => Promise<{ origin: string, stop(): Promise<void> }>} start
 */
