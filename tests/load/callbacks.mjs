// Callbacks by the thousand in one process, good and bad, and what memory is left after each part of them. Prints JSON.
// Arguments: which configuration, how many. Runs with --expose-gc.
import { createAuth } from '../../dist/index.js'

const [name, count] = [process.argv[2], Number(process.argv[3])]
const PARTS = 20
const AT_ONCE = 16
const ORIGIN = 'https://app.example'
const AS = 'https://as.example'

/** Instances of the core, to look at their memory. */
const memories = []
const { Instance } = WebAssembly
WebAssembly.Instance = class {
  constructor(module, imports) {
    this.exports = new Instance(module, imports).exports
    memories.push(this.exports.memory)
  }
}

const GOOD = {
  plain: { access_token: 'at', token_type: 'Bearer', expires_in: 3600, refresh_token: 'r'.repeat(200) },
  supabase: {
    access_token: `a.${'b'.repeat(1200)}.c`,
    token_type: 'bearer',
    expires_in: 3600,
    expires_at: 1785583230,
    refresh_token: 'r',
    user: { id: 'u', email: 'ada@app.example', app_metadata: { provider: 'bitbucket' } },
  },
}
const json = (body, status = 200) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  })

/** What the token endpoint says to each code. */
const ANSWERS = {
  good: () => json(GOOD[name]),
  refused: () => json({ error: 'invalid_grant', code: 'bad_code_verifier' }, 400),
  broken: () => json('{"access_token":'),
  deep: () => json('['.repeat(50_000)),
  large: () => json('x'.repeat(1_500_000)),
  gone: () => Promise.reject(new TypeError('fetch failed')),
  moved: () => new Response(null, { status: 307, headers: { location: 'https://evil.example/' } }),
}
/** The code that a token request sends, as a form or as JSON. */
const codeOf = (body) => /"auth_code":"(\w+)"/.exec(body)?.[1] ?? new URLSearchParams(body).get('code')

const supabase = { url: 'https://abcd.supabase.co', key: 'anon-key' }
const main = { clientId: 'c', authorizationEndpoint: `${AS}/authorize`, tokenEndpoint: `${AS}/token` }
const auth = createAuth({
  origin: ORIGIN,
  secret: 'a secret of at least thirty-two bytes',
  ...(name === 'plain' ? { providers: { main } } : { supabase }),
  onSession: () => ({ headers: { 'set-cookie': 'app-session=1; Path=/' } }),
  fetch: async (_, { body }) => ANSWERS[codeOf(body)](),
})

const start = () => {
  const { url, setCookie } = auth.start({
    provider: name === 'plain' ? 'main' : 'bitbucket',
    next: '/welcome',
  })
  const { searchParams } = new URL(url)
  const back = new URL(searchParams.get('redirect_to') ?? searchParams.get('redirect_uri'))
  if (name === 'plain') back.searchParams.set('state', searchParams.get('state'))
  return { back: back.href, cookie: setCookie.map((line) => line.split(';')[0]).join('; ') }
}

const add = (url, more) => `${url}${url.includes('?') ? '&' : '?'}${more}`
const withCode =
  (code) =>
  ({ back, cookie }) => [add(back, `code=${code}`), { headers: { cookie } }]
/** Each kind of callback: its request, and the outcome that it has to have. The good ones are half of all. */
const KINDS = [
  ...Array(11).fill([withCode('good'), /^\/welcome#$/]),
  [withCode('refused'), /error=/],
  [withCode('broken'), /error=/],
  [withCode('moved'), /error=/],
  [withCode('good&code=good'), /error=/],
  [({ back }) => [add(back, 'code=good')], /error=/],
  [({ back, cookie }) => [add(back, 'error=access_denied'), { headers: { cookie } }], /error=/],
  [({ back, cookie }) => [back.replace(/\?.*/, ''), { headers: { cookie } }], /error=|^null$/],
  [
    ({ back }) => [add(back, 'code=good'), { headers: { cookie: '__Host-landfall-x=~~~; '.repeat(300) } }],
    /error=/,
  ],
  [({ back }) => [back.replace(/\?.*/, ''), { method: 'POST', body: back }], /^null$/],
  [({ back }) => [add(back, `code=good&x=${'%2F'.repeat(3000)}`)], /error=/],
]
/** What costs so much that it comes every thousandth time. */
const RARE = [withCode('large'), withCode('deep'), withCode('gone')].map((make) => [make, /error=/])

let begun = 0
const work = async (until) => {
  while (begun < until) {
    const i = begun++
    const [make, wanted] = i % 1000 < RARE.length ? RARE[i % 1000] : KINDS[i % KINDS.length]
    const response = await auth.callback(new Request(...make(start())))
    const location = String(response.headers.get('location'))
    if (!wanted.test(location)) throw new Error(`callback ${i}: ${response.status} ${location}`)
    await response.text()
  }
}

const samples = []
for (let part = 1; part <= PARTS; part++) {
  await Promise.all(Array.from({ length: AT_ONCE }, () => work((count * part) / PARTS)))
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setTimeout(resolve, 10))
    globalThis.gc()
  }
  const { heapUsed, external } = process.memoryUsage()
  const bytes = memories.map((memory) => memory.buffer.byteLength)
  samples.push({
    callbacks: begun,
    instances: bytes.length,
    wasm: Math.max(...bytes),
    heap: heapUsed,
    external,
  })
}
console.log(JSON.stringify(samples))
