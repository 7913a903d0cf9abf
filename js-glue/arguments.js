import { LandfallError } from './error.js'

/** @param {any} value @returns {boolean} */
const isObject = (value) => typeof value === 'object' && value !== null

/** A literal or an object of JSON, of whatever realm: nothing stands behind its prototype. @param {any} value */
export const isPlainObject = (value) => {
  if (!isObject(value)) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** @param {unknown} value @returns {value is string} */
const isText = (value) => typeof value === 'string'

/** A copy, so that nobody changes it after it was looked at. @param {unknown} value @returns {string[] | undefined} */
const copyList = (value) => {
  if (!Array.isArray(value)) return undefined
  const list = Array.from(value)
  return list.every(isText) ? list : undefined
}

/** A copy of its own members. @param {any} value @returns {Record<string, string> | undefined} */
const copyParameters = (value) => {
  if (!isPlainObject(value)) return undefined
  const parameters = Object.create(null)
  for (const [name, one] of Object.entries(value)) {
    if (!isText(one) && !Number.isFinite(one)) return undefined
    parameters[name] = String(one)
  }
  return parameters
}

/**
 * The kinds of arguments: what a value has to be, as the end of a sentence, and how it is taken; undefined where it is something else.
 * @type {{ [K in keyof Kinds]: [words: string, take: (value: any) => Kinds[K] | undefined] }}
 */
const KINDS = {
  string: ['a string', (value) => (isText(value) ? value : undefined)],
  boolean: ['true or false', (value) => (typeof value === 'boolean' ? value : undefined)],
  strings: ['a string or a list of strings', (value) => (isText(value) ? value : copyList(value))],
  parameters: ['an object of strings', copyParameters],
  object: ['an object', (value) => (isObject(value) && !Array.isArray(value) ? value : undefined)],
  headers: [
    'an object with `headers`',
    (value) => (isObject(value) && hasHeaders(value) ? value : undefined),
  ],
}

/**
 * What each kind gives. @typedef {{ string: string, boolean: boolean, strings: string | string[],
 *   parameters: Record<string, string>, object: Record<string, unknown>, headers: import('./types.js').StartedBy }} Kinds
 */

/** Headers as they are read: by `get`. @param {any} value */
export const hasHeaders = (value) => typeof value.headers?.get === 'function'

/** What was called with something that it cannot take. @param {string} name of the function @param {string} problem */
export const argumentError = (name, problem) => new LandfallError('argument_invalid', `${name}: ${problem}.`)

/**
 * Takes the members that a function documents out of what its caller gave, each once: they may come from JSON that somebody else
 * wrote. Only own members count; undefined and null are not given, and what is not documented is left.
 * @template {Record<string, keyof Kinds>} Shape
 * @param {string} name of the function, for the error
 * @param {unknown} given
 * @param {Shape} shape the kind of each member
 * @returns {{ [Name in keyof Shape]?: Kinds[Shape[Name]] }} without a prototype
 * @throws {LandfallError} `argument_invalid`, which names the member
 */
export const checkArguments = (name, given, shape) => {
  const taken = Object.create(null)
  if (given === undefined || given === null) return taken
  if (!isObject(given)) throw argumentError(name, 'the argument has to be an object')
  for (const member of Object.keys(shape)) {
    const value = Object.hasOwn(given, member) ? /** @type {any} */ (given)[member] : undefined
    if (value === undefined || value === null) continue
    const [words, take] = KINDS[/** @type {keyof Kinds} */ (shape[member])]
    taken[member] = take(value)
    if (taken[member] === undefined) throw argumentError(name, `\`${member}\` has to be ${words}`)
  }
  return taken
}
