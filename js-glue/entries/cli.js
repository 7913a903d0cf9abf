#!/usr/bin/env node
/** The program `npx landfall`: its first argument names a command. */
import { HELP } from '../doctor/arguments.js'
import { clean } from '../doctor/clean.js'
import { doctor } from '../doctor/command.js'

const { process } = /** @type {any} */ (globalThis)

/**
 * Says what is wrong with the command.
 * @param {string} message
 * @returns {number} the exit code
 */
const refuse = (message) => {
  process.stderr.write(`${clean(message)}\n\n${HELP}`)
  return 2
}

// The reader may stop early, as `head` does. Ignore that error.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit(1))

const [command, ...args] = process.argv.slice(2)
if (args.includes('--help') || command === undefined || command === '--help') process.stdout.write(HELP)
else if (command !== 'doctor') process.exitCode = refuse(`landfall: ${command} is no command`)
else
  try {
    process.exitCode = await doctor(args)
  } catch (error) {
    process.exitCode = refuse(`landfall doctor: ${/** @type {Error} */ (error).message}`)
  }
