// Hands out a module of dist/ as tools/mutants/glue.mjs wrote it.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const dist = new URL('../../dist/', import.meta.url).href
const mutants = new URL('../../build/mutants/glue/', import.meta.url)

export const load = async (url, context, nextLoad) => {
  const [address] = url.split(/[?#]/)
  if (address.startsWith(dist)) {
    const file = fileURLToPath(new URL(address.slice(dist.length), mutants))
    if (existsSync(file))
      return { format: 'module', source: await readFile(file, 'utf8'), shortCircuit: true }
  }
  return nextLoad(url, context)
}
