// npx landfall doctor and servers that mean it harm: whatever they send, it ends in findings, and a terminal is told nothing but text.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clean } from '../../dist/terminal/clean.js'
import { findProgram } from '../browser/support/program.mjs'
import { CLI, diagnose, doctor, run } from './support/doctor.mjs'
import { COOKIE, GOOD, NO_STORE, raw, startRaw } from './support/doctor-raw.mjs'
import {
  assertClean,
  CONTROLS,
  ESCAPES,
  endless,
  IN_QUERY,
  readText,
  STRANGE,
  UNSEEN,
  utf8,
} from './support/doctor-strange.mjs'

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
    assert.match(stderr, /^landfall[^\n]*\n\nnpx landfall (?:doctor <url>|init \[folder\])/)
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
