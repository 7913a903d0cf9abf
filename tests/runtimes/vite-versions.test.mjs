// The example for a page, and each entry of the package, built by the majors of Vite that people run. No version may warn of
// anything, nor refuse the code for the browsers that it builds for.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { installPacked, root } from '../package/packed.mjs'
import { baseEnv, run } from './support/example.mjs'
import { takeTurns } from './support/turns.mjs'

const VERSIONS = ['5.4.21', '6.4.6', '7.3.8', '8.4.0']
const SUPABASE_JS = '@supabase/supabase-js@2.119.1'
const SETTINGS = { SUPABASE_URL: 'https://abc.supabase.co', SUPABASE_ANON_KEY: 'a-key' }
const ENTRIES = {
  client: ['landfall/browser', 'landfall/url'],
  server: ['landfall', 'landfall/node', 'landfall/slim'],
}

let packed
before(async () => {
  packed = await installPacked()
})
after(() => packed?.remove())

/** The example's sources, and a module for each side that uses all of the package. @param {string} folder */
const writeApp = (folder) => {
  const example = join(root, 'examples/vite')
  for (const name of ['index.html', 'src', 'tsconfig.json', 'vite.config.ts'])
    cpSync(join(example, name), join(folder, name), { recursive: true })
  for (const [side, entries] of Object.entries(ENTRIES)) {
    const imports = entries.map((entry, index) => `import * as entry${index} from '${entry}'`)
    const used = `console.log(${entries.map((_, index) => `Object.entries(entry${index})`)})`
    writeFileSync(join(folder, `${side}.js`), [...imports, used].join('\n'))
  }
  writeFileSync(join(folder, 'client.html'), '<script type="module" src="/client.js"></script>')
  writeFileSync(
    join(folder, 'package.config.js'),
    `export default ({ isSsrBuild }) => isSsrBuild
      ? { ssr: { noExternal: true } }
      : { build: { rollupOptions: { input: 'client.html' } } }`,
  )
}

for (const version of takeTurns(VERSIONS))
  describe(`Vite ${version}`, () => {
    let folder
    before(async () => {
      folder = mkdtempSync(join(tmpdir(), `landfall-vite-${version}-`))
      writeFileSync(
        join(folder, 'package.json'),
        JSON.stringify({ name: 'app', private: true, type: 'module' }),
      )
      const flags = ['--prefer-offline', '--no-audit', '--no-fund']
      await run('npm', ['install', packed.tarball, `vite@${version}`, SUPABASE_JS, ...flags], folder)
      writeApp(folder)
    })
    after(() => folder && rmSync(folder, { recursive: true, force: true }))

    /** Builds, and gives all that Vite warns of. @param {string[]} args */
    const build = async (...args) => {
      const env = { ...baseEnv, ...SETTINGS }
      const vite = join(folder, 'node_modules/.bin/vite')
      const said = await promisify(execFile)(vite, ['build', '--logLevel', 'warn', ...args], {
        cwd: folder,
        env,
      })
      assert.ok(readdirSync(join(folder, 'dist')).length > 0)
      return said.stdout + said.stderr
    }

    test('the example', async () => assert.equal(await build(), ''))
    test('the package in a page', async () => assert.equal(await build('-c', 'package.config.js'), ''))
    test('the package on a server', async () =>
      assert.equal(await build('-c', 'package.config.js', '--ssr', 'server.js'), ''))
  })
