// The native library: its safe-`next` check, built with sanitizers; and the library itself as another project gets it.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { configure } from '../../../tools/configure.mjs'
import { capture, root, run } from '../../../tools/run.mjs'

const PRESET = 'native-debug'
const GCC_PRESET = 'native-gcc'
const PROGRAM = 'landfall_next_verdicts'

/** A message as wasm/codec/message.hpp describes it. @param {string[]} fields */
const makeMessage = (fields) => {
  const parts = fields.map((field) => Buffer.from(field))
  const lengths = parts.map(({ length }) => length)
  const size = lengths.reduce((sum, length) => sum + length, 4 * (2 + parts.length))
  const head = new Uint32Array([size, parts.length, ...lengths])
  return Buffer.concat([new Uint8Array(head.buffer), ...parts])
}

/** @param {{ input: string, origin: string }[]} inputs @returns {Promise<(string | null)[]>} */
export const answerNatively = async (inputs) => {
  await configure(PRESET)
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

/** Configures and builds a project. @param {string} source @param {string} folder @param {string[]} options of CMake */
export const buildProject = async (source, folder, ...options) => {
  await run('cmake', ['-G', 'Ninja', '-S', join(root, source), '-B', folder, ...options], { quiet: true })
  await run('cmake', ['--build', folder], { quiet: true })
}

/**
 * Installs the library, built as docs/abi.md says.
 * @param {string} folder @param {string} compiler @param {string[]} options of CMake @returns {Promise<string>} where it is
 */
export const installLibrary = async (folder, compiler, ...options) => {
  const [library, installed] = [join(folder, 'library'), join(folder, 'installed')]
  await buildProject(
    '.',
    library,
    `-DCMAKE_CXX_COMPILER=${compiler}`,
    `-DCMAKE_INSTALL_PREFIX=${installed}`,
    '-DCMAKE_INSTALL_LIBDIR=lib',
    ...options,
  )
  await run('cmake', ['--install', library], { quiet: true })
  return installed
}

/**
 * Builds a project that finds the installed library.
 * @param {string} source @param {string} folder @param {string} installed @param {string} compiler
 * @param {string[]} options of CMake
 */
export const buildAgainst = (source, folder, installed, compiler, ...options) =>
  buildProject(
    source,
    folder,
    `-DCMAKE_CXX_COMPILER=${compiler}`,
    `-DCMAKE_PREFIX_PATH=${installed}`,
    ...options,
  )

/** The native suite, built by g++. @returns {Promise<{ tests: number, failures: number, disabled: number, output: string }>} */
export const runNativeSuite = async () => {
  const folder = join(root, 'build', GCC_PRESET)
  const report = join(folder, 'tests.json')
  await run('cmake', ['--preset', GCC_PRESET], { quiet: true })
  await run('cmake', ['--build', '--preset', GCC_PRESET], { quiet: true })
  rmSync(report, { force: true })
  const env = { GTEST_OUTPUT: `json:${report}` }
  const { code, output } = await capture(join(folder, 'landfall_tests'), ['--gtest_brief=1'], { env })
  const counts = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8'))
    : { tests: 0, failures: 0, disabled: 0 }
  return { ...counts, failures: Math.max(counts.failures, code === 0 ? 0 : 1), output }
}
