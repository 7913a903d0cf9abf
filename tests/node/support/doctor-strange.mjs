// Answers that no well-kept server sends, and the promise that the doctor keeps for each: findings in clean lines.
import assert from 'node:assert/strict'
import { doctor } from './doctor.mjs'
import { errorPage } from './doctor-app.mjs'
import { COOKIE, NO_STORE, raw } from './doctor-raw.mjs'

/** Text as a terminal must not get it: every control character, what turns lines round, what nobody sees, half a pair. */
export const CONTROLS = String.fromCharCode(
  ...Array(32).keys(),
  ...Array.from({ length: 33 }, (_, at) => 127 + at),
)
export const UNSEEN =
  '\u2028\u2029\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad\u034f\u3164\ufe0f\u{e0041}'
export const ESCAPES = '\x1b[2J\x1b]0;owned\x07\x9b31m\x9d0;owned\x9c\r'

/** Bytes on the wire, one for each character. @param {string} text */
export const utf8 = (text) => Buffer.from(text, 'utf8').toString('latin1')
/** What HTTP takes in a header: C1, as bytes and as UTF-8. */
const IN_HEADER = `\x80\x85\x9b31m\x9d0;owned\x9c${utf8(UNSEEN)}${'x'.repeat(3000)}`
/** The same behind percent signs, where everything is taken. */
export const IN_QUERY = encodeURIComponent(CONTROLS + UNSEEN + ESCAPES)

export function* endless(head, part) {
  yield head
  for (;;) yield part
}

/** Nothing but text in lines; what was not UTF-8 would come as U+FFFD. @param {string} text @param {string} about */
export const assertClean = (text, about) =>
  assert.doesNotMatch(text, /[^\n\P{C}]|[\p{Zl}\p{Zp}\p{DI}\ufffd]/u, about)

/** Answers with something hostile in one header. @param {string} status @param {string} name @param {string[]} [others] */
const inHeader = (status, name, others = []) => [
  raw(status, [...others, `${name}: ${IN_HEADER}`]),
  raw(status, [...others, `${name}: ${ESCAPES}`]),
  raw(status, [...others, `${name}: ${'y'.repeat(15_000)}`]),
]

/** What is no address, and what is one that nobody should take. */
const LOCATIONS = [
  'http://[',
  'http://',
  'http:///',
  '//',
  'http://a:99999/',
  'javascript:alert(1)',
  'data:,x',
  '%',
  '',
  '\\\\evil.example',
  `http://127.0.0.1:1/${IN_HEADER}`,
  IN_HEADER,
]
/** What any place may send. */
export const STRANGE = [
  ...inHeader('303 See Other', 'Location', [COOKIE, NO_STORE]),
  ...inHeader('200 OK', 'Content-Security-Policy'),
  ...inHeader('200 OK', 'Date'),
  ...inHeader('200 OK', 'Cache-Control'),
  ...LOCATIONS.map((location) => raw('303 See Other', [`Location: ${location}`])),
  raw(`200 ${ESCAPES}`, []),
  raw(`500 ${IN_HEADER}`, []),
  raw('000 Nothing', []),
  raw('999 Too much', []),
  raw('101 Switching Protocols', ['Upgrade: x']),
  raw('200 OK', ['Content-Length: 10'], 'cut'),
  raw('200 OK', ['Transfer-Encoding: chunked'], 'zz\r\n'),
  raw('200 OK', ['Date: Fri, 31 Dec 99999 23:59:59 GMT']),
  raw('200 OK', [], utf8(`${ESCAPES}${UNSEEN}: ${CONTROLS}`)),
  raw('400 Bad Request', [], 'w'.repeat(50_000)),
  raw('200 OK', [], errorPage({ main: `<script>${'<style'.repeat(10_000)}` })),
  raw('500 Oops', [], errorPage({ main: '<code data-option>a</code>'.repeat(2_000) })),
  ESCAPES,
  '',
]

/** Nothing of one finding can pass for another. @param {string} line */
const isKnown = (line) => /^([✓✗?] | {4}\S|Problems: \d+\.|Nothing is wrong\.|$)/.test(line)

/**
 * What the doctor says to a person: clean, whatever it is.
 * @param {string[]} args @param {string} about @param {Record<string, string>} [env]
 */
export const readText = async (args, about, env = {}) => {
  const { code, stdout, stderr } = await doctor(args, env)
  assert.ok([0, 1].includes(code), about)
  assert.equal(stderr, '', about)
  assertClean(stdout, about)
  const lines = stdout.split('\n')
  assert.deepEqual(
    lines.filter((line) => !isKnown(line)),
    [],
    about,
  )
  for (const line of lines) assert.ok(Array.from(line).length <= 510, about)
  assert.ok(!stdout.includes('The doctor understands every answer'), about)
  return stdout
}
