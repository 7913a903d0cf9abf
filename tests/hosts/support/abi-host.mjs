// The host of docs/abi.md as a program.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PAGE = new URL('../../../docs/abi.md', import.meta.url)
const MODULE = fileURLToPath(new URL('../../../dist/core.wasm', import.meta.url))

/** The first block of code of a language. @param {string} language */
export const readBlock = (language) => {
  const [, code] =
    new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(readFileSync(PAGE, 'utf8')) ?? []
  if (!code) throw new Error(`docs/abi.md has no ${language}`)
  return code
}

/**
 * @param {(code: string) => string} [change] makes another host of it
 * @returns {{ command: string[], remove(): void }}
 */
export const makeAbiHost = (change = (code) => code) => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-abi-'))
  const program = join(folder, 'host.mjs')
  writeFileSync(program, change(readBlock('js')))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  return { command: [process.execPath, program, MODULE], remove }
}
