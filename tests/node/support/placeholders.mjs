// The {{PLACEHOLDERS}} and the generators of callback_cases.json.
import { parseSealed } from './transaction.mjs'

const flipCase = (character) =>
  character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase()

/** `text` with the character at `at` changed. */
const change = (text, at, to) => text.slice(0, at) + to(text[at]) + text.slice(at + 1)

const letterAt = (text, from, step) => {
  let at = from
  while (!/[A-Za-z]/.test(text[at])) at += step
  return at
}

/** Another character that may stand in a cookie. */
const flipBit = (character) => String.fromCharCode(character.charCodeAt(0) ^ (character === '-' ? 2 : 1))

/** The random part of a state, before its hints. */
const RANDOM_CHARACTERS = 43

/** Name -> what it may stand for: every one of them is tried. @type {Record<string, (tx: any) => string[]>} */
const VALUES = {
  STATE: ({ state }) => [state],
  STATE_CASEFLIP: ({ state }) => [
    change(state, letterAt(state, 0, 1), flipCase),
    change(state, letterAt(state, RANDOM_CHARACTERS - 1, -1), flipCase),
    [...state].map(flipCase).join(''),
  ],
  STATE_MINUS_LAST: ({ state }) => [
    state.slice(0, -1),
    state.slice(0, RANDOM_CHARACTERS),
    state.slice(0, RANDOM_CHARACTERS - 1),
  ],
  STATE_STD_B64: ({ state }) => [state.replaceAll('-', '%2B').replaceAll('_', '%2F')],
  STATE_LASTBITS: ({ state }) => [
    change(state, RANDOM_CHARACTERS - 1, (last) => String.fromCharCode(last.charCodeAt(0) + 1)),
  ],
  OTHER_STATE: ({ otherState }) => [otherState],
  TX_COOKIE: ({ cookie }) => [cookie],
  TX_NAME: ({ name }) => [name],
  TX_NAME_LOWER: ({ name }) => [name.toLowerCase()],
  TX_NAME_PCT: ({ name }) => [name.replace('_', '%5F'), name.replace('landfall', 'l%61ndfall')],
  TX_VALUE: ({ value }) => [value],
  // In the seal, in the code_verifier, in next.
  TX_VALUE_BITFLIP: ({ value }) => [
    change(value, 0, flipBit),
    change(value, value.split('.').slice(0, 3).join('.').length + 1, flipBit),
    change(value, value.length - 1, flipBit),
  ],
  TX_VALUE_HALF: ({ value }) => [value.slice(0, value.length / 2), value.slice(0, -1), value.slice(0, 43)],
  // The value in two halves, as a chunked cookie would carry it.
  P0: ({ value }) => [value.slice(0, value.length / 2)],
  P1: ({ value }) => [value.slice(value.length / 2)],
  P2: ({ value }) => [value.slice(-8)],
  VERIFIER: ({ value, code_verifier = parseSealed(value).code_verifier }) => [code_verifier],
  SESSION_NAME: () => ['app-session'],
  OLD_SESSION: () => ['of-somebody'],
  SESSION_VALUE: ({ otherPurpose }) => [otherPurpose],
}

/** Every text that a text with placeholders stands for. @param {string} text @param {any} tx @returns {string[]} */
export const expand = (text, tx) => {
  const long = text.replace(/\{\{(\w)\*(\d+)\}\}/g, (_, letter, count) => letter.repeat(Number(count)))
  const found = /\{\{(\w+)\}\}/.exec(long)
  if (!found) return [long]
  const values = VALUES[found[1]]
  if (!values) throw new Error(`callback_cases.json has an unknown placeholder ${found[0]}`)
  return values(tx).flatMap((value) => expand(long.replaceAll(found[0], value), tx))
}

/** Writes out a generator. @param {Record<string, any>} gen @returns {string} */
export const generate = ({
  prefix,
  repeat,
  count,
  suffix = '',
  tailRepeat = '',
  tailCount = 0,
  tail = '',
}) => {
  const middle = repeat.includes('{i}')
    ? Array.from({ length: count }, (_, i) => repeat.replaceAll('{i}', String(i))).join('')
    : repeat.repeat(count)
  return prefix + middle + suffix + tailRepeat.repeat(tailCount) + tail
}

/** Header text as a server would deliver it: what is not Latin-1 is the bytes of its UTF-8. @param {string} text */
export const toByteString = (text) =>
  [...text].some((character) => character.charCodeAt(0) > 0xff) ? Buffer.from(text).toString('latin1') : text
