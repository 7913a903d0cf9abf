// The app in apps/react-router-app/ on each version of React Router, as its server and in development.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from '../../../stand-ins/child.mjs'
import { findPort } from '../../../stand-ins/port.mjs'
import { baseEnv, run } from './example.mjs'
import { installApp } from './framework-app.mjs'

/** Each major, and its configuration: version 7 runs a middleware only where it is asked to. */
const VERSIONS = { '7.18.4': { future: { v8_middleware: true } }, '8.4.0': {} }

const describe = (version) => ({
  type: 'module',
  dependencies: {
    '@react-router/node': version,
    '@react-router/serve': version,
    isbot: '5.2.3',
    react: '19.3.1',
    'react-dom': '19.3.1',
    'react-router': version,
  },
  devDependencies: {
    '@react-router/dev': version,
    '@types/node': '22.20.7',
    '@types/react': '19.3.3',
    typescript: '6.0.3',
    vite: '8.3.8',
  },
})

/**
 * @param {keyof typeof VERSIONS} version
 * @param {boolean} [isDevelopment] served by `react-router dev`, which needs no build
 * @returns {() => Promise<import('./framework-app.mjs').FrameworkApp>}
 */
const reactRouterApp = (version, isDevelopment) => async () => {
  const folder = await installApp('react-router-app', version, describe(version))
  const config = `export default ${JSON.stringify(VERSIONS[version])}\n`
  writeFileSync(join(folder, 'react-router.config.ts'), config)
  const program = (name) => join(folder, 'node_modules/.bin', name)
  return {
    version,
    build: isDevelopment ? undefined : () => run(program('react-router'), ['build'], folder),
    async checkTypes() {
      await run(program('react-router'), ['typegen'], folder)
      return run(program('tsc'), ['--noEmit'], folder)
    },
    async start(env = () => ({})) {
      const port = String(await findPort())
      const origin = `http://127.0.0.1:${port}`
      const [command, ...args] = isDevelopment
        ? ['react-router', 'dev', '--host', '127.0.0.1', '--port', port, '--strictPort']
        : ['react-router-serve', 'build/server/index.js']
      const { stop } = await startChild(program(command), args, {
        cwd: folder,
        env: { ...baseEnv, HOST: '127.0.0.1', PORT: port, ...env(origin) },
        ready: () => fetch(origin).then(Boolean, () => false),
      })
      return { origin, stop }
    },
  }
}

/** By the name of the row. */
export const REACT_ROUTER_APPS = {
  'React Router 7': reactRouterApp('7.18.4'),
  'React Router 8': reactRouterApp('8.4.0'),
  'React Router 8, react-router dev': reactRouterApp('8.4.0', true),
}
