// What comes of each behaviour of a hostile token endpoint: its code, or the session.
import { startHostileTokenEndpoint } from '../../../stand-ins/hostile-token-endpoint.mjs'
import { TRANSFERS } from '../../../stand-ins/hostile-transfers.mjs'
import { readLimit } from './limits.mjs'

const FOLDED = 'a folded header'
/** A client may take a folded header or refuse it (RFC 9112 5.2), and the versions of Node differ. */
const takesFolded = async () => {
  const server = await startHostileTokenEndpoint(TRANSFERS[FOLDED])
  const response = await fetch(`${server.origin}/token`, { method: 'POST' }).catch(() => undefined)
  await server.close()
  return response !== undefined
}
const isFoldedTaken = await takesFolded()

/** Names of behaviours by the code of errors.def that a plain provider's callback answers; none where the person is signed in. */
const NAMES = {
  '': [
    'a good one',
    'white space around it',
    'no content type',
    'a byte order mark',
    'UTF-8 that says latin-1',
    'an escaped lone surrogate',
    'an escaped NUL',
    '2 000 members',
    'an unknown member twice',
    'a __proto__ member',
    'a constructor member',
    'expires_in 1e400',
    'expires_in of 30 digits',
    'expires_in 3600.9',
    'expires_in 36e2',
    'expires_in 1e-400',
    'expires_in "3600"',
    'pieces of one byte',
    'chunks of one byte',
    'a second late',
    'just below the limit',
    'gzip',
    'an interim 103 before it',
    ...(isFoldedTaken ? [FOLDED] : []),
    'a cookie',
  ],
  token_redirect: [
    ...Object.keys(TRANSFERS).filter((name) => /^3\d\d /.test(name)),
    'a redirect without an end',
    '304 without an end',
  ],
  token_network: [
    'status 099',
    'status 20',
    'status 2000',
    'damaged gzip',
    'closed before the status line',
    'closed in the status line',
    'closed in the head',
    'closed in the body',
    'closed in a chunk',
    'closed before the last chunk',
    'reset before the status line',
    'a negative length',
    'a length that is no number',
    'a length beyond 64 bits',
    'two lengths',
    'a length and chunks',
    'a chunk size that is none',
    'an interim 100 before it',
    'another protocol',
    'a garbage status line',
    'no status line',
    'another version',
    'a header of a megabyte',
    'a header with a NUL',
    'a header without an end',
    'headers without an end',
    ...(isFoldedTaken ? [] : [FOLDED]),
  ],
  token_timeout: [
    'no answer at all',
    'a byte a second',
    'a byte of the head a second',
    'a head and then nothing',
    'less than was said, and an open connection',
    'no final chunk, and an open connection',
    'interim answers without an end',
  ],
  token_too_large: [
    'one byte above the limit',
    'ten megabytes',
    'no end, at full speed',
    'one chunk without an end',
    'a gzip bomb',
    'a gzip bomb in gzip',
    'a deflate bomb',
    'a brotli bomb',
  ],
  token_status: [
    'HTML with 502',
    'tokens with 400',
    'tokens with 201',
    '204 with nothing',
    '205 with nothing',
    'tokens with 205',
    'status 999',
    'status 600',
    '205 without an end',
  ],
  token_content_type: ['HTML with 200', 'a form with 200'],
  token_json: [
    'an empty 200',
    'two byte order marks',
    'UTF-16',
    'UTF-16 that says UTF-8',
    'latin-1',
    'invalid UTF-8',
    'overlong UTF-8',
    'a raw lone surrogate',
    'a raw NUL',
    'a raw NUL behind it',
    'half of it',
    'garbage behind it',
    'two of them',
    'a script prefix',
    '100 000 arrays',
    '100 000 arrays, closed',
    '100 000 objects',
    '100 000 objects, closed',
    '100 000 arrays beside tokens',
    'a token twice',
    'a token twice, once escaped',
    'expires_in NaN',
    'gzip cut short',
    'a coding that nobody knows',
    'reset in the body',
    'a length too short',
  ],
  token_shape: [
    'an escaped lone surrogate in a token',
    'an escaped NUL in a token',
    'line breaks in a token',
    'a number',
    'a string',
    'null',
    'an array',
    'tokens below __proto__ only',
    'expires_in -1',
    'expires_in -1e400',
    'expires_in {}',
  ],
  token_type_unsupported: ['token_type mac', 'token_type DPoP', 'token_type of another type'],
  token_invalid_grant: [
    'an OAuth error with 200',
    'an OAuth error beside tokens',
    'an error that repeats the request',
    'an answer more than was asked for',
  ],
}

/** Supabase Auth's answers are read as auth-js reads them: tokens count more than `error` and `token_type`. */
const OWN = {
  'an OAuth error with 200': 'token_shape',
  'an OAuth error beside tokens': '',
  'an error that repeats the request': 'token_error',
  'expires_in "3600"': 'token_shape',
  'token_type mac': '',
  'token_type DPoP': '',
  'token_type of another type': '',
  'an answer more than was asked for': 'token_error',
}

const plain = Object.fromEntries(
  Object.entries(NAMES).flatMap(([code, names]) => names.map((name) => [name, code])),
)
export const CODES = { plain, supabase: { ...plain, ...OWN } }

/**
 * Members beside those of GOOD where somebody is signed in.
 * @type {Record<string, Record<string, unknown>>}
 */
export const MEMBERS = {
  'UTF-8 that says latin-1': { name: 'J\u00f6rg' },
  'an escaped lone surrogate': { x: '\ud800' },
  'an escaped NUL': { x: 'a\0b' },
  '2 000 members': Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`m${i}`, 0])),
  'an unknown member twice': { x: 2 },
  'a __proto__ member': JSON.parse('{"__proto__":{"polluted":true,"access_token":"other"}}'),
  'a constructor member': { constructor: { prototype: { polluted: true } }, toString: 1 },
  'an OAuth error beside tokens': { error: 'invalid_grant' },
  'expires_in 1e400': { expires_in: Infinity },
  'expires_in of 30 digits': { expires_in: 1e30 },
  'expires_in 3600.9': { expires_in: 3600.9 },
  'expires_in 1e-400': { expires_in: 0 },
  'expires_in "3600"': { expires_in: '3600' },
  'token_type mac': { token_type: 'mac' },
  'token_type DPoP': { token_type: 'DPoP' },
  'token_type of another type': { token_type: ['bearer'] },
}

/** JSON.stringify has no number for 1e400, which JSON.parse reads as Infinity, and onSession's JSON is parsed once more. */
const asJson = (answer) => ({ ...answer })

const CENTURY = readLimit('kMaxExpiresInSeconds')

/** How long a token lives, for whatever `expires_in` says. @param {unknown} expiresIn */
export const secondsOf = (expiresIn) => Math.min(Math.floor(Number(expiresIn)), CENTURY)

/** The session that onSession gets for an answer, without expires_at. @type {Record<string, (answer: any) => object>} */
export const SESSIONS = {
  plain: (answer) => ({
    provider: 'main',
    access_token: answer.access_token,
    token_type: 'Bearer',
    expires_in: secondsOf(answer.expires_in),
    refresh_token: answer.refresh_token,
    scope: '',
    token_response: asJson(answer),
  }),
  supabase: (answer) => asJson(answer),
}
