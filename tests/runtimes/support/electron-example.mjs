// The Electron example as its user has it: installed, built, packaged. The Chromium of the tests' program is older than the WebAssembly of a page may be, so
// its page imports `landfall/plain/browser`.
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeDesktop } from './electron-desktop.mjs'
import { packageApp } from './electron-program.mjs'
import { install, run } from './example.mjs'

/** @param {string} file */
const importPlain = (file) => {
  const source = readFileSync(file, 'utf8')
  const plain = source.replace("'landfall/browser'", "'landfall/plain/browser'")
  if (plain === source) throw new Error(`${file} has another import.`)
  writeFileSync(file, plain)
}

/**
 * @param {{ url: string, key: string }} supabase
 * @returns {Promise<{ folder: string, makeDesktop(): ReturnType<typeof makeDesktop>, remove(): void }>} `makeDesktop` gives a new desktop that has the
 *   app; `folder` has its packages, and in `dist-current` its page as newer versions take it
 */
export const installElectron = async ({ url, key }) => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-electron-example-'))
  const removeFolder = () => rmSync(folder, { recursive: true, force: true })
  try {
    await install('electron', folder)
    const build = () => run('npm', ['run', 'build'], folder, { SUPABASE_URL: url, SUPABASE_ANON_KEY: key })
    await build()
    renameSync(join(folder, 'dist'), join(folder, 'dist-current'))
    importPlain(join(folder, 'src/auth.ts'))
    await build()
    const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const app = await packageApp(folder, ['dist', 'electron'])
    const remove = () => {
      app.remove()
      removeFolder()
    }
    return { folder, makeDesktop: () => makeDesktop({ program: app.program, name, scheme: 'myapp' }), remove }
  } catch (error) {
    removeFolder()
    throw error
  }
}
