#!/usr/bin/env node
/** The program `npx landfall`: its first argument names a command. */
import { HELP as DOCTOR_HELP } from '../doctor/arguments.js'
import { doctor } from '../doctor/command.js'
import { HELP as INIT_HELP } from '../init/arguments.js'
import { init } from '../init/command.js'
import { clean } from '../terminal/clean.js'
import { Usage } from '../terminal/usage.js'

const { process } = /** @type {any} */ (globalThis)

const HELP = `npx landfall init [folder]  adds sign-in to an app
npx landfall doctor <url>   finds the usual problems of a sign-in

Each has more options: npx landfall init --help
`

/** @type {Record<string, { run: (args: string[]) => Promise<number>, help: string }>} */
const COMMANDS = { init: { run: init, help: INIT_HELP }, doctor: { run: doctor, help: DOCTOR_HELP } }

/**
 * Says what is wrong with the command.
 * @param {string} message
 * @param {string} help
 * @returns {number} the exit code
 */
const refuse = (message, help) => {
  process.stderr.write(`${clean(message)}\n\n${help}`)
  return 2
}

/**
 * Says why a command did not do its work.
 * @param {string} message
 * @returns {number} the exit code
 */
const fail = (message) => {
  process.stderr.write(`${clean(message)}\n`)
  return 1
}

// The reader may stop early, as `head` does. Ignore that error.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit(1))

const [name = '--help', ...args] = process.argv.slice(2)
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
if (name === '--help' || args.includes('--help')) process.stdout.write(command?.help ?? HELP)
else if (!command) process.exitCode = refuse(`landfall: ${name} is no command`, HELP)
else
  try {
    process.exitCode = await command.run(args)
  } catch (error) {
    const message = `landfall ${name}: ${/** @type {Error} */ (error).message}`
    process.exitCode = error instanceof Usage ? refuse(message, command.help) : fail(message)
  }
