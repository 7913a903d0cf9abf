// The app in apps/astro-app/ on each version of Astro that people have.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from '../../../stand-ins/child.mjs'
import { findPort } from '../../../stand-ins/port.mjs'
import { baseEnv, run } from './example.mjs'
import { installApp } from './framework-app.mjs'

const GET_SECRET = "export { getSecret as setting } from 'astro:env/server'\n"

/** Version 5 believes a Host only if it is named, and else refuses the app's own forms as those of another origin. */
const NAMED = { allowedDomains: [{ hostname: '127.0.0.1' }] }

/** Each major: its adapter, how it reads the environment when the app runs, and what it is told of the app's address. */
const VERSIONS = {
  '4.16.19': { node: '8.3.4', setting: 'export const setting = (name: string) => process.env[name]\n' },
  '5.18.2': { node: '9.5.5', setting: GET_SECRET, security: NAMED },
  '6.4.8': { node: '10.1.4', setting: GET_SECRET },
  '7.3.5': { node: '11.1.6', setting: GET_SECRET },
}

const describe = (astro) => ({
  type: 'module',
  dependencies: { '@astrojs/node': VERSIONS[astro].node, astro },
  devDependencies: { '@astrojs/check': '0.9.10', '@types/node': '22.20.7', typescript: '5.9.3' },
})

/** @param {object} security */
const configure = (security = {}) => `import node from '@astrojs/node'

export default {
  output: 'server',
  adapter: node({ mode: 'standalone' }),
  security: ${JSON.stringify(security)},
}
`

/** What `astro check` prints of findings: nothing, if all is well. @param {string} said */
const findings = (said) => (/^- 0 errors\n- 0 warnings\n- 0 hints$/m.test(said) ? '' : said)

/** @param {keyof typeof VERSIONS} version @returns {() => Promise<import('./framework-app.mjs').FrameworkApp>} */
const astroApp = (version) => async () => {
  const folder = await installApp('astro-app', version, describe(version))
  const { setting, security } = VERSIONS[version]
  writeFileSync(join(folder, 'astro.config.mjs'), configure(security))
  writeFileSync(join(folder, 'src/setting.ts'), setting)
  const astro = (...args) => run(join(folder, 'node_modules/.bin/astro'), args, folder)
  return {
    version,
    build: () => astro('build'),
    checkTypes: async () => findings(await astro('check')),
    async start(env = () => ({})) {
      const port = String(await findPort())
      const origin = `http://127.0.0.1:${port}`
      const { stop } = await startChild('node', ['dist/server/entry.mjs'], {
        cwd: folder,
        env: { ...baseEnv, HOST: '127.0.0.1', PORT: port, ...env(origin) },
        ready: () => fetch(origin).then(Boolean, () => false),
      })
      return { origin, stop }
    },
  }
}

/** By the name of the row. */
export const ASTRO_APPS = {
  'Astro 4': astroApp('4.16.19'),
  'Astro 5': astroApp('5.18.2'),
  'Astro 6': astroApp('6.4.8'),
  'Astro 7': astroApp('7.3.5'),
}
