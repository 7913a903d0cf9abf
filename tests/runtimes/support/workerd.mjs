// workerd, the runtime of Cloudflare Workers, on a plain configuration of its own.
import { createRequire } from 'node:module'
import { startChild } from '../../../stand-ins/child.mjs'

const require = createRequire(import.meta.url)

/** The newest date that this workerd knows is that of its version: 1.20261117.1. */
const { version } = require('workerd/package.json')
const [, ...DATE] = /^1\.(\d{4})(\d\d)(\d\d)/.exec(version)
export const NEWEST = DATE.join('-')

const configure = (script, core, compatibilityDate) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    ( name = "app", worker = (
      modules = [
        ( name = "worker", esModule = embed "${script}" ),
        ( name = "core.wasm", wasm = embed "${core}" ),
      ],
      compatibilityDate = "${compatibilityDate}",
      globalOutbound = "loopback",
    ) ),
    ( name = "loopback", network = ( allow = ["private"] ) ),
  ],
  sockets = [ ( name = "http", address = "127.0.0.1:0", http = (), service = "app" ) ],
);
`

/** Starts a project's app as a Worker. @param {string} [compatibilityDate] */
export async function startWorkerd(project, compatibilityDate = NEWEST) {
  await project.bundleFor('workerd')
  // Embedded files are named relative to the configuration.
  const core = project.core.slice(project.folder.length + 1)
  const config = project.write(`${compatibilityDate}.capnp`, configure('workerd.js', core, compatibilityDate))
  const { default: workerd } = require('workerd')
  const { match, stop } = await startChild(workerd, ['serve', config, '--control-fd=3'], {
    ready: /"socket":"http","port":(\d+)/,
    fds: ['pipe'],
  })
  return { origin: `http://127.0.0.1:${match[1]}`, version, stop }
}
