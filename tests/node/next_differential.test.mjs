// The safe-`next` check against whatwg-url, on generated targets.
//   LANDFALL_NEXT_INPUTS=300000 LANDFALL_NEXT_SEED=7 node --test tests/node/next_differential.test.mjs
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { URL } from 'whatwg-url'
import { checkNext } from '../../dist/index.js'

const inputs = Number(process.env.LANDFALL_NEXT_INPUTS ?? 50_000)
const seed = Number(process.env.LANDFALL_NEXT_SEED ?? Date.now() % 2 ** 31)
const origins = [
  'https://app.example',
  'http://localhost:3000',
  'https://app.example:8443',
  'https://[2001:db8::1]:9',
]

// A small generator (mulberry32), so that a printed seed repeats a run in every runtime.
let state = seed
const random = () => {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}
const below = (n) => Math.floor(random() * n)
const pick = (choices) => choices[below(choices.length)]
const some = (most, make) => Array.from({ length: below(most + 1) }, make).join('')

const list = (text) => text.split(' ')
const slashes = list('/ // /// \\ /\\ \\/ %2F %2f %5C %5c %252F %255c \uff0f \u2215 \u2044 \u012f')
const dots = list('. .. ... %2e %2E .%2e %2E. %2e%2E %252e %252E%252e .%252e %25%32%65 \u3002 \u2024')
const noise = [...'\t\n\r\0\x01\x1f\x7f \x85\xa0\u200b\u2028\ufeff\xad']
const encodedNoise = list('%09 %0a %0D %00 %1f %7F %20 %C2%85 %E2%80%A8 %EF%BC%8F %c0%af')
const marks = list('? # %3F %23 @ : ; %40 %3A & = + | ^ ` { } [ ] " \' < >')
const percents = list('% %% %2 %zz %u002F %25 %2525 %ff %%32F %2%35')
const hosts = list(
  'evil.example app.example localhost 127.0.0.1 [::1] app.example@evil.example evil.example:80',
)
const leads = [
  ...list('/ // /\\ /. /.. https: https:// http:// HTTPS:// javascript: data: blob:'),
  '',
  ' ',
  '\t',
]
const unicode = list('é ß 東京 Москва الرياض 📚 \ud800 \udc00x \u012f \u010d \u010a \ufffd 𝒳')
const words = list('a home x-y account v2.0 .well-known 1..5 carol@host Talk:Main a~b a,b (x) $1 ! *')
const pieces = [
  slashes,
  slashes,
  dots,
  dots,
  noise,
  encodedNoise,
  marks,
  percents,
  hosts,
  leads,
  unicode,
  words,
  words,
  words,
]

const hostile = () => pick(leads) + some(7, () => pick(pick(pieces)))
const absolute = (origin) => origin + some(1, () => pick(slashes)) + some(5, () => pick(pick(pieces)))
const mutated = () => {
  const text = [...ordinary()]
  for (let n = 1 + below(3); n > 0; --n) text.splice(below(text.length + 1), below(2), pick(pick(pieces)))
  return text.join('')
}
const encodings = list('%20 %C3%A9 %25 %2C %3A %26')
const inPath = [' ', ...list("' ; + = & |")]
const inQuery = [' ', ...list("' // ? / https://other.example/ %2F %0A [] {} 50%")]
function ordinaryText(spare) {
  const word = () => (random() < 0.15 ? pick(unicode) : random() < 0.1 ? pick(encodings) : pick(words))
  return pick(words) + some(3, () => (random() < 0.1 ? pick(spare) : '') + word())
}
function ordinary() {
  const path = `/${ordinaryText(inPath)}`
  const parameter = () => `&${pick(words)}=${ordinaryText(inQuery)}`
  const query = random() < 0.5 ? `?${some(3, parameter).slice(1)}` : ''
  const fragment = random() < 0.3 ? `#${ordinaryText(inQuery)}` : ''
  return path + some(3, () => `/${ordinaryText(inPath)}`) + (random() < 0.2 ? '/' : '') + query + fragment
}

/** The path with every well-formed percent sequence decoded, one character for each byte. */
const decodeOnce = (path) =>
  path.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))

/** Whether some prefix of the decoded path, cut before a slash, resolves to a path that starts with two slashes. */
const leavesWhenDecoded = (path) => {
  const segments = decodeOnce(path).replaceAll('\\', '/').slice(1).split('/').slice(0, -1)
  const stack = []
  for (const segment of segments) {
    const plain = segment.replace(/%2e/gi, '.')
    if (plain === '..') stack.pop()
    else if (plain !== '.') stack.push(segment)
    if (stack[0] === '') return true
  }
  return false
}

/** The rule once more, written as it is explained: with whatwg-url, regular expressions and no care for speed. */
function wanted(input, origin) {
  const next = input.startsWith(`${origin}/`) ? input.slice(origin.length) : input
  if (!/^\/(?!\/)/.test(next) || / $/.test(next)) return null
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\x00-\x1f\x7f]/.test(next)) return null
  const [path] = /^[^?#]*/.exec(next)
  if (path.includes('\\') || /%([01][0-9a-f]|7f)/i.test(path)) return null
  if (path.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment))) return null
  if (leavesWhenDecoded(path)) return null
  return new URL(next, origin).href.slice(origin.length).replaceAll('\\', '%5C')
}

function checkProperties(output, origin) {
  assert.match(output, /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/, 'safe form')
  assert.equal(checkNext(output, origin), output, 'fixed point')
  for (const base of ['/', '/auth/callback', '/a/b/c/?q#f']) {
    assert.equal(new URL(output, origin + base).href, origin + output, 'position-independent')
  }
  const [path] = /^[^?#]*/.exec(output)
  const again = decodeOnce(path)
  assert.equal(
    new URL(again + output.slice(path.length), origin).origin,
    origin,
    'origin after one more decode',
  )
  assert.ok(!new URL(again, origin).pathname.startsWith('//'), 'path after one more decode')
  assert.doesNotMatch(again, /[\r\n]/, 'no line break after one more decode')
}

test(`checkNext agrees with the URL Standard on ${inputs} generated targets, seed ${seed}`, () => {
  const count = { accepted: 0, refused: 0, ordinary: 0 }
  for (let n = 0; n < inputs; ++n) {
    const origin = pick(origins)
    const kind = below(4)
    const input = [ordinary, hostile, mutated, absolute][kind](origin)
    const output = checkNext(input, origin)
    const where = `input ${JSON.stringify(input)}, origin ${origin}, seed ${seed}`
    try {
      assert.equal(output, wanted(input, origin))
      if (kind === 0) assert.notEqual(output, null, 'an ordinary target is refused')
      if (output !== null) checkProperties(output, origin)
    } catch (error) {
      throw new Error(`${where}: ${error.message}`, { cause: error })
    }
    count.ordinary += kind === 0 ? 1 : 0
    count[output === null ? 'refused' : 'accepted'] += 1
  }
  console.log(`seed ${seed}: ${JSON.stringify(count)}`)
  assert.ok(count.ordinary > inputs / 8 && count.accepted > count.ordinary && count.refused > inputs / 8)
})
