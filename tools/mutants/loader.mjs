// Loads dist/ with its mutants built in: `node --import` this. The number in LANDFALL_MUTANT is the one that is on. A process
// writes the numbers that it comes by to the file that LANDFALL_REACHED names, each with the test that runs.
import childProcess from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { register, syncBuiltinESMExports } from 'node:module'
import { MOST } from './most.mjs'

export const on = Number(process.env.LANDFALL_MUTANT ?? -1)
export const file = process.env.LANDFALL_REACHED
/** Of so many instances of the module the numbers are read at the end; of older ones when they are that old. */
const INSTANCES = 50

/** The test that runs, or that started this program; empty beside the tests. */
let test = process.env.LANDFALL_TEST ?? ''
let reached = new Set()
export const note = (number) => {
  if (reached.has(number)) return
  reached.add(number)
  appendFileSync(/** @type {string} */ (file), `reach ${number} ${test}\n`)
}
const enter = (name) => {
  test = name
  reached = new Set()
}

if (file && process.argv[1]?.endsWith('.test.mjs')) {
  const { afterEach, beforeEach } = await import('node:test')
  // Both are also called for the parts of a test.
  let depth = 0
  let begin = 0
  beforeEach(({ name }) => {
    if (depth++ > 0) return
    begin = performance.now()
    enter(name)
  })
  afterEach(() => {
    if (--depth > 0) return
    appendFileSync(file, `time ${Math.round(performance.now() - begin)} ${test}\n`)
    enter('')
  })
}

const instances = []
const read = ({ landfall_reached }) => {
  for (let number = 0; number < MOST; number++)
    if (!reached.has(number) && landfall_reached(number)) note(number)
}

const { Instance } = WebAssembly
WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports)
    const { exports } = this
    if (!exports.landfall_choose) return
    exports.landfall_choose(on)
    if (!file) return
    instances.push(exports)
    if (instances.length > INSTANCES) read(instances.shift())
  }
}

// A test may give a program an environment of its own. It gets the mutants all the same, and the name of the test.
const { spawn } = childProcess
childProcess.spawn = (command, args, options) => {
  const { LANDFALL_MUTANT, LANDFALL_REACHED } = process.env
  const { NODE_OPTIONS = '', ...more } = options?.env ?? process.env
  const loader = NODE_OPTIONS.includes(import.meta.url) ? '' : ` --import=${import.meta.url}`
  const ours = { NODE_OPTIONS: NODE_OPTIONS + loader, LANDFALL_MUTANT, LANDFALL_REACHED, LANDFALL_TEST: test }
  return spawn(command, args, { ...options, env: { ...more, ...ours } })
}
syncBuiltinESMExports()

const isOn = (number) => {
  if (file) note(number)
  return number === on
}
Object.defineProperty(globalThis, 'landfallMutant', { value: isOn })
process.on('exit', () => instances.forEach(read))
register('./hooks.mjs', import.meta.url)
