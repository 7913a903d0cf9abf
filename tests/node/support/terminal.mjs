// What a program says to a terminal, a pipe and a reader of JSON: the grammar of `landfall doctor`, and nothing beside it.
import assert from 'node:assert/strict'
import { findProgram } from '../../browser/support/program.mjs'
import { CLI, doctor, run } from './doctor.mjs'

/** What a person sees; U+FFFD stands for bytes that were no text. */
const SEEN = '[^\\p{C}\\p{Zl}\\p{Zp}\\p{DI}\\ufffd]'
const TEXT = `${SEEN}{1,510}`
const TOTAL = '(?:Nothing is wrong\\.|Problems: \\d+\\.)(?: Unsure: \\d+\\.)?'

/** A mark and a title, then what was seen and what to change, each a line. @param {string} mark @param {string} end */
const finding = (mark, end) => `${mark} ${TEXT}${end}(?: {4}${TEXT}${end}){0,2}`

const PLAIN = new RegExp(`^(?:${finding('[✓✗?]', '\\n')})+\\n${TOTAL}\\n$`, 'u')
/** The same with colours, and between the findings the line that says what goes on, cleared. */
const CLEAR = '\\r\\x1b\\[K'
const PAINTED = finding('\\x1b\\[(?:32m✓|31m✗|33m\\?)\\x1b\\[0m', '\\r\\n')
const TERMINAL = new RegExp(
  `^(?:${CLEAR}asking ${SEEN}{1,300} …|${CLEAR}${PAINTED}…)+${CLEAR}\\r\\n${TOTAL}\\r\\n$`,
  'u',
)

/** One JSON document, of a list of findings whose texts can be shown anywhere. @param {string} said @param {string} about */
const assertJson = (said, about) => {
  const { ok, findings, ...rest } = JSON.parse(said)
  assert.deepEqual([typeof ok, rest], ['boolean', {}], about)
  assert.ok(findings.length > 0, about)
  for (const texts of findings.map(Object.values))
    for (const text of texts) assert.match(text, new RegExp(`^${TEXT}$`, 'u'), about)
  assert.equal(said, `${JSON.stringify({ ok, findings }, null, 2)}\n`, about)
}

/** A command on a terminal of its own: all that it writes there. @param {string[]} args @param {Record<string, string>} [env] */
const onTerminal = async (args, env) => {
  const command = [process.execPath, CLI, 'doctor', ...args].map((one) => `'${one}'`).join(' ')
  return (await run(findProgram(['script']), ['-qec', command, '/dev/null'], env)).stdout
}

/**
 * The doctor in each of its ways to speak; what it says to a pipe.
 * @param {string[]} args @param {string} about @param {Record<string, string>} [env]
 */
export const assertSpeaksPlainly = async (args, about, env) => {
  const [plain, json, painted, jsonOnTerminal] = await Promise.all([
    doctor(args, env),
    doctor([...args, '--json'], env),
    onTerminal(args, env),
    onTerminal([...args, '--json'], env),
  ])
  for (const { code, stderr } of [plain, json]) assert.deepEqual([code, stderr], [1, ''], about)
  assert.match(plain.stdout, PLAIN, about)
  assertJson(json.stdout, about)
  assert.match(painted, TERMINAL, about)
  assertJson(jsonOnTerminal.replaceAll('\r\n', '\n'), about)
  assert.ok(!plain.stdout.includes('The doctor understands every answer'), about)
  return plain.stdout
}
