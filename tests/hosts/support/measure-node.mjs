// Measures the package in Node, as hosts of other languages are measured: milliseconds of the start, microseconds of the rest.
import { checkNext, createAuth } from '../../../dist/index.js'

const SITE = 'https://app.example'
const WARM = 3000
const RUNS = 20_000
const TOKENS = '{"access_token":"access","token_type":"bearer","expires_in":3600}'

const begin = performance.now()
const auth = createAuth({
  origin: SITE,
  secret: 'a secret of a host under test: 32 bytes and more',
  session: true,
  providers: {
    work: {
      clientId: 'id',
      clientSecret: 'secret',
      authorizationEndpoint: 'https://work.example/authorize',
      tokenEndpoint: 'https://work.example/token',
    },
  },
  fetch: async () => new Response(TOKENS, { headers: { 'content-type': 'application/json' } }),
  onSession: () => {},
})
const found = { start_up: performance.now() - begin }

const toCookie = (response) =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
const signIn = new Request(`${SITE}/auth/sign-in?provider=work&next=/welcome`)
const start = await auth.handle(signIn)
const state = new URL(start.headers.get('location')).searchParams.get('state')
const callback = new Request(`${SITE}/auth/callback/work?code=code&state=${state}`, {
  headers: { cookie: toCookie(start) },
})
const back = await auth.handle(callback)
if (back.headers.get('location') !== '/welcome#') throw new Error(back.headers.get('location'))
const page = new Request(`${SITE}/me`, { headers: { cookie: toCookie(back) } })

const measured = {
  check_next: () => checkNext('/account/security?tab=keys', SITE),
  sign_in: () => auth.handle(signIn),
  callback: () => auth.handle(callback),
  other_page: () => auth.handle(page),
  session: () => auth.getSession(page),
}
for (const [name, run] of Object.entries(measured)) {
  for (let i = 0; i < WARM; i++) await run()
  const from = performance.now()
  for (let i = 0; i < RUNS; i++) await run()
  found[name] = ((performance.now() - from) * 1000) / RUNS
}
console.log(JSON.stringify(found))
