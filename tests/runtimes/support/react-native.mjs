// The React Native example: installed, built for phones by Expo, and its parts that need no phone.
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { listNextChecks } from '../../node/support/vectors.mjs'
import { install, run } from './example.mjs'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const HERMES = at('../node_modules/hermes-engine-cli/linux64-bin/hermes')
const STAND_INS = {
  '@react-native-async-storage/async-storage': at('../apps/react-native/async-storage.mjs'),
  'expo-web-browser': at('../apps/react-native/web-browser.mjs'),
}
const OFFLINE = { EXPO_OFFLINE: '1', EXPO_NO_TELEMETRY: '1' }

/** npm has Hermes as a program for this platform alone. */
export const hasHermes = process.platform === 'linux' && process.arch === 'x64' && existsSync(HERMES)

/** The example in a folder of its own. */
export const installReactNative = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-react-native-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    await install('react-native', folder)
  } catch (error) {
    remove()
    throw error
  }
  return {
    folder,
    remove,
    /** Checks its types, bundles it with Metro, and compiles it for Hermes. */
    build: () => run('npm', ['run', 'build'], folder, OFFLINE),
    /** What the program of Hermes prints for apps/hermes/, bundled by the example's Metro. */
    async runHermes() {
      cpSync(at('../apps/hermes'), folder, { recursive: true })
      writeFileSync(join(folder, 'next-checks.json'), JSON.stringify(listNextChecks()))
      await run('node', ['bundle.cjs'], folder, { ...OFFLINE, NODE_ENV: 'production' })
      // Without that queue, its promises wait for its timers, and those wait for nothing.
      return JSON.parse(await run(HERMES, ['-w', '-Xmicrotask-queue', 'bundle.js'], folder))
    },
    /**
     * Its sign-in, `src/auth.ts`, in this process, with stand-ins for what the phone does.
     * @param {{ url: string, key: string }} supabase
     */
    async loadAuth({ url, key }) {
      const outfile = join(folder, 'auth.mjs')
      await build({
        stdin: {
          contents: `export * from './src/auth'; export { items } from '@react-native-async-storage/async-storage'`,
          resolveDir: folder,
        },
        outfile,
        bundle: true,
        format: 'esm',
        platform: 'neutral',
        mainFields: ['module', 'main'],
        conditions: ['import'],
        external: ['node:*'],
        alias: STAND_INS,
        define: {
          'process.env.EXPO_PUBLIC_SUPABASE_URL': JSON.stringify(url),
          'process.env.EXPO_PUBLIC_SUPABASE_ANON_KEY': JSON.stringify(key),
        },
        logLevel: 'silent',
      })
      return import(pathToFileURL(outfile).href)
    },
  }
}
