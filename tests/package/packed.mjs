// The package as people get it: packed, and installed into an empty project.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** Without what an outer `npm test` has set: its prefix would win over the working directory. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))

/**
 * @returns {Promise<{ folder: string, tarball: string, files: string[], run(command: string, args: string[]): Promise<string>,
 *   remove(): void }>} `files` of the package; `run` gives what a command prints that runs in the project
 */
export async function installPacked() {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-package-'))
  const runIn = async (cwd, command, args) =>
    (await promisify(execFile)(command, args, { cwd, env, timeout: 60_000 })).stdout
  const run = (command, args) => runIn(folder, command, args)
  const flags = ['--ignore-scripts', '--json', '--pack-destination', folder]
  const [{ filename, files }] = JSON.parse(await runIn(root, 'npm', ['pack', ...flags]))
  const tarball = join(folder, filename)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'app', private: true, type: 'module' }))
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball])
  const remove = () => rmSync(folder, { recursive: true, force: true })
  return { folder, tarball, files: files.map(({ path }) => path), run, remove }
}
