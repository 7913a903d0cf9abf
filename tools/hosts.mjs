// Copies the module and its tables into the hosts of other languages, whose packages have them inside.
// `node tools/hosts.mjs` after a build; `npm run build` does it too.
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { program, root, Stop } from './run.mjs'

/** The folder of each package that gets the files. */
const FOLDERS = ['hosts/go', 'hosts/jvm', 'hosts/rust']
const FILES = ['core.wasm', 'messages.json']

/** @param {string} from @param {string} to */
const isSame = (from, to) => existsSync(to) && readFileSync(from).equals(readFileSync(to))

/** Copies what dist/ has. The copies are not committed. One that is the same stays: cargo builds what has a new time. */
export const copyToHosts = () => {
  for (const file of FILES) {
    const from = join(root, 'dist', file)
    if (!existsSync(from)) throw new Stop(`hosts: dist/${file} is missing: npm run build`)
    for (const to of FOLDERS.map((folder) => join(root, folder, file)))
      if (!isSame(from, to)) copyFileSync(from, to)
  }
}

await program(import.meta.url, async () => copyToHosts())
