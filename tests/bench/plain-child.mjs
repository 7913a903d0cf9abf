// One process: prints the microseconds of a check of `next` and of a start. `plain-child.mjs <entry of dist/>`
import { makeApp, next, secret } from './app.mjs'
import { measure } from './harness.mjs'

const { createAuth, checkNext } = await import(
  new URL(`../../dist/${process.argv[2]}.js`, import.meta.url).href
)
const { origin, server } = makeApp()
const provider = {
  clientId: 'c',
  clientSecret: secret,
  authorizationEndpoint: server.authorization_endpoint,
  tokenEndpoint: server.token_endpoint,
}
const auth = createAuth({ origin, secret, providers: { example: provider } })
const asked = { provider: 'example', next }
if (checkNext(next, origin) !== next) throw new Error('checkNext refuses a path')
if (auth.start(asked).setCookie.length === 0) throw new Error('a start sets no cookie')

const results = await measure([
  { name: 'check', run: () => checkNext(next, origin) },
  { name: 'start', run: () => auth.start(asked) },
])
console.log(JSON.stringify(Object.fromEntries(results.map(({ name, micros }) => [name, micros]))))
