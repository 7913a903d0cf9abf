// A fact about a Supabase project, and how it is asked.
import { setTimeout as wait } from 'node:timers/promises'
import { compare } from './compare.mjs'
import { ABILITIES } from './project.mjs'

const SECONDS = 30
const ROUNDS = 5

/**
 * @typedef {object} Fact
 * @property {string} name
 * @property {(keyof ABILITIES)[]} [needs]
 * @property {object} recorded what the real server says
 * @property {(project: import('./project.mjs').Project) => Promise<object>} ask the same, of this project
 */

/** A refusal in JSON: status, code in the body and in the header, and the sentence. */
export const refusal = ({ status, body, headers }) => ({
  status,
  code: body.code,
  header: headers.get('x-sb-error-code') ?? '(none)',
  message: body.message,
})
/** The same as it is recorded: `header` is the code unless it is given. */
export const refused = (status, code, message, header = code) => ({ status, code, header, message })

/** What an address tells of a failure: its query, and whether the fragment says the same. */
export function failureIn(url) {
  const { searchParams } = url
  const fragment = new URLSearchParams(url.hash.slice(1))
  const names = ['error', 'error_code', 'error_description']
  const told = Object.fromEntries(names.map((name) => [name, searchParams.get(name)]))
  const twice = names.filter((name) => name !== 'error_description' || !/[^\w .]/.test(told[name] ?? ''))
  const isInFragment = twice.every((name) => fragment.get(name) === told[name])
  return { ...told, fragment: url.hash === '' ? 'none' : isInFragment ? 'the same' : url.hash }
}

/**
 * Asks up to five times, because two requests do not always meet.
 *
 * @template T
 * @param {() => Promise<T>} ask
 * @param {(real: T) => boolean} hasMet
 * @returns {Promise<T>} the first answer of requests that met, or else the last one
 */
export async function atOnce(ask, hasMet) {
  let real = await ask()
  for (let round = 1; round < ROUNDS && !hasMet(real); round++) real = await ask()
  return real
}

/** @param {Fact} fact @param {import('./project.mjs').Project} project */
export async function check({ name, needs = [], recorded, ask }, project) {
  const missing = needs.find((ability) => !project.can.has(ability))
  if (missing) return { name, skipped: ABILITIES[missing], differences: [] }
  const real = await Promise.race([
    ask(project).catch((error) => ({ error: error.cause?.message ?? error.message })),
    wait(SECONDS * 1000, { error: `no answer in ${SECONDS} seconds` }, { ref: false }),
  ])
  return { name, skipped: null, real, differences: compare(name, recorded, real) }
}
