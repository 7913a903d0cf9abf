/** The command `landfall init [folder]`: it adds sign-in to an app, and overwrites nothing. */
import { createInterface } from 'node:readline/promises'
import { clean } from '../terminal/clean.js'
import { Problem } from '../terminal/read-text.js'
import { parse } from './arguments.js'
import { append, writeNew } from './files.js'
import { makePlan } from './plan.js'
import { readProject } from './project.js'
import { chooseProviders } from './providers.js'
import { listTodo, toLines } from './todo.js'

/** @typedef {import('./arguments.js').Mode} Mode */
/** @typedef {import('./plan.js').Step} Step */
/** @typedef {import('./project.js').Project} Project */

const { process } = /** @type {any} */ (globalThis)

/** Each text is of one line; some quote the project. */
const say = (/** @type {string[]} */ ...lines) =>
  process.stdout.write(lines.map((line) => `${clean(line)}\n`).join(''))

/** @param {string} line */
const indent = (line) => (line === '' ? '' : `    ${line}`)

/**
 * How an app signs in: as the command says, or by what the project has.
 * @param {Project} project
 * @param {Mode | undefined} wanted
 * @returns {Mode}
 * @throws {Problem}
 */
const chooseMode = ({ framework, has }, wanted) => {
  if (framework.isPage && wanted === 'direct')
    throw new Problem('a page without a server keeps no client secret: it signs in through Supabase only')
  if (wanted) return wanted
  return framework.isPage || has('@supabase/ssr') || has('@supabase/supabase-js') ? 'supabase' : 'direct'
}

/** What is said of a file, by the kind of its step. */
const KINDS = {
  write: (/** @type {string} */ path) => `+ ${path}`,
  append: (/** @type {string} */ path) => `+ ${path}, at its end`,
  same: (/** @type {string} */ path) => `= ${path} is there already.`,
  left: (/** @type {string} */ path) => `! ${path} is there, and stays as it is. Landfall needs this in it:`,
}

/** @param {Step} step */
const show = ({ kind, path, text }) => {
  say(KINDS[kind](path))
  if (kind !== 'same') say(...toLines(text).map(indent))
}

/**
 * @param {string} question
 * @returns {Promise<boolean>} no where nobody answers
 */
const ask = async (question) => {
  const asking = createInterface({ input: process.stdin, output: process.stdout })
  const closed = new Promise((resolve) => asking.on('close', () => resolve('')))
  const answer = await Promise.race([asking.question(`${question} [y/N] `), closed])
  asking.close()
  return /^y(?:es)?$/i.test(`${answer}`.trim())
}

/**
 * Whether the person wants the files. If not, it says so.
 * @param {Step[]} steps those that write
 */
const mayWrite = async (steps) => {
  const isTerminal = process.stdin.isTTY === true
  if (isTerminal && (await ask(`Write ${steps.length} files?`))) return true
  say(isTerminal ? 'Nothing is written.' : 'Nothing is written: nobody can answer here. Add --yes to write.')
  return false
}

/**
 * @param {string} root
 * @param {Step[]} steps
 */
const write = (root, steps) => {
  for (const { kind, path, text } of steps) {
    const carryOut = kind === 'append' ? append : writeNew
    carryOut(root, path, text)
    say(`Written: ${path}`)
  }
}

/**
 * Runs the command.
 * @param {string[]} args behind its name
 * @returns {Promise<number>} the exit code
 * @throws {import('../terminal/usage.js').Usage} for a mistake in the command
 * @throws {Problem} for a project that it cannot write for; a system error for one that it may not write to
 */
export const init = async (args) => {
  const command = parse(args)
  const project = readProject(command.folder)
  const { framework, version, language, root } = project
  const mode = chooseMode(project, command.mode)
  const providers = chooseProviders(command.providers, mode)
  const plan = makePlan(project, mode, providers)
  const kind = language === 'ts' ? 'TypeScript' : 'JavaScript'
  const how = mode === 'supabase' ? 'through Supabase Auth' : 'without Supabase'
  say(`${`${framework.name} ${version}`.trim()}, ${kind}, ${how}`, '')
  for (const step of plan.steps) show(step)
  const open = plan.steps.filter((step) => step.kind === 'write' || step.kind === 'append')
  if (open.length > 0 && !command.isDryRun) {
    say('')
    if (!command.isYes && !(await mayWrite(open))) return 1
    write(root, open)
  }
  say('', 'To do:')
  for (const [index, [title, ...lines]] of listTodo(project, mode, providers, plan).entries())
    say(`${index + 1}. ${title}`, ...lines.map(indent))
  return 0
}
