// What a token endpoint does that it should not. Each name is a provider of the app.
import { gzipSync } from 'node:zlib'
import { answerOf, HANG, RESET } from '../../../stand-ins/hostile-token-endpoint.mjs'

const MIB = 1 << 20
const GOOD = JSON.stringify({ access_token: 'access', token_type: 'bearer', expires_in: 3600 })
const GZIP = ['Content-Encoding: gzip']
const redirect = (status) => () => [
  answerOf({ status, headers: ['Location: http://127.0.0.1:9/elsewhere'], body: GOOD }),
]

/** @type {Record<string, import('../../../stand-ins/hostile-token-endpoint.mjs').Behaviour>} */
export const BEHAVIOURS = {
  good: () => [answerOf({ body: GOOD })],
  'just-below-the-limit': () => [answerOf({ body: GOOD.padEnd(MIB, ' ') })],
  'one-byte-too-large': () => [answerOf({ body: GOOD.padEnd(MIB + 1, ' ') })],
  'ten-megabytes': () => [answerOf({ body: GOOD.padEnd(10 * MIB, ' ') })],
  'gzip-good': () => [answerOf({ headers: GZIP, body: gzipSync(GOOD) })],
  'gzip-bomb': () => [answerOf({ headers: GZIP, body: gzipSync(GOOD.padEnd(64 * MIB, ' ')) })],
  'damaged-gzip': () => [answerOf({ headers: GZIP, body: GOOD })],
  'redirect-300': redirect(300),
  'redirect-302': redirect(302),
  'redirect-307': redirect(307),
  'sets-a-cookie': () => [answerOf({ headers: ['Set-Cookie: foreign=1; Path=/'], body: GOOD })],
  'html-200': () => [answerOf({ type: 'text/html', body: '<h1>It works!</h1>' })],
  'html-502': () => [answerOf({ status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>' })],
  'half-of-it': () => [answerOf({ body: GOOD.slice(0, 40) })],
  'an-error-in-200': () => [answerOf({ body: '{"error":"invalid_grant"}' })],
  'an-error-in-400': () => [answerOf({ status: 400, body: '{"error":"invalid_grant"}' })],
  'closed-in-the-body': () => [answerOf({ headers: ['Content-Length: 5000'], body: GOOD })],
  reset: () => [RESET],
  silent: () => [HANG],
  'a-byte-a-second': function* () {
    yield 'HTTP/1.1 200 X\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n'
    for (;;) {
      yield ' '
      yield 1000
    }
  },
}

/** These end with the deadline of the request. */
export const SLOW = ['silent', 'a-byte-a-second']
