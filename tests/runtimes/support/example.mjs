// An app of examples/ as a person gets it going: copied, installed with the packed package, built, started.
import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startChild } from '../../../stand-ins/child.mjs'
import { findPort } from '../../../stand-ins/port.mjs'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const MODULES = fileURLToPath(new URL('../node_modules', import.meta.url))
const INSTALL_AND_BUILD_MILLISECONDS = 300_000

const PLATFORM = `${process.platform}-${process.arch}`
/**
 * The runtimes of tests/runtimes/package.json: some majors of today need a newer Node than the repository does. Bun's program is in a
 * package of its own, until an install script moves it.
 */
const PROGRAMS = [`node-22-${PLATFORM}/bin`, `@oven/bun-${PLATFORM}/bin`, '.bin']
/** Nothing here asks anyone but npm's registry. */
export const QUIET = {
  CI: '1',
  ASTRO_TELEMETRY_DISABLED: '1',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  DENO_NO_UPDATE_CHECK: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  WRANGLER_SEND_METRICS: 'false',
}

const START = ['npm', 'start']
/** What a person's own run of an example leaves in its folder. */
const LEFT_BEHIND = /\/(node_modules|\.env|\.vercel|\.wrangler|package-lock\.json|\w+\.lock)$/

/** Without what an outer `npm test` has set: its prefix would win over the working directory. */
const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))
const path = [...PROGRAMS.map((folder) => join(MODULES, folder)), process.env.PATH].join(delimiter)
/** The environment of every app: none of its own variables. */
export const baseEnv = { ...inherited, ...QUIET, PATH: path }

/** What a command prints; that it failed is an error with all it said. @param {string} command @param {string[]} args @param {string} cwd @param {Record<string, string>} [env] */
export const run = async (command, args, cwd, env = {}) => {
  const options = { cwd, env: { ...baseEnv, ...env }, timeout: INSTALL_AND_BUILD_MILLISECONDS }
  try {
    return (await promisify(execFile)(command, args, options)).stdout
  } catch (error) {
    throw new Error(`${command} ${args.join(' ')}: ${error.stdout}${error.stderr}`)
  }
}

/** Copies an example and installs it with the package as it is now. @param {string} name @param {string} folder @param {string} [modules] the folder in it that imports find the package from */
export const install = async (name, folder, modules = '.') => {
  const source = join(ROOT, 'examples', name)
  cpSync(source, folder, { recursive: true, filter: (file) => !LEFT_BEHIND.test(file) })
  const flags = ['--ignore-scripts', '--json', '--pack-destination', folder]
  const [{ filename }] = JSON.parse(await run('npm', ['pack', ...flags], ROOT))
  // Where there is no package.json yet, npm would look for one further up.
  const more = ['--prefix', join(folder, modules), '--prefer-offline', '--no-audit', '--no-fund']
  await run('npm', ['install', join(folder, filename), ...more], folder)
}

/**
 * Sets an example going with `npm start`, after `npm run build` where it has one. Its environment is that of its README.
 * @param {string} name of a folder in examples/
 * @param {object} options
 * @param {{ url: string, key: string }} options.supabase
 * @param {string[]} [options.start] the command, where it is not `npm start`
 * @param {string} [options.modules] the folder in it that imports find the package from
 * @param {string} [options.folder] where it is put; a temporary one, removed at the end, unless you name one
 * @param {number} [options.port]
 * @param {Record<string, string>} [options.env] more of it
 * @param {boolean} [options.isTested] build it without a variable first, as a build server does
 * @returns {Promise<{ origin: string, folder: string, stop(): Promise<void> }>}
 */
export async function startExample(
  name,
  { supabase, start = START, modules = '.', env: more, isTested, ...where },
) {
  const folder = where.folder ?? mkdtempSync(join(tmpdir(), `landfall-${name}-`))
  const remove = () => {
    if (!where.folder) rmSync(folder, { recursive: true, force: true })
  }
  const port = where.port ?? (await findPort())
  const origin = `http://127.0.0.1:${port}`
  const env = {
    SUPABASE_URL: supabase.url,
    SUPABASE_ANON_KEY: supabase.key,
    APP_ORIGIN: origin,
    HOST: '127.0.0.1',
    PORT: String(port),
    ...more,
  }
  try {
    mkdirSync(folder, { recursive: true })
    await install(name, folder, modules)
    const manifest = join(folder, 'package.json')
    const { scripts } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {}
    for (const each of scripts?.build ? (isTested ? [{}, env] : [env]) : [])
      await run('npm', ['run', 'build'], folder, each)
    const isUp = () => fetch(origin, { redirect: 'manual' }).then(Boolean, () => false)
    const [command, ...args] = start
    const child = await startChild(command, args, {
      cwd: folder,
      env: { ...baseEnv, ...env },
      ready: isUp,
    })
    const stop = async () => {
      await child.stop()
      remove()
    }
    return { origin, folder, stop }
  } catch (error) {
    remove()
    throw error
  }
}
