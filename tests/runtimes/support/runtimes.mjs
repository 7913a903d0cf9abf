// Every runtime outside of a browser, behind one face: `RUNTIMES[name](project)` starts the project's app as a server on
// this machine and gives its origin, its version and what stops it.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { startChild } from '../../../stand-ins/child.mjs'
import { QUIET } from './example.mjs'
import { NEWEST, startWorkerd } from './workerd.mjs'

/** @typedef {{ origin: string, version: string, stop(): Promise<void> }} Started */

const READY = /(https?:\/\/127\.0\.0\.1:\d+)[/\s]/
const HERE = new URL('..', import.meta.url)
const modules = new URL('node_modules/', HERE)
const require = createRequire(import.meta.url)

/** @param {string} name of a package of this folder @param {string} [file] of it */
const at = (name, file = '') => fileURLToPath(new URL(`${name}/${file}`, modules))
const versionOf = (name) => JSON.parse(readFileSync(at(name, 'package.json'), 'utf8')).version

const start = async (project, version, command, args, env) => {
  const { match, stop } = await startChild(command, args, { cwd: project.folder, env, ready: READY })
  return { origin: match[1], version, stop }
}

/** The Node that runs the tests, and those of this folder. */
const NODES = { [process.versions.node.split('.')[0]]: [process.execPath, process.versions.node] }
for (const major of [22, 24]) {
  const name = `node-${major}-${process.platform}-${process.arch}`
  NODES[major] ??= [at(name, 'bin/node'), versionOf(name)]
}
const nodes = Object.entries(NODES).flatMap(([major, [program, version]]) =>
  Object.entries({ 'ES modules': 'node.mjs', CommonJS: 'node.cjs' }).map(([form, host]) => [
    `Node ${major}, ${form}`,
    (project) => start(project, version, program, [project.addHost(host)]),
  ]),
)

/** Bun's package only finds its program after an install script; the program is a package of its own. */
const bun = () => {
  const machine = process.arch === 'arm64' ? 'aarch64' : process.arch
  return at(`@oven/bun-${process.platform}-${machine}`, 'bin/bun')
}

/** @param {string} host @param {string[]} [more] of its permissions */
const startDeno =
  (host, more = []) =>
  (project) => {
    const flags = ['--allow-net=127.0.0.1', '--no-prompt', ...more]
    const env = { DENO_DIR: `${project.folder}/deno`, DENO_NO_UPDATE_CHECK: '1' }
    const args = [require.resolve('deno/bin.cjs'), 'run', ...flags, project.addHost(host)]
    return start(project, versionOf('deno'), process.execPath, args, env)
  }
const startBun = (host) => (project) => start(project, versionOf('bun'), bun(), [project.addHost(host)])

/** wrangler wants a newer Node than the repository does; it writes its settings and logs where it is told to. */
const startWrangler = (project) => {
  const [node] = NODES[22]
  const flags = ['--ip', '127.0.0.1', '--port', '0', '--inspector-port', '0']
  const args = [at('wrangler', 'bin/wrangler.js'), 'dev', 'app.mjs', ...flags, '--compatibility-date', NEWEST]
  const env = { ...QUIET, XDG_CONFIG_HOME: project.folder, WRANGLER_LOG_PATH: project.folder }
  return start(project, versionOf('wrangler'), node, args, env)
}

/** @type {Record<string, (project: object) => Promise<Started>>} */
export const RUNTIMES = {
  ...Object.fromEntries(nodes),
  Deno: startDeno('deno.mjs'),
  Bun: startBun('bun.mjs'),
  'workerd, the newest date': (project) => startWorkerd(project),
  'workerd, 2022-01-01': (project) => startWorkerd(project, '2022-01-01'),
  'wrangler dev': startWrangler,
  'edge-runtime, no code from text or bytes': async (project) => {
    const args = [at('..', 'hosts/edge.mjs'), await project.bundleFor('edge-light'), project.core]
    return start(project, versionOf('edge-runtime'), process.execPath, args)
  },
}

/**
 * Those that speak HTTP/2 with a browser themselves, with the project's key.pem and certificate.pem.
 * @type {Record<string, (project: object) => Promise<Started>>}
 */
export const HTTP2_RUNTIMES = {
  ...Object.fromEntries(
    Object.entries(NODES).map(([major, [program, version]]) => [
      `Node ${major}, ES modules`,
      (project) => start(project, version, program, [project.addHost('node-http2.mjs')]),
    ]),
  ),
  Deno: startDeno('deno-http2.mjs', ['--allow-read=.']),
  Bun: startBun('bun-http2.mjs'),
}

/** The project's app in the Node that runs the tests. @type {(project: object) => Promise<Started>} */
export const startHere = nodes[0][1]
