// Loads dist/ with its mutants built in: `node --import` this. The number in LANDFALL_MUTANT is the one that is on. A process
// writes the numbers that it comes by to the file that LANDFALL_REACHED names, each once.
import { appendFileSync } from 'node:fs'
import { register } from 'node:module'

const on = Number(process.env.LANDFALL_MUTANT ?? -1)
const file = process.env.LANDFALL_REACHED
const reached = new Set()

const isOn = (number) => number === on
const note = (number) => {
  if (reached.has(number)) return false
  reached.add(number)
  appendFileSync(/** @type {string} */ (file), `${number}\n`)
  return false
}

Object.defineProperty(globalThis, 'landfallMutant', { value: file ? note : isOn })
register('./hooks.mjs', import.meta.url)
