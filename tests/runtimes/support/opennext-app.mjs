// The app in apps/next-app/ built by OpenNext for Cloudflare, in workerd by `wrangler dev`. OpenNext builds a proxy without the condition
// `workerd`, so that one cannot load the module: all routes are route handlers.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from '../../../stand-ins/child.mjs'
import { findPort } from '../../../stand-ins/port.mjs'
import { baseEnv, run } from './example.mjs'
import { installApp } from './framework-app.mjs'

const OPENNEXT = '1.20.17'

const MANIFEST = {
  scripts: { build: 'next build' },
  dependencies: { next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' },
  devDependencies: {
    '@opennextjs/cloudflare': OPENNEXT,
    '@types/node': '20.19.43',
    '@types/react': '19.3.3',
    typescript: '6.0.3',
    wrangler: '4.164.0',
  },
}

const WRANGLER = {
  name: 'app',
  main: '.open-next/worker.js',
  compatibility_date: '2026-11-01',
  compatibility_flags: ['nodejs_compat'],
  assets: { directory: '.open-next/assets', binding: 'ASSETS' },
}

const FILES = {
  'next.config.mjs': "export default { serverExternalPackages: ['landfall'] }\n",
  'open-next.config.ts':
    "import { defineCloudflareConfig } from '@opennextjs/cloudflare'\n\nexport default defineCloudflareConfig()\n",
  'wrangler.jsonc': JSON.stringify(WRANGLER),
}

/** @returns {Promise<import('./framework-app.mjs').FrameworkApp>} */
const openNextApp = async () => {
  const folder = await installApp('next-app', `opennext-${OPENNEXT}`, MANIFEST)
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
  rmSync(join(folder, 'proxy.ts'))
  const program = (name) => join(folder, 'node_modules/.bin', name)
  return {
    version: OPENNEXT,
    build: () => run(program('opennextjs-cloudflare'), ['build'], folder),
    checkTypes: () => run(program('tsc'), ['--noEmit'], folder),
    async start(env = () => ({})) {
      const port = String(await findPort())
      const origin = `http://127.0.0.1:${port}`
      const args = ['dev', '--ip', '127.0.0.1', '--port', port, '--inspector-port', '0']
      const { stop } = await startChild(program('wrangler'), args, {
        cwd: folder,
        env: { ...baseEnv, CLOUDFLARE_INCLUDE_PROCESS_ENV: 'true', ...env(origin) },
        ready: () => fetch(origin).then(Boolean, () => false),
      })
      return { origin, stop }
    },
  }
}

/** By the name of the row. */
export const OPENNEXT_APPS = { 'Next 16, OpenNext on workerd': openNextApp }
