/** What callers give: TypeScript is not there at run time, and a body of JSON may be anything. */
import { LandfallError } from './error.js'

/**
 * A kind of argument: how to tell it, and its name in a sentence.
 * @typedef {{ is: (value: any) => boolean, name: string }} Kind
 */

const isText = (/** @type {unknown} */ value) => typeof value === 'string'
const isObject = (/** @type {any} */ value) => value !== null && typeof value === 'object'

/** An object of no class, of whatever realm: its prototype is null, or has none itself. @param {unknown} value */
export const isPlainObject = (value) => {
  if (!isObject(value)) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** @type {Record<'text' | 'flag' | 'scopes' | 'parameters' | 'headers' | 'options', Kind>} */
export const KIND = {
  text: { is: isText, name: 'a string' },
  flag: { is: (value) => typeof value === 'boolean', name: 'true or false' },
  scopes: {
    is: (value) => isText(value) || (Array.isArray(value) && value.every(isText)),
    name: 'a string or a list of strings',
  },
  parameters: {
    is: (value) => isPlainObject(value) && Object.values(value).every(isText),
    name: 'an object of strings',
  },
  headers: {
    is: (value) => isObject(value) && typeof value.headers?.get === 'function' && isText(value.url ?? ''),
    name: 'a request, or what has its `headers`',
  },
  options: { is: isObject, name: 'an object' },
}

/**
 * Says which argument is of a wrong type. @param {string} name the function's @param {string} member @param {Kind} kind what it has to be
 * @returns {never} @throws {LandfallError} argument_invalid
 */
export const refuseArgument = (name, member, kind) => {
  throw new LandfallError('argument_invalid', `${name}: \`${member}\` has to be ${kind.name}.`)
}

/**
 * The members of an argument, checked; null and undefined are not given. Of other members nothing is taken, and nothing of its prototype.
 * @param {string} name the function's, for the error @param {unknown} given @param {Record<string, Kind>} kinds
 * @returns {any} an object of what is given @throws {LandfallError} argument_invalid, with the member's name
 */
export const readArguments = (name, given, kinds) => {
  /** @type {Record<string, unknown>} */
  const taken = Object.create(null)
  if (given === undefined || given === null) return taken
  if (!isObject(given)) throw new LandfallError('argument_invalid', `${name}: it takes an object.`)
  for (const member of Object.keys(kinds)) {
    if (!Object.hasOwn(/** @type {object} */ (given), member)) continue
    const kind = /** @type {Kind} */ (kinds[member])
    const value = /** @type {any} */ (given)[member]
    if (value === undefined || value === null) continue
    if (!kind.is(value)) refuseArgument(name, member, kind)
    taken[member] = value
  }
  return taken
}
