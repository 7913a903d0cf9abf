// What a token endpoint may do on the wire that it should not: redirects, lengths, pace, broken connections; each a behaviour of
// hostile-token-endpoint.mjs.
import { Readable } from 'node:stream'
import { constants, createBrotliCompress, createDeflate, createGzip, gzipSync } from 'node:zlib'
import { GOOD_TEXT } from './hostile-answers.mjs'
import { answerOf, HANG, RESET } from './hostile-token-endpoint.mjs'

const MIB = 1 << 20
const HEAD = 'HTTP/1.1 200 X\r\nContent-Type: application/json\r\n'
const CLOSES = `${HEAD}Connection: close\r\n\r\n`
const CHUNKED = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`
const asChunk = (text) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`

const bytesOf = (text) => [...Buffer.from(text)].map((byte) => Buffer.of(byte))
const endless = function* (piece, pause) {
  for (;;) {
    yield piece
    if (pause) yield pause
  }
}
const after = function* (head, pieces) {
  yield head
  yield* pieces
}

/** Space after space behind the head, at full speed and for ever. */
const FLOOD = Buffer.alloc(64 << 10, 0x20)
const flood = (head) => () => after(head, endless(FLOOD))

/** More than a gibibyte of spaces in a few megabytes or less. @param {import('node:stream').Transform} compress */
const squeeze = async (compress) =>
  Buffer.concat(
    await Readable.from(Array(1100).fill(Buffer.alloc(MIB, 0x20)))
      .pipe(compress)
      .toArray(),
  )
/** @param {string} coding @param {Buffer} body */
const bomb = (coding, body) => () => [answerOf({ headers: [`Content-Encoding: ${coding}`], body })]
const GZIP = await squeeze(createGzip({ level: 1 }))
const DEFLATE = await squeeze(createDeflate({ level: 1 }))
const BROTLI = await squeeze(createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }))

/** @type {Record<string, import('./hostile-token-endpoint.mjs').Behaviour>} */
export const HUNGRY = {
  'ten megabytes': () => [answerOf({ body: `{"a":"${'a'.repeat(10 * MIB)}"}` })],
  'no end, at full speed': flood(CLOSES),
  'one chunk without an end': flood(`${CHUNKED}FFFFFFFFFF\r\n`),
  'a gzip bomb': bomb('gzip', GZIP),
  'a gzip bomb in gzip': bomb('gzip, gzip', gzipSync(GZIP)),
  'a deflate bomb': bomb('deflate', DEFLATE),
  'a brotli bomb': bomb('br', BROTLI),
  'a redirect without an end': flood(
    answerOf({ status: 302, headers: ['Location: /elsewhere', 'Content-Length: 999999999999'] }),
  ),
  '205 without an end': flood(answerOf({ status: 205, headers: ['Content-Length: 999999999999'] })),
  '304 without an end': flood(answerOf({ status: 304, headers: ['Content-Length: 999999999999'] })),
  'a header without an end': () => after(`${HEAD}X: `, endless(Buffer.alloc(64 << 10, 0x61))),
  'headers without an end': () => after(HEAD, endless('X-Filler: filler\r\n'.repeat(1000))),
}

/** @type {Record<string, import('./hostile-token-endpoint.mjs').Behaviour>} */
export const SLOW = {
  'no answer at all': () => [HANG],
  'a byte a second': () => after(CLOSES, endless(' ', 1000)),
  'a byte of the head a second': () => after(`${HEAD}X: `, endless('x', 1000)),
  'a head and then nothing': () => [CLOSES, HANG],
  'less than was said, and an open connection': () => [
    answerOf({ headers: ['Content-Length: 5000'], body: GOOD_TEXT }),
    HANG,
  ],
  'no final chunk, and an open connection': () => [CHUNKED + asChunk(GOOD_TEXT), HANG],
  'interim answers without an end': () => endless('HTTP/1.1 102 X\r\n\r\n', 50),
}

const redirects = {}
for (const status of [300, 301, 302, 303, 304, 305, 307, 308])
  for (const [how, location] of [
    ['to somebody else', true],
    ['to nowhere', false],
  ])
    for (const [what, body] of [
      ['', ''],
      [' with tokens', GOOD_TEXT],
    ])
      redirects[`${status} ${how}${what}`] = ({ elsewhere }) => [
        answerOf({ status, headers: location ? [`Location: ${elsewhere}`] : [], body }),
      ]

/** @type {Record<string, import('./hostile-token-endpoint.mjs').Behaviour>} */
export const TRANSFERS = {
  ...redirects,
  'pieces of one byte': () =>
    after(answerOf({ headers: [`Content-Length: ${GOOD_TEXT.length}`] }), bytesOf(GOOD_TEXT)),
  'chunks of one byte': () => [CHUNKED, ...[...GOOD_TEXT].map(asChunk), '0\r\n\r\n'],
  'a second late': () => [1000, answerOf({ body: GOOD_TEXT })],
  'just below the limit': () => [answerOf({ body: GOOD_TEXT.padEnd(MIB, ' ') })],
  'one byte above the limit': () => [answerOf({ body: GOOD_TEXT.padEnd(MIB + 1, ' ') })],
  gzip: () => [answerOf({ headers: ['Content-Encoding: gzip'], body: gzipSync(GOOD_TEXT) })],
  'damaged gzip': () => [answerOf({ headers: ['Content-Encoding: gzip'], body: GOOD_TEXT })],
  'gzip cut short': () => [
    answerOf({ headers: ['Content-Encoding: gzip'], body: gzipSync(GOOD_TEXT).subarray(0, 30) }),
  ],
  'a coding that nobody knows': () => [
    answerOf({ headers: ['Content-Encoding: x-none'], body: gzipSync(GOOD_TEXT) }),
  ],

  'closed before the status line': () => [],
  'closed in the status line': () => ['HTTP/1.1 2'],
  'closed in the head': () => [HEAD],
  'closed in the body': () => [answerOf({ headers: ['Content-Length: 5000'], body: GOOD_TEXT })],
  'closed in a chunk': () => [`${CHUNKED}fff\r\n${GOOD_TEXT}`],
  'closed before the last chunk': () => [CHUNKED + asChunk(GOOD_TEXT)],
  'reset before the status line': () => [RESET],
  'reset in the body': () => [CLOSES, GOOD_TEXT.slice(0, 40), 20, RESET],

  'a length too short': () => [answerOf({ headers: ['Content-Length: 40'], body: GOOD_TEXT })],
  'a negative length': () => [answerOf({ headers: ['Content-Length: -1'], body: GOOD_TEXT })],
  'a length that is no number': () => [answerOf({ headers: ['Content-Length: 0x20'], body: GOOD_TEXT })],
  'a length beyond 64 bits': () => [
    answerOf({ headers: [`Content-Length: ${'9'.repeat(25)}`], body: GOOD_TEXT }),
  ],
  'two lengths': () => [
    answerOf({ headers: [`Content-Length: ${GOOD_TEXT.length}`, 'Content-Length: 5'], body: GOOD_TEXT }),
  ],
  'a length and chunks': () => [
    answerOf({
      headers: ['Content-Length: 5', 'Transfer-Encoding: chunked'],
      body: `${asChunk(GOOD_TEXT)}0\r\n\r\n`,
    }),
  ],
  'a chunk size that is none': () => [`${CHUNKED}zz\r\n${GOOD_TEXT}`],
  'an answer more than was asked for': () => [
    answerOf({ status: 400, body: '{"error":"invalid_grant"}' }),
    answerOf({ body: GOOD_TEXT }),
    HANG,
  ],

  'an interim 103 before it': () => ['HTTP/1.1 103 X\r\nLink: </x>\r\n\r\n', answerOf({ body: GOOD_TEXT })],
  'an interim 100 before it': () => ['HTTP/1.1 100 X\r\n\r\n', answerOf({ body: GOOD_TEXT })],
  'another protocol': () => ['HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n', GOOD_TEXT],
  'a garbage status line': () => [`garbage\r\n\r\n${GOOD_TEXT}`],
  'no status line': () => [GOOD_TEXT],
  'another version': () => [`HTTP/9.9 200 X\r\n\r\n${GOOD_TEXT}`],
  'a header of a megabyte': () => [answerOf({ headers: [`X: ${'x'.repeat(MIB)}`], body: GOOD_TEXT })],
  'a header with a NUL': () => [answerOf({ headers: ['X: a\0b'], body: GOOD_TEXT })],
  'a folded header': () => [answerOf({ headers: ['X: a\r\n b'], body: GOOD_TEXT })],
  'a cookie': () => [answerOf({ headers: ['Set-Cookie: foreign=1'], body: GOOD_TEXT })],
}
