// What the built module says of itself, as files of the package: hosts in any language read them.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, Stop } from './run.mjs'

/** The number of the operation; messages.def has it. */
const DESCRIBE = 1
const HEAD_BYTES = 8

/** A message without a field: its size, and the count of its fields. */
const NO_FIELDS = new Uint8Array(new Uint32Array([HEAD_BYTES, 0]).buffer)

/**
 * Performs `describe`.
 * @param {Uint8Array} bytes of core.wasm
 * @returns {{ version: string, abi: number, limits: Record<string, number>, messages: Record<string, string[]>,
 *   errors: { code: string, blame: string, status: number, message: string, spec: string }[] }}
 */
export const describeCore = (bytes) => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {})
  const core = /** @type {any} */ (exports)
  core._initialize()
  const input = core.landfall_input(HEAD_BYTES)
  new Uint8Array(core.memory.buffer).set(NO_FIELDS, input)
  const at = core.landfall_handle(DESCRIBE)
  const [size, count, length] = new Uint32Array(core.memory.buffer, at, 3)
  if (count !== 1 || size !== HEAD_BYTES + 4 + length) throw new Stop('core.wasm does not describe itself')
  return JSON.parse(Buffer.from(core.memory.buffer, at + size - length, length).toString('ascii'))
}

/** Writes messages.json, errors.json and next.json. @param {string} core core.wasm @param {string} folder */
export const writeDescription = (core, folder) => {
  const { errors, ...boundary } = describeCore(readFileSync(core))
  const write = (name, value) => writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`)
  write('messages.json', boundary)
  write('errors.json', errors)
  copyFileSync(join(root, 'tests/vectors/next.json'), join(folder, 'next.json'))
}
