/** What a project is, read from its files: nothing of it runs, and no value of a setting is kept. */
import { readdirSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findVersion, listPackages, readManifest } from '../terminal/packages.js'
import { Problem, readText } from '../terminal/read-text.js'
import { isFolder } from './files.js'
import { FRAMEWORKS } from './frameworks.js'

/** @typedef {import('./frameworks.js').Framework} Framework */

/**
 * @typedef {object} Project
 * @property {string} root
 * @property {Framework} framework
 * @property {string} version of it, for the person; empty where it is not known
 * @property {string} source its source folder, with a `/` behind it, or empty
 * @property {'ts' | 'js' | 'cjs'} language
 * @property {(name: string) => boolean} has whether package.json names a package
 * @property {Set<string>} variables the names in its .env files
 * @property {string} install the command that adds packages
 */

/**
 * Whether a project holds other projects.
 * @param {string} root
 * @param {Record<string, unknown>} manifest
 */
const hasWorkspaces = (root, { workspaces }) =>
  Boolean(workspaces) || /^packages:/m.test(readText(join(root, 'pnpm-workspace.yaml')) ?? '')

/**
 * @param {string} root
 * @param {Record<string, unknown>} packages
 * @returns {{ framework: Framework, version: string }}
 * @throws {Problem}
 */
const findFramework = (root, packages) => {
  const rows = FRAMEWORKS.filter((row) => row.package === '' || Object.hasOwn(packages, row.package))
  const [newest] = /** @type {[Framework]} */ (rows)
  const version = findVersion(root, newest.package, packages[newest.package])
  const major = version === '' ? newest.since : Number.parseInt(version, 10)
  const framework = rows.find((row) => row.package === newest.package && row.since <= major)
  if (!framework)
    throw new Problem(`${newest.name} ${version} is too old: init writes for ${oldestOf(newest)} and newer`)
  return { framework, version }
}

/** @param {Framework} row */
const oldestOf = (row) =>
  Math.min(...FRAMEWORKS.filter((one) => one.package === row.package).map(({ since }) => since))

/**
 * @param {string} root
 * @param {Framework} framework
 * @throws {Problem}
 */
const findSource = (root, { name, sources, needs = '', needsWhy }) => {
  const source = sources.find((folder) => isFolder(join(root, folder, needs)))
  if (source !== undefined) return source
  const places = sources.map((folder) => folder + needs).join(' or ')
  throw new Problem(`this ${name} app has no folder ${places}. ${needsWhy ?? 'Make it, and run this again'}`)
}

/**
 * The names of the settings in the .env files.
 * @param {string} root
 */
const readVariables = (root) => {
  const files = readdirSync(root, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && /^\.env(?:\.[\w.-]+)?$/.test(entry.name),
  )
  return new Set(files.flatMap(({ name }) => listVariables(readText(join(root, name)) ?? '')))
}

/**
 * The names that a .env file sets.
 * @param {string} text
 */
export const listVariables = (text) =>
  [...text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=/gm)].map(
    ([, name]) => /** @type {string} */ (name),
  )

/** The command that adds packages, by the file that its package manager leaves. */
const MANAGERS = [
  ['pnpm-lock.yaml', 'pnpm add'],
  ['yarn.lock', 'yarn add'],
  ['bun.lock', 'bun add'],
  ['bun.lockb', 'bun add'],
]

/**
 * @param {string} folder
 * @returns {Project}
 * @throws {Problem}
 */
export const readProject = (folder) => {
  if (!isFolder(folder)) throw new Problem(`${folder} is no folder`)
  const root = realpathSync(resolve(folder))
  const manifest = readManifest(root)
  if (!manifest)
    throw new Problem(
      `there is no package.json in ${root}: name the folder of your app, npx landfall init <folder>`,
    )
  const packages = listPackages(manifest)
  const { framework, version } = findFramework(root, packages)
  if (framework.package === '' && hasWorkspaces(root, manifest))
    throw new Problem('this is the root of a monorepo: name the folder of an app, npx landfall init <folder>')
  const has = (/** @type {string} */ name) => Object.hasOwn(packages, name)
  const isThere = (/** @type {string} */ name) => readText(join(root, name)) !== undefined
  const isTypeScript = isThere('tsconfig.json') || (has('typescript') && !isThere('jsconfig.json'))
  const isCommonJs = framework.isCommonJs === true && manifest.type !== 'module'
  return {
    root,
    framework,
    version,
    source: findSource(root, framework),
    language: isTypeScript ? 'ts' : isCommonJs ? 'cjs' : 'js',
    has,
    variables: readVariables(root),
    install: MANAGERS.find(([file = '']) => isThere(file))?.[1] ?? 'npm install',
  }
}
