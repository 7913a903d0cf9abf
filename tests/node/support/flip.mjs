// Wrong expectations: for a field of callback_cases.json, values with which no outcome agrees that agrees with the right one.
import { CLASS_FIELDS, FIELDS } from './expectation.mjs'

const OTHER_CLASS = { ok: 'error', error: 'ok', ignore: 'ok' }
const OTHER_TRANSACTION = { kept: 'cleared', cleared: 'kept', made: 'none', none: 'made' }

/** Another value of the same type; null stands for "not there". */
const flip = (value) => {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  if (typeof value === 'string') return `${value}!`
  if (value === null) return 'there'
  if (Array.isArray(value)) return [...value, 'one more']
  return { ...value, other: 1 }
}

/** The object once for each of its members, with that member changed. */
const flipEach = (members) =>
  Object.entries(members).map(([name, value]) => ({ ...members, [name]: flip(value) }))

const one = (change) => (value) => [change(value)]
/** No outcome is below zero. */
const tooLow = one(() => -1)
/** Every text has the empty one in it. */
const empty = one(() => [''])

/** Field -> its wrong values. @type {Record<string, (value: any) => any[]>} */
export const FLIPPED = {
  ...Object.fromEntries([...CLASS_FIELDS, ...Object.keys(FIELDS)].map((name) => [name, one(flip)])),
  class: one((name) => OTHER_CLASS[name]),
  transaction: one((text) => OTHER_TRANSACTION[text]),
  tokenRequest: (parts) =>
    Object.entries(parts).flatMap(([name, wanted]) =>
      (wanted?.constructor === Object ? flipEach(wanted) : [flip(wanted)]).map((wrong) => ({
        ...parts,
        [name]: wrong,
      })),
    ),
  transactionCookie: flipEach,
  sessionHas: flipEach,
  headers: flipEach,
  authorization: flipEach,
  longest: (lengths) => Object.keys(lengths).map((name) => ({ ...lengths, [name]: -1 })),
  untold: empty,
  unshown: empty,
  unpolluted: one(() => ['toString']),
  fasterThanMilliseconds: tooLow,
  cancelsWithinBytes: tooLow,
  cookiesAtMost: tooLow,
  cookieBytesAtMost: tooLow,
}

/** @param {string} name of a field @param {any} wanted its right value @returns {any[]} */
export const flipField = (name, wanted) => FLIPPED[name](wanted)
