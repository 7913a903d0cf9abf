import { decode, encode } from './stored-value.js'

/** The item that has what Landfall keeps of sign-ins: a storage of the app may be unable to list its items. */
const ITEM = 'landfall'

/** A cookie of one, as it may stand in a Cookie header. */
const NAME = /^[\w-]+$/
const VALUE = /^[!-:<-~]*$/

const METHODS = ['getItem', 'setItem', 'removeItem']

/** @typedef {import('./types.js').AppStorage} AppStorage */

/**
 * Whether a value is a storage of the app.
 * @param {any} value
 * @returns {value is AppStorage}
 */
export const isAppStorage = (value) =>
  value !== null && typeof value === 'object' && METHODS.every((name) => typeof value[name] === 'function')

/**
 * The writes of each storage, one after another: a write reads the item first.
 * @type {WeakMap<AppStorage, Promise<unknown>>}
 */
const turns = new WeakMap()

/**
 * @param {AppStorage} storage
 * @param {() => Promise<void>} write
 */
const inTurn = (storage, write) => {
  const turn = (turns.get(storage) ?? Promise.resolve()).then(write)
  turns.set(
    storage,
    turn.catch(() => {}),
  )
  return turn
}

/**
 * The cookies of an app without a page, in a storage of the app's own. Supabase's session stands there as supabase-js's
 * createClient has it with the same storage; the rest is one item.
 * @param {string} baseName the name of Supabase's session cookie
 * @param {AppStorage} storage
 */
export const makeAppCookies = (baseName, storage) => {
  const theirs = [baseName, `${baseName}-code-verifier`]

  /** @returns {Promise<Map<string, string>>} */
  const readOwn = async () => {
    const text = await storage.getItem(ITEM)
    /** @type {[string, unknown][]} */
    let pairs = []
    try {
      pairs = Object.entries(JSON.parse(text ?? '{}'))
    } catch {} // somebody else's item, which the next write replaces
    const isCookie = (/** @type {[string, unknown]} */ [name, value]) =>
      NAME.test(name) && typeof value === 'string' && VALUE.test(value)
    return new Map(/** @type {[string, string][]} */ (pairs.filter(isCookie)))
  }

  const read = async () => {
    const pairs = await readOwn()
    for (const name of theirs) {
      const value = await storage.getItem(name)
      if (value) pairs.set(name, encode(value))
    }
    return [...pairs].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** @param {string[]} lines */
  const store = async (lines) => {
    const own = await readOwn()
    /** @type {Map<string, string>} */
    const wholes = new Map()
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(line) ?? []
      const whole = name.replace(/\.\d+$/, '')
      if (theirs.includes(whole)) wholes.set(whole, (wholes.get(whole) ?? '') + value)
      else if (value === '') own.delete(name)
      else own.set(name, value)
    }
    for (const [name, value] of wholes)
      await (value === '' ? storage.removeItem(name) : storage.setItem(name, decode(value)))
    await (own.size === 0
      ? storage.removeItem(ITEM)
      : storage.setItem(ITEM, JSON.stringify(Object.fromEntries(own))))
  }

  return {
    read,
    /** @param {string[]} lines */
    write: (lines) => (lines.length === 0 ? Promise.resolve() : inTurn(storage, () => store(lines))),
    /** Whether Supabase's session is there. */
    hasSession: async () => Boolean(await storage.getItem(baseName)),
  }
}
