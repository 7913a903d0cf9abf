// The app in apps/sveltekit-app/ on each major of SvelteKit.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from '../../../stand-ins/child.mjs'
import { findPort } from '../../../stand-ins/port.mjs'
import { baseEnv, run } from './example.mjs'
import { installApp } from './framework-app.mjs'

const VITE = "import { defineConfig } from 'vite'\nimport { sveltekit } from '@sveltejs/kit/vite'\n"
const ADAPTER = "import adapter from '@sveltejs/adapter-node'\n"

/** Each major, its adapter, and its configuration: a form is accepted from this origin alone. */
const VERSIONS = {
  '2.70.4': {
    adapter: '5.5.7',
    files: () => ({
      'svelte.config.js': `${ADAPTER}export default { kit: { adapter: adapter({ out: process.env.OUT }) } }\n`,
      'vite.config.js': `${VITE}export default defineConfig({ plugins: [sveltekit()] })\n`,
    }),
  },
  '3.2.0': {
    adapter: '6.0.1',
    files: (origin) => ({
      'vite.config.js': `${VITE}${ADAPTER}export default defineConfig({
  plugins: [sveltekit({ adapter: adapter({ out: process.env.OUT }), paths: { origin: '${origin}' } })],
})\n`,
    }),
  },
}

const describe = (kit, { adapter }) => ({
  type: 'module',
  devDependencies: {
    '@sveltejs/adapter-node': adapter,
    '@sveltejs/kit': kit,
    '@sveltejs/vite-plugin-svelte': '7.3.1',
    '@types/node': '22.20.7',
    svelte: '5.57.3',
    typescript: '6.0.3',
    vite: '8.3.8',
  },
})

/**
 * @param {string} version
 * @param {'build' | 'dev'} [serve] what serves; `dev` needs no build
 * @returns {() => Promise<import('./framework-app.mjs').FrameworkApp>}
 */
const svelteKitApp = (version, serve) => async () => {
  const folder = await installApp('sveltekit-app', version, describe(version, VERSIONS[version]))
  const vite = join(folder, 'node_modules/.bin/vite')
  const port = await findPort()
  const origin = `http://127.0.0.1:${port}`
  for (const [name, text] of Object.entries(VERSIONS[version].files(origin)))
    writeFileSync(join(folder, name), text)
  return {
    version,
    options: join(folder, 'src/auth.ts'),
    build: serve === 'dev' ? undefined : (OUT) => run(vite, ['build'], folder, { OUT }),
    checkTypes: () => run(join(folder, 'node_modules/.bin/tsc'), ['--noEmit'], folder),
    async start(env = () => ({}), name = 'build') {
      const [file, ...args] =
        serve === 'dev' ? [vite, 'dev', '--host', '127.0.0.1', '--port', `${port}`] : ['node', name]
      const { stop } = await startChild(file, args, {
        cwd: folder,
        env: { ...baseEnv, HOST: '127.0.0.1', PORT: String(port), ORIGIN: origin, ...env(origin) },
        ready: () => fetch(origin).then(Boolean, () => false),
      })
      return { origin, stop }
    },
  }
}

/** By the name of the row. */
export const SVELTEKIT_APPS = { 'SvelteKit 2': svelteKitApp('2.70.4'), 'SvelteKit 3': svelteKitApp('3.2.0') }

export const SVELTEKIT_DEV_APPS = {
  'SvelteKit 2, vite dev': svelteKitApp('2.70.4', 'dev'),
  'SvelteKit 3, vite dev': svelteKitApp('3.2.0', 'dev'),
}
