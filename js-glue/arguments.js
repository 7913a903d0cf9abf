/** Checks the arguments of callers: TypeScript does not check at run time, and a JSON body may hold any value. */
import { LandfallError } from './error.js'

/**
 * A kind of argument, and its name in a sentence. `take` reads each member once and returns the value that it checked,
 * or undefined for a value of another kind.
 * @typedef {{ take: (value: any) => any, name: string }} Kind
 */

const isText = (/** @type {unknown} */ value) => typeof value === 'string'
const isObject = (/** @type {unknown} */ value) => typeof value === 'object'

/**
 * Matches a plain object of any realm: its prototype is null, or its prototype has no prototype. A text or a number has
 * a longer chain.
 * @param {unknown} value neither null nor undefined
 */
export const isPlainObject = (value) => {
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/**
 * @param {unknown} value
 * @returns {[string, unknown][]}
 */
const toPairs = (value) =>
  isPlainObject(value) ? Object.entries(/** @type {object} */ (value)) : [['', null]]

/**
 * A value as JSON; undefined for one that JSON cannot hold.
 * @param {unknown} value
 * @returns {string | undefined}
 */
export const toJson = (value) => {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}

/** @type {Record<'json' | 'text' | 'flag' | 'seconds' | 'scopes' | 'parameters' | 'headers' | 'options', Kind>} */
export const KIND = {
  json: { take: toJson, name: 'a value that JSON can hold' },
  text: { take: (value) => (isText(value) ? value : undefined), name: 'a string' },
  flag: { take: (value) => (typeof value === 'boolean' ? value : undefined), name: 'true or false' },
  seconds: {
    take: (value) => (Number.isSafeInteger(value) && value >= 0 ? value : undefined),
    name: 'a whole number of seconds',
  },
  scopes: {
    take: (value) => {
      const scopes = isText(value) ? [value] : Array.isArray(value) ? Array.from(value) : [null]
      return scopes.every(isText) ? scopes.join(' ') : undefined
    },
    name: 'a string or a list of strings',
  },
  parameters: {
    take: (value) => {
      const pairs = toPairs(value)
      return pairs.every(([, text]) => isText(text))
        ? String(new URLSearchParams(/** @type {[string, string][]} */ (pairs)))
        : undefined
    },
    name: 'an object of strings',
  },
  headers: {
    take: (value) => {
      const { headers, url = '' } = Object(value)
      return typeof headers?.get === 'function' && isText(url) ? { headers, url } : undefined
    },
    name: 'a request, or an object with its `headers`',
  },
  options: { take: (value) => (isObject(value) ? value : undefined), name: 'an object' },
}

/**
 * Says which argument is of a wrong type.
 * @param {string} name the function's
 * @param {string} member
 * @param {Pick<Kind, 'name'>} kind the required kind
 * @returns {never}
 * @throws {LandfallError} argument_invalid
 */
export const refuseArgument = (name, member, kind) => {
  throw new LandfallError('argument_invalid', `${name}: \`${member}\` must be ${kind.name}.`, member)
}

/**
 * The members of an argument, checked. null and undefined count as not given. It takes no other members, and nothing of
 * the prototype.
 * @param {string} name the function's, for the error
 * @param {unknown} given
 * @param {Record<string, Kind>} kinds
 * @returns {any} an object of the given members
 * @throws {LandfallError} argument_invalid, with the member's name
 */
export const readArguments = (name, given, kinds) => {
  /** @type {Record<string, unknown>} */
  const taken = Object.create(null)
  if (given === undefined || given === null) return taken
  if (!isObject(given))
    throw new LandfallError('argument_invalid', `${name}: the argument must be an object.`)
  for (const member of Object.keys(kinds)) {
    if (!Object.hasOwn(/** @type {object} */ (given), member)) continue
    const kind = /** @type {Kind} */ (kinds[member])
    const value = /** @type {any} */ (given)[member]
    if (value === undefined || value === null) continue
    taken[member] = kind.take(value) ?? refuseArgument(name, member, kind)
  }
  return taken
}
