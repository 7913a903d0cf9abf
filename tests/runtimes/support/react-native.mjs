// The React Native example: installed, built for phones by Expo, and its parts that need no phone.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

/** A file of apps/hermes/, bundled by the Metro of the example in a folder. @param {string} folder @param {string} entry */
const bundleForHermes = async (folder, entry) => {
  cpSync(at('../apps/hermes'), folder, { recursive: true })
  writeFileSync(join(folder, 'next-checks.json'), JSON.stringify(listNextChecks()))
  const verify = at('../apps/elsewhere/verify.mjs')
  await build({ entryPoints: [verify], outfile: join(folder, 'verify.js'), bundle: true, format: 'cjs' })
  const out = `bundle-${entry}`
  await run('node', ['bundle.cjs', entry, out], folder, { ...OFFLINE, NODE_ENV: 'production' })
  return readFileSync(join(folder, out), 'utf8')
}

/** @param {{ url: string } & RequestInit} asked */
const makeRequest = async ({ url, ...init }) => {
  const response = await fetch(url, { ...init, redirect: 'manual' })
  const { status, headers } = response
  return { status, headers: Object.fromEntries(headers), body: await response.text() }
}

/** What a script prints, as JSON. @param {string} folder @param {string} script */
const runInHermes = async (folder, script) => {
  const file = join(folder, 'script.js')
  writeFileSync(file, script)
  // Without that queue, its promises wait for its timers, and those wait for nothing.
  return JSON.parse(await run(HERMES, ['-w', '-O0', '-Xmicrotask-queue', file], folder))
}

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
  /** @type {Promise<string> | undefined} */
  let server
  return {
    folder,
    remove,
    /** Checks its types, bundles it with Metro, and compiles it for Hermes. */
    build: () => run('npm', ['run', 'build'], folder, OFFLINE),
    /** What the program of Hermes prints for apps/hermes/entry.js. */
    async runHermes() {
      const script = await bundleForHermes(folder, 'entry.js')
      return runInHermes(folder, script)
    },
    /**
     * A server in the program of Hermes, from apps/hermes/openid.js. It has no network: each request that it makes is made here, and the program
     * starts again with the answer.
     * @param {Record<string, any>} options of createAuth
     */
    async serveInHermes(options) {
      server ??= bundleForHermes(folder, 'openid.js')
      const script = await server
      let seed = 0
      /** @param {{ method: string, url: string, headers: Headers }} request @param {object} [more] of what it is asked */
      return async ({ method, url, headers }, more) => {
        const request = { method, url, headers: Object.fromEntries(headers) }
        const asked = {
          now: Date.now(),
          seed: ++seed,
          request,
          options,
          hasVerify: true,
          answers: [],
          ...more,
        }
        for (;;) {
          const said = await runInHermes(folder, `globalThis.asked = ${JSON.stringify(asked)};\n${script}`)
          if (!said.ask) return { ...said, asked }
          asked.answers.push(await makeRequest(said.ask))
        }
      }
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
