// What holds after every call, whatever the caller gave.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { LandfallError } from '../../../dist/index.js'
import { isEntropyWiped, problemOf, touched } from './instances.mjs'
import { LateError, OwnError, thrown } from './own-errors.mjs'
import { MARKER } from './texts.mjs'

const CODES = new Set(
  JSON.parse(readFileSync(new URL('../../../dist/errors.json', import.meta.url), 'utf8')).map(
    ({ code }) => code,
  ),
)

/** @param {unknown} error @param {string[]} [codes] */
export const isOurs = (error, codes) =>
  error instanceof LandfallError &&
  CODES.has(error.code) &&
  typeof error.message === 'string' &&
  (codes?.includes(error.code) ?? true)

/** What the engine throws for a Proxy that is revoked or lies, and for a class that is called. */
const ENGINE = /\bproxy\b|revoked|Class constructor|Class extends/i

/**
 * Whether the caller's own code threw it when it was looked at for the first time.
 * @param {any} error
 */
export const isOwn = (error) =>
  !(error instanceof LateError) &&
  (error instanceof OwnError ||
    thrown.has(error) ||
    (error instanceof TypeError && ENGINE.test(error.message)))

/** A Response of a handler. @param {any} response */
export const checkResponse = (response) => {
  assert.ok(response instanceof Response, 'a handler answers a Response')
  assert.ok([200, 204, 303, 400, 401, 403, 405, 500].includes(response.status), `status ${response.status}`)
}

/** What a function of a page answers. @param {any} answer @param {string[]} names of what it has */
export const checkPageAnswer = (answer, names) => {
  assert.deepEqual(Object.keys(answer), names)
  assert.ok(answer.error === null || isOurs(answer.error), 'an error of a page has a code')
}

const PROTOTYPES = [
  Object,
  Array,
  Function,
  String,
  Number,
  Promise,
  Map,
  Set,
  Uint8Array,
  Headers,
  Request,
  Response,
  URL,
  URLSearchParams,
  Error,
  RegExp,
]
  .map(({ prototype }) => prototype)
  .concat(Object.getPrototypeOf(Uint8Array.prototype), LandfallError.prototype)

const readPrototypes = () =>
  PROTOTYPES.map((prototype) =>
    Reflect.ownKeys(prototype).map((key) => {
      const { value, get, set } = /** @type {any} */ (Object.getOwnPropertyDescriptor(prototype, key))
      return [key, value, get, set]
    }),
  )

/** @param {import('./world.mjs').World} world */
export const makeInvariants = async (world) => {
  const prototypes = readPrototypes()
  const first = await world.nextPerson()
  assert.equal(first.server.response.status, 303)
  assert.equal(first.page.error, null)

  return {
    /** After each call. */
    checkCall() {
      for (const instance of touched) assert.equal(problemOf(instance), '')
      assert.equal(
        Object.keys(Object.prototype).length + Object.keys(Array.prototype).length,
        0,
        'a prototype is polluted',
      )
    },

    /** The next person signs in as the first one did, and gets nothing of anybody else. */
    async checkNextPerson() {
      const now = readPrototypes()
      for (const [i, members] of prototypes.entries())
        assert.ok(
          members.length === now[i].length &&
            members.every((row, at) => row.every((one, n) => one === now[i][at][n])),
          `a prototype has changed: ${PROTOTYPES[i].constructor.name}`,
        )
      assert.ok(isEntropyWiped(), 'random bytes of a sign-in are kept')
      const next = await world.nextPerson()
      assert.ok(
        !JSON.stringify(next).includes(MARKER),
        'another caller’s text is in the next person’s sign-in',
      )
      for (const name of Object.keys(first))
        if (!isDeepStrictEqual(next[name], first[name]))
          name === 'images'
            ? assert.fail('the next person’s core is another one')
            : assert.deepEqual(next[name], first[name])
    },
  }
}
