// Runs vectors through the package; the same lines in Node and in a page, so that the answers can be compared.

/** The text that a value of a vector stands for; see tests/vectors/schema.json. */
export function textOf(value) {
  if (typeof value === 'string') return value
  if (value.parts) return value.parts.map(textOf).join('')
  const one = value.text ?? fromHex(value.hex)
  return one.repeat(value.repeat ?? 1)
}

function fromHex(hex) {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytesOf(hex))
}

function bytesOf(hex) {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** Whether a value is text: bytes that are not UTF-8 cannot be written as a JavaScript string. */
export function isText(value) {
  try {
    textOf(value)
    return true
  } catch {
    return false
  }
}

/** Where a case of next.json runs that names no origin. */
export const ORIGINS = ['https://app.example', 'http://localhost:3000', 'https://app.example:8443']

/** @returns {{ id: string, origin: string, got: string | null, want: string | null }[]} */
export function runNext(checkNext, { cases }) {
  const texts = cases.filter(({ next }) => isText(next))
  return texts.flatMap(({ id, next, origin, want }) =>
    (origin === undefined ? ORIGINS : [origin]).map((each) => ({
      id,
      origin: each,
      got: checkNext(textOf(next), each),
      want: want === null ? null : textOf(want),
    })),
  )
}

const ENTROPY_BYTES = 32
const OPTIONS = {
  providers: {
    work: {
      clientId: 'app',
      authorizationEndpoint: 'https://id.example/authorize',
      tokenEndpoint: 'https://id.example/token',
    },
  },
  secret: 'only a secret of the browser tests, and long enough',
  origin: 'https://app.example',
}

/** What a start sends, and the verifier that its cookie keeps. */
function startOnce(auth) {
  const { url, setCookie } = auth.start({ provider: 'work', next: '/' })
  const { searchParams } = new URL(url)
  return {
    method: searchParams.get('code_challenge_method'),
    code_challenge: searchParams.get('code_challenge'),
    code_verifier: setCookie.at(-1).split('.')[3],
  }
}

/** Starts sign-ins with the random bytes of the vectors, drawn from the runtime's own crypto object. */
export function runPkce(createAuth, { cases }) {
  const auth = createAuth(OPTIONS)
  const known = cases.filter(({ entropy }) => entropy)
  const { crypto } = globalThis
  const draw = crypto.getRandomValues
  let isDrawn = false
  const drawAgain = (fill) => {
    isDrawn = false
    crypto.getRandomValues = (pool) => {
      isDrawn = true
      return fill(pool)
    }
    while (!isDrawn) startOnce(auth)
  }
  try {
    // A draw serves several starts, each of which takes the bytes of state, code_verifier and nonce; the first one is the one
    // that noticed that a draw was needed.
    drawAgain((pool) => {
      for (let i = 0; i < pool.length; i++) pool[i] = i
      known.forEach(({ entropy }, index) => {
        pool.set(bytesOf(entropy.hex), (3 * (index + 1) + 1) * ENTROPY_BYTES)
      })
      return pool
    })
    return known.map(({ id, code_verifier, code_challenge }) => {
      const want = { method: 'S256', code_challenge, code_verifier }
      return { id, got: startOnce(auth), want }
    })
  } finally {
    drawAgain((pool) => draw.call(crypto, pool))
    crypto.getRandomValues = draw
  }
}

/** Starts with real random bytes, and WebCrypto's opinion on each pair of verifier and challenge. */
export async function runStarts(createAuth, count) {
  const auth = createAuth(OPTIONS)
  const starts = Array.from({ length: count }, () => startOnce(auth))
  const digest = async ({ code_verifier }) => {
    const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code_verifier))
    const base64 = btoa(String.fromCharCode(...new Uint8Array(bytes)))
    return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=$/, '')
  }
  const digests = await Promise.all(starts.map(digest))
  return {
    correct: starts.filter(({ code_challenge }, index) => code_challenge === digests[index]).length,
    distinct: new Set(starts.map(({ code_verifier }) => code_verifier)).size,
  }
}
