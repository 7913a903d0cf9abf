// Every runtime outside of a browser, behind one face: `RUNTIMES[name](project)` starts the project's app as a server on
// this machine and gives its origin and what stops it.
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { startChild } from '../../servers/child.mjs'
import { NEWEST, startWorkerd } from './workerd.mjs'

/** @typedef {{ origin: string, stop(): Promise<void> }} Started */

const READY = /(http:\/\/127\.0\.0\.1:\d+)\//
const HERE = new URL('..', import.meta.url)
const modules = new URL('node_modules/', HERE)
const require = createRequire(import.meta.url)

/** Bun's package only finds its program after an install script; the program is a package of its own. */
const bun = () => {
  const machine = process.arch === 'arm64' ? 'aarch64' : process.arch
  return fileURLToPath(new URL(`@oven/bun-${process.platform}-${machine}/bin/bun`, modules))
}
const deno = () => require.resolve('deno/bin.cjs')

const start = async (project, command, args, env) => {
  const { match, stop } = await startChild(command, args, { cwd: project.folder, env, ready: READY })
  return { origin: match[1], stop }
}

/** @type {Record<string, (project: object) => Promise<Started>>} */
export const RUNTIMES = {
  'Node, ES modules': (project) => start(project, process.execPath, [project.addHost('node.mjs')]),
  'Node, CommonJS': (project) => start(project, process.execPath, [project.addHost('node.cjs')]),
  Deno: (project) => {
    const flags = ['--allow-net=127.0.0.1', '--no-prompt']
    const env = { DENO_DIR: `${project.folder}/deno`, DENO_NO_UPDATE_CHECK: '1' }
    return start(project, process.execPath, [deno(), 'run', ...flags, project.addHost('deno.mjs')], env)
  },
  Bun: (project) => start(project, bun(), [project.addHost('bun.mjs')]),
  [`workerd, ${NEWEST}`]: (project) => startWorkerd(project),
  'workerd, 2022-01-01': (project) => startWorkerd(project, '2022-01-01'),
  'edge-runtime, no code from text or bytes': async (project) => {
    const host = fileURLToPath(new URL('hosts/edge.mjs', HERE))
    return start(project, process.execPath, [host, await project.bundleFor('edge-light'), project.core])
  },
}
