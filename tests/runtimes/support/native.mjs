// The safe-`next` check of the native library, built with sanitizers.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { root, run } from '../../../tools/run.mjs'

const PRESET = 'native-debug'
const PROGRAM = 'landfall_next_verdicts'

/** A message as wasm/codec/message.hpp describes it. @param {string[]} fields */
const makeMessage = (fields) => {
  const parts = fields.map((field) => Buffer.from(field))
  const head = new Uint32Array([parts.length, ...parts.map(({ length }) => length)])
  return Buffer.concat([new Uint8Array(head.buffer), ...parts])
}

/** @param {{ input: string, origin: string }[]} inputs @returns {Promise<(string | null)[]>} */
export const answerNatively = async (inputs) => {
  await run('cmake', ['--preset', PRESET], { quiet: true })
  await run('cmake', ['--build', '--preset', PRESET, '--target', PROGRAM], { quiet: true })
  const child = spawn(join(root, 'build', PRESET, PROGRAM), { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.stdin.end(makeMessage(inputs.flatMap(({ input, origin }) => [input, origin])))
  const output = await text(child.stdout)
  const code = await ended
  if (code !== 0) throw new Error(`${PROGRAM} ended with ${code}`)
  return output
    .split('\n')
    .slice(0, -1)
    .map((line) => (line === '-' ? null : line))
}
