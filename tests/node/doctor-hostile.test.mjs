// npx landfall doctor and servers that mean it harm: whatever they send, it ends in findings, and a terminal is told nothing but text.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clean } from '../../dist/doctor/clean.js'
import { findProgram } from '../browser/support/program.mjs'
import { CLI, diagnose, doctor, run } from './support/doctor.mjs'
import { errorPage } from './support/doctor-app.mjs'
import { COOKIE, GOOD, NO_STORE, raw, startRaw } from './support/doctor-raw.mjs'

/** Text as a terminal must not get it: every control character, what turns lines round, what nobody sees, half a pair. */
const CONTROLS = String.fromCharCode(...Array(32).keys(), ...Array.from({ length: 33 }, (_, at) => 127 + at))
const UNSEEN =
  '\u2028\u2029\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad\u034f\u3164\ufe0f\u{e0041}'
const ESCAPES = '\x1b[2J\x1b]0;owned\x07\x9b31m\x9d0;owned\x9c\r'

/** Bytes on the wire, one for each character. @param {string} text */
const utf8 = (text) => Buffer.from(text, 'utf8').toString('latin1')
/** What HTTP takes in a header: C1, as bytes and as UTF-8. */
const IN_HEADER = `\x80\x85\x9b31m\x9d0;owned\x9c${utf8(UNSEEN)}${'x'.repeat(3000)}`
/** The same behind percent signs, where everything is taken. */
const IN_QUERY = encodeURIComponent(CONTROLS + UNSEEN + ESCAPES)

function* endless(head, part) {
  yield head
  for (;;) yield part
}

/** Nothing but text in lines; what was not UTF-8 would come as U+FFFD. @param {string} text @param {string} about */
const assertClean = (text, about) =>
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
const STRANGE = [
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

/** What the doctor says to a person: clean, whatever it is. @param {string[]} args @param {string} about */
const readText = async (args, about) => {
  const { code, stdout, stderr } = await doctor(args)
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

/** The same, and what it says to a program. @param {string[]} args @param {string} about */
const readBoth = async (args, about) => {
  await readText(args, about)
  const { code, stdout, stderr } = await doctor([...args, '--json'])
  assert.equal(stderr, '', about)
  assertClean(stdout, about)
  const { ok, findings } = JSON.parse(stdout)
  assert.deepEqual([ok, code], [false, 1], about)
  for (const text of findings.flatMap(Object.values)) assert.ok(Array.from(text).length <= 500, about)
  return findings
}

for (const place of ['sign-in', 'callback', 'refused', 'prefetch', 'page', 'authorize'])
  test(`an app that sends anything at its ${place}: findings in clean lines`, async (t) => {
    let current = ''
    const { origin } = await startRaw(t, { [place]: () => current })
    for (current of STRANGE) {
      const about = `${place}: ${JSON.stringify(current.slice(0, 200))}`
      const text = await readText([origin], about)
      assert.match(text, /^[✓✗] http:\/\/127\.0\.0\.1:\d+ answers\n/, about)
    }
  })

for (const place of ['settings', 'begun', 'returned'])
  test(`a project that sends anything at its ${place}: findings in clean lines`, async (t) => {
    let current = ''
    const app = await startRaw(t)
    const project = await startRaw(t, { [place]: () => current })
    const external = `{"external":{"bitbucket":${JSON.stringify(`${CONTROLS}${UNSEEN}`)}}}`
    const answers = [
      'null',
      '[]',
      '"x"',
      '{"external":null}',
      '{"external":[1]}',
      '[[[[',
      external,
      utf8(external),
    ]
    for (current of [...STRANGE, ...answers.map((body) => raw('200 OK', [], body))])
      await readText(
        [app.origin, '--supabase-url', project.origin, '--key', 'k'],
        `${place}: ${JSON.stringify(current.slice(0, 200))}`,
      )
  })

test('what is quoted from a server is shown as escapes, cut in its middle, in one line', async (t) => {
  const redirect = (origin, parameter) =>
    raw('303 See Other', [`Location: ${origin}/authorize?state=s&${parameter}=${IN_QUERY}`, COOKIE, NO_STORE])
  for (const parameter of ['redirect_uri', 'redirect_to']) {
    const { origin } = await startRaw(t, { 'sign-in': (self) => redirect(self, parameter) })
    const findings = await readBoth([origin], parameter)
    const { detail } = findings.find(({ id }) => id === 'origin')
    assert.match(detail, /^The app sends the provider to \\u\{0\}\\u\{1\}\\u\{2\}.* … .*not to http:\S+\.$/)
  }
  for (const [id, header, shown] of [
    [
      'cache',
      `Cache-Control: a\x9b31m\x85${utf8('\u202e\u200b')}`,
      /^Cache-Control is a\\u\{9b\}31m\\u\{85\}/,
    ],
    ['cookie', `Set-Cookie: __Host-landfall-1=x; Domain=\x9b31m`, /; browsers refuse domain=\\u\{9b\}31m:/],
  ]) {
    const answer = (self) => GOOD['sign-in'](self).replace(id === 'cache' ? NO_STORE : COOKIE, header)
    const { origin } = await startRaw(t, { 'sign-in': answer })
    const findings = await readBoth([origin], header)
    assert.match(findings.find((one) => one.id === id).detail, shown)
  }
})

test('a body that never ends is cut, a header that never ends is no answer', async (t) => {
  const head = raw('200 OK', ['Content-Type: text/html'])
  for (const [answer, status] of [
    [() => endless(head, ESCAPES.repeat(1_000)), 'answered 200'],
    [() => endless('HTTP/1.1 200 OK\r\n', `X-More: ${'z'.repeat(1_000)}\r\n`), 'HPE_HEADER_OVERFLOW'],
    [() => endless('HTTP/1.1 200 OK\r\nLocation: ', 'z'.repeat(1_000)), 'HPE_HEADER_OVERFLOW'],
  ]) {
    const { origin } = await startRaw(t, { callback: answer })
    const findings = await readBoth([origin], status)
    assert.ok(findings.find(({ id }) => id === 'callback').detail.includes(status))
  }
})

test('a Location elsewhere is told and not followed, whatever it is', async (t) => {
  const inside = await startRaw(t)
  for (const location of [
    `${inside.origin}/auth/auth-code-error?error=access_denied`,
    inside.origin.replace('http:', ''),
    inside.origin.replace('http:', '\\\\').replace('\\\\//', '\\\\'),
    inside.origin.replace('//', '//ada:secret@'),
    'http://[',
    'file:///etc/passwd',
  ]) {
    const refused = () => raw('303 See Other', [`Location: ${location}`])
    const { origin } = await startRaw(t, { refused })
    const found = await diagnose([origin])
    assert.deepEqual([found.code, found.wrong, found.unsure], [1, ['error-page'], []], location)
    assert.equal(
      found.byId['error-page'].detail,
      `The callback leads to ${location}, which is no address of ${origin}.`,
    )
  }
  assert.deepEqual(inside.requests, [])
})

test('a terminal gets the doctor’s own sequences and no others', async (t) => {
  const answer = (self) =>
    raw('303 See Other', [`Location: ${self}/authorize?redirect_uri=${IN_QUERY}`, NO_STORE])
  const { origin } = await startRaw(t, { 'sign-in': answer })
  const command = `'${process.execPath}' '${CLI}' doctor ${origin}`
  const { stdout } = await run(findProgram(['script']), ['-qec', command, '/dev/null'])
  assert.ok(stdout.includes('\x1b[31m✗\x1b[0m') && stdout.includes('\\u{1b}'))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are the doctor's
  const own = /\x1b\[3[123]m[✓✗?]\x1b\[0m|\r\x1b\[K|\r(?=\n)/g
  assertClean(stdout.replace(own, ''), 'terminal')
})

test('a mistake in the command is said in one clean line, whoever wrote the command', async () => {
  const evil = `${ESCAPES}${UNSEEN}\nlandfall: all is well`
  for (const args of [
    ['doctor', evil],
    ['doctor', 'http://a.example', evil],
    ['doctor', 'http://a.example', `--${evil}`],
    ['doctor', 'http://a.example', '--callback', evil],
    ['doctor', 'http://a.example', '--supabase-url', evil],
    ['doctor', 'http://a.example', '--toString', evil],
    [evil],
  ]) {
    const { code, stdout, stderr } = await run(process.execPath, [CLI, ...args])
    assert.deepEqual([code, stdout], [2, ''])
    assertClean(stderr, args.join(' '))
    assert.match(stderr, /^landfall[^\n]*\n\nnpx landfall doctor <url>/)
  }
})

test('a reader that goes away: no stack, and no success', async (t) => {
  const { origin } = await startRaw(t)
  const command = `'${process.execPath}' '${CLI}' doctor ${origin} | true; echo "\${PIPESTATUS[0]}"`
  const { stdout, stderr } = await run(findProgram(['bash']), ['-c', command])
  assert.deepEqual([stdout, stderr], ['1\n', ''])
})

test('text is cleaned by the classes of Unicode, and what can be seen stays as it is', () => {
  for (const one of CONTROLS + UNSEEN.replace('\u{e0041}', ''))
    assert.equal(clean(`a${one}b`), `a\\u{${one.codePointAt(0).toString(16)}}b`)
  for (const [text, shown] of [
    ['', ''],
    ['Ünïcödé ✓ … 漢字 عربي 😀', 'Ünïcödé ✓ … 漢字 عربي 😀'],
    ['\ud83d', '\\u{d83d}'],
    ['\ude00\ud83d', '\\u{de00}\\u{d83d}'],
    ['\u{e0041}', '\\u{e0041}'],
    ['x'.repeat(500), 'x'.repeat(500)],
    [`${'a'.repeat(500)}z`, `${'a'.repeat(347)} … ${'a'.repeat(149)}z`],
    [`${'a'.repeat(1e6)}z`, `${'a'.repeat(347)} … ${'a'.repeat(149)}z`],
    ['😀'.repeat(501), `${'😀'.repeat(347)} … ${'😀'.repeat(150)}`],
  ])
    assert.equal(clean(text), shown)
  assert.equal(Array.from(clean('\x1b'.repeat(1e5))).length, 500)
})
