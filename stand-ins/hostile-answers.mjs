// What a token endpoint may say that it should not: bodies and statuses, each a behaviour of hostile-token-endpoint.mjs.
import { answerOf } from './hostile-token-endpoint.mjs'

/** A good answer, for a plain provider and for Supabase Auth. */
export const GOOD = {
  access_token: 'access-of-the-hostile-one',
  token_type: 'bearer',
  expires_in: 3600,
  refresh_token: 'refresh-of-the-hostile-one',
}
export const GOOD_TEXT = JSON.stringify(GOOD)
const DEEP = 100_000

/** The good answer with members replaced or added, as text. @param {Record<string, string>} members name to JSON */
const withMembers = (members) =>
  `{${Object.entries({
    ...Object.fromEntries(Object.entries(GOOD).map(([name, value]) => [name, JSON.stringify(value)])),
    ...members,
  })
    .map(([name, value]) => `"${name}":${value}`)
    .join()}}`

const plus = (text) => `${GOOD_TEXT.slice(0, -1)},${text}}`
const whole = (answer) => () => [answerOf(answer)]
const ofBody = (body) => whole({ body })
const ofBytes = (...parts) => ofBody(Buffer.concat(parts.map((part) => Buffer.from(part))))
const html = (status) => whole({ status, type: 'text/html', body: `<h1>${GOOD.access_token}</h1>` })

/** @type {Record<string, import('./hostile-token-endpoint.mjs').Behaviour>} */
export const ANSWERS = {
  'a good one': ofBody(GOOD_TEXT),
  'white space around it': ofBody(`\r\n\t ${GOOD_TEXT} \n`),
  'no content type': whole({ type: '', body: GOOD_TEXT }),

  'HTML with 502': html(502),
  'HTML with 200': html(200),
  'a form with 200': whole({
    type: 'application/x-www-form-urlencoded',
    body: `${new URLSearchParams(Object.entries(GOOD).map(([name, value]) => [name, String(value)]))}`,
  }),
  'an OAuth error with 200': ofBody('{"error":"invalid_grant","error_description":"no"}'),
  'an OAuth error beside tokens': ofBody(plus('"error":"invalid_grant"')),
  'an error that repeats the request': ({ head, body }) => [
    answerOf({
      status: 400,
      body: JSON.stringify({
        error: 'invalid_grant',
        error_description: `${body} ${/^authorization:.*/im.exec(head)}`,
      }),
    }),
  ],
  'tokens with 400': whole({ status: 400, body: GOOD_TEXT }),
  'tokens with 201': whole({ status: 201, body: GOOD_TEXT }),
  'an empty 200': ofBody(''),
  '204 with nothing': () => ['HTTP/1.1 204 X\r\n\r\n'],
  '205 with nothing': whole({ status: 205 }),
  'tokens with 205': whole({ status: 205, body: GOOD_TEXT }),
  'status 999': whole({ status: 999, body: GOOD_TEXT }),
  'status 600': whole({ status: 600, body: GOOD_TEXT }),
  'status 099': whole({ status: '099', body: GOOD_TEXT }),
  'status 20': whole({ status: '20', body: GOOD_TEXT }),
  'status 2000': whole({ status: '2000', body: GOOD_TEXT }),

  'a byte order mark': ofBody(`\ufeff${GOOD_TEXT}`),
  'two byte order marks': ofBody(`\ufeff\ufeff${GOOD_TEXT}`),
  'UTF-16': whole({
    type: 'application/json; charset=utf-16',
    body: Buffer.from(`\ufeff${GOOD_TEXT}`, 'utf16le'),
  }),
  'UTF-16 that says UTF-8': whole({
    type: 'application/json; charset=utf-8',
    body: Buffer.from(GOOD_TEXT, 'utf16le'),
  }),
  'UTF-8 that says latin-1': whole({
    type: 'application/json; charset=iso-8859-1',
    body: plus('"name":"J\u00f6rg"'),
  }),
  'latin-1': whole({
    type: 'application/json; charset=iso-8859-1',
    body: Buffer.from(plus('"name":"J\u00f6rg"'), 'latin1'),
  }),
  'invalid UTF-8': ofBytes(GOOD_TEXT.slice(0, -1), ',"x":"', [0xc3, 0x28], '"}'),
  'overlong UTF-8': ofBytes(GOOD_TEXT.slice(0, -1), ',"x":"', [0xc0, 0xaf], '"}'),
  'a raw lone surrogate': ofBytes(GOOD_TEXT.slice(0, -1), ',"x":"', [0xed, 0xa0, 0x80], '"}'),
  'an escaped lone surrogate': ofBody(plus('"x":"\\ud800"')),
  'an escaped lone surrogate in a token': ofBody(withMembers({ access_token: '"a\\udc00"' })),
  'a raw NUL': ofBody(plus('"x":"a\0b"')),
  'a raw NUL behind it': ofBody(`${GOOD_TEXT}\0`),
  'an escaped NUL': ofBody(plus('"x":"a\\u0000b"')),
  'an escaped NUL in a token': ofBody(withMembers({ access_token: '"a\\u0000b"' })),
  'line breaks in a token': ofBody(withMembers({ access_token: '"a\\r\\nSet-Cookie: x=y"' })),

  'a number': ofBody('1'),
  'a string': ofBody(JSON.stringify(GOOD_TEXT)),
  null: ofBody('null'),
  'an array': ofBody(`[${GOOD_TEXT}]`),
  'half of it': ofBody(GOOD_TEXT.slice(0, 40)),
  'garbage behind it': ofBody(`${GOOD_TEXT}garbage`),
  'two of them': ofBody(GOOD_TEXT + GOOD_TEXT),
  'a script prefix': ofBody(`)]}'\n${GOOD_TEXT}`),
  '100 000 arrays': ofBody('['.repeat(DEEP)),
  '100 000 arrays, closed': ofBody('['.repeat(DEEP) + ']'.repeat(DEEP)),
  '100 000 objects': ofBody('{"a":'.repeat(DEEP)),
  '100 000 objects, closed': ofBody(`${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`),
  '100 000 arrays beside tokens': ofBody(plus(`"x":${'['.repeat(DEEP)}${']'.repeat(DEEP)}`)),
  '2 000 members': ofBody(plus(Array.from({ length: 2000 }, (_, i) => `"m${i}":0`).join())),

  'a token twice': ofBody(plus('"access_token":"other"')),
  'a token twice, once escaped': ofBody(plus('"access\\u005ftoken":"other"')),
  'an unknown member twice': ofBody(plus('"x":1,"x":2')),
  'a __proto__ member': ofBody(plus('"__proto__":{"polluted":true,"access_token":"other"}')),
  'a constructor member': ofBody(plus('"constructor":{"prototype":{"polluted":true}},"toString":1')),
  'tokens below __proto__ only': ofBody(`{"__proto__":${GOOD_TEXT}}`),

  'expires_in 1e400': ofBody(withMembers({ expires_in: '1e400' })),
  'expires_in of 30 digits': ofBody(withMembers({ expires_in: '9'.repeat(30) })),
  'expires_in -1': ofBody(withMembers({ expires_in: '-1' })),
  'expires_in -1e400': ofBody(withMembers({ expires_in: '-1e400' })),
  'expires_in 3600.9': ofBody(withMembers({ expires_in: '3600.9' })),
  'expires_in 36e2': ofBody(withMembers({ expires_in: '36e2' })),
  'expires_in 1e-400': ofBody(withMembers({ expires_in: '1e-400' })),
  'expires_in NaN': ofBody(withMembers({ expires_in: 'NaN' })),
  'expires_in "3600"': ofBody(withMembers({ expires_in: '"3600"' })),
  'expires_in {}': ofBody(withMembers({ expires_in: '{}' })),

  'token_type mac': ofBody(withMembers({ token_type: '"mac"' })),
  'token_type DPoP': ofBody(withMembers({ token_type: '"DPoP"' })),
  'token_type of another type': ofBody(withMembers({ token_type: '["bearer"]' })),
}
