// What every tool here needs: the repository's root, a line on the screen, and a command that must succeed.
import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** @param {string} line */
export const say = (line) => console.log(`▸ ${line}`)

/** Stops the tool without a stack trace: the message is for the person at the terminal. */
export class Stop extends Error {}

/**
 * Runs a command in the root; its output goes to the terminal, or, when `quiet`, is only shown if it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ quiet?: boolean, env?: Record<string, string> }} [options]
 * @returns {Promise<void>}
 */
export const run = async (command, args, { quiet = false, env = {} } = {}) => {
  const { code, output } = await capture(command, args, { quiet, env })
  if (code === 0) return
  if (quiet) process.stderr.write(output)
  throw new Stop(`${command} ${args.join(' ')}: exit code ${code}`)
}

/**
 * Runs a command and reports how it went; 127 stands for a command that is not there.
 * @param {string} command
 * @param {string[]} args
 * @param {{ quiet?: boolean, env?: Record<string, string> }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export const capture = (command, args, { quiet = true, env = {} } = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    })
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => resolve({ code: 127, output: `${error.message}\n` }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })

/**
 * Runs `main` if this module is the program that was started, and turns a Stop into its message.
 * @param {string} moduleUrl
 * @param {() => Promise<void>} main
 */
export const program = async (moduleUrl, main) => {
  if (process.argv[1] !== fileURLToPath(moduleUrl)) return
  try {
    await main()
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    console.error(`✗ ${error.message}`)
    process.exitCode = 1
  }
}
