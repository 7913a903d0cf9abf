// Targets for the safe-`next` check, ordinary and hostile, from a seed. No imports and nothing but the language, so that
// every runtime and every page makes the same list.

const ORIGINS = [
  'https://app.example',
  'http://localhost:3000',
  'https://app.example:8443',
  'https://[2001:db8::1]:9',
]

/** How many inputs share a seed: a block can be made without those before it. */
export const BLOCK_INPUTS = 1000

// mulberry32
let state = 0
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

const KINDS = [ordinary, hostile, mutated, absolute]

/**
 * One block of the list that a seed stands for.
 *
 * @param {number} seed @param {number} block
 * @returns {{ input: string, origin: string, isOrdinary: boolean }[]}
 */
export const makeInputs = (seed, block) => {
  state = Math.imul(seed, 0x9e3779b1) ^ Math.imul(block + 1, 0x85ebca6b)
  return Array.from({ length: BLOCK_INPUTS }, () => {
    const origin = pick(ORIGINS)
    const kind = pick(KINDS)
    return { input: kind(origin), origin, isOrdinary: kind === ordinary }
  })
}
