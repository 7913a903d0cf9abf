// Copies the module and its tables into the hosts of other languages, whose packages have them inside.
// `node tools/hosts.mjs` after a build; `npm run build` does it too.
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { program, root, Stop } from './run.mjs'

/** The folder of each package that gets the files. */
const FOLDERS = ['hosts/go', 'hosts/jvm']
const FILES = ['core.wasm', 'messages.json']

/** Copies what dist/ has. The copies are not committed. */
export const copyToHosts = () => {
  for (const file of FILES) {
    const from = join(root, 'dist', file)
    if (!existsSync(from)) throw new Stop(`hosts: dist/${file} is missing: npm run build`)
    for (const folder of FOLDERS) copyFileSync(from, join(root, folder, file))
  }
}

await program(import.meta.url, async () => copyToHosts())
