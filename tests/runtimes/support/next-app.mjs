// The app in apps/next-app/ on each version of Next.js, and each way to build it.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from '../../../stand-ins/child.mjs'
import { findPort } from '../../../stand-ins/port.mjs'
import { baseEnv, run } from './example.mjs'
import { installApp } from './framework-app.mjs'

/** Each major that people run, what it is built with, and its name for what runs before a route. */
const VERSIONS = {
  '14.2.35': { react: '18.3.1', types: '18.3.32', typescript: '5.9.3', proxy: 'middleware' },
  '15.5.29': { react: '19.3.1', types: '19.3.3', typescript: '5.9.3', proxy: 'middleware' },
  '16.4.6': { react: '19.3.1', types: '19.3.3', typescript: '6.0.3', proxy: 'proxy' },
}

const describe = (next, { react, types, typescript }) => ({
  dependencies: { next, react, 'react-dom': react },
  devDependencies: { '@types/node': '20.19.43', '@types/react': types, typescript },
})

/** proxy.ts under the name that this version knows. @param {string} folder @param {string} proxy */
const nameProxy = (folder, proxy) => {
  const file = join(folder, `${proxy}.ts`)
  renameSync(join(folder, 'proxy.ts'), file)
  writeFileSync(file, readFileSync(file, 'utf8').replace('const proxy =', `const ${proxy} =`))
}

/**
 * @param {string} version
 * @param {object} [options]
 * @param {string[]} [options.flags] of `next build`
 * @param {object} [options.config] what next.config.mjs has
 * @param {'start' | 'dev'} [options.serve] the command that serves; `dev` needs no build
 * @returns {() => Promise<import('./framework-app.mjs').FrameworkApp>}
 */
const nextApp =
  (version, { flags = [], config = {}, serve = 'start' } = {}) =>
  async () => {
    const folder = await installApp('next-app', version, describe(version, VERSIONS[version]))
    const settings = `...${JSON.stringify(config)}, distDir: process.env.DIST_DIR`
    writeFileSync(join(folder, 'next.config.mjs'), `export default { ${settings} }\n`)
    nameProxy(folder, VERSIONS[version].proxy)
    const { basePath = '' } = config
    const next = join(folder, 'node_modules/.bin/next')
    const port = await findPort()
    // Next's middleware writes `localhost` for 127.0.0.1.
    const origin = `http://localhost:${port}`
    return {
      version,
      options: join(folder, 'lib/auth.ts'),
      build: serve === 'dev' ? undefined : (DIST_DIR) => run(next, ['build', ...flags], folder, { DIST_DIR }),
      checkTypes: () => run(join(folder, 'node_modules/.bin/tsc'), ['--noEmit'], folder),
      async start(env = () => ({}), DIST_DIR) {
        const { stop } = await startChild(next, [serve, '-H', '127.0.0.1', '-p', String(port)], {
          cwd: folder,
          env: { ...baseEnv, DIST_DIR, ...(basePath && { BASE_PATH: basePath }), ...env(origin) },
          ready: () => fetch(`${origin}/`).then(Boolean, () => false),
        })
        return { origin: origin + basePath, stop }
      },
    }
  }

/** Their servers for who writes the app, beside that of Next 16 in the table. */
export const NEXT_DEV_APPS = {
  'Next 14, next dev': nextApp('14.2.35', { serve: 'dev' }),
  'Next 15, next dev': nextApp('15.5.29', { serve: 'dev' }),
}

/** By the name of the row. */
export const NEXT_APPS = {
  'Next 14': nextApp('14.2.35'),
  'Next 15': nextApp('15.5.29'),
  'Next 16, Turbopack': nextApp('16.4.6'),
  'Next 16, webpack': nextApp('16.4.6', { flags: ['--webpack'] }),
  'Next 16, cacheComponents': nextApp('16.4.6', { config: { cacheComponents: true } }),
  'Next 16, basePath': nextApp('16.4.6', { config: { basePath: '/shop' } }),
  'Next 16, serverExternalPackages': nextApp('16.4.6', { config: { serverExternalPackages: ['landfall'] } }),
  'Next 16, next dev': nextApp('16.4.6', { serve: 'dev' }),
}
