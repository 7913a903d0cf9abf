// An app of one's own on each major of Next.js: built in strict TypeScript without an environment, signed in to, and what Next makes
// of cookies on the way.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { checkNext } from '../../dist/index.js'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { CookieStore } from '../../stand-ins/cookie-store.mjs'
import { PATHS, startOAuthProvider } from '../../stand-ins/oauth-provider.mjs'
import { makeNextApp, NEXT_VERSIONS } from './support/next-app.mjs'

const [AUTHORIZE, TOKEN] = Object.keys(PATHS)
const SECRET = 'a secret of the tests, and long enough'
/** Whose spelling a cookie has to carry unchanged: decoded or encoded once more, each would be another. */
const TARGETS = ['/a b', '/a%20b', '/caf\u00e9', '/q?x=%25', '/q?x=%2520&y=a+b', '/q?x="<é>"#a%20b']
const STARTS = 12

const COOKIE_OCTETS = Array.from({ length: 0x7f - 0x21 }, (_, at) => String.fromCharCode(0x21 + at)).filter(
  (character) => !'";,\\'.includes(character),
)
const EPOCH = 'Expires=Thu, 01 Jan 1970 00:00:00 GMT'

const isOurs = (name) => /landfall/.test(name)

for (const version of Object.keys(NEXT_VERSIONS)) {
  describe(`Next ${version}`, () => {
    let provider
    let app
    let running
    before(async () => {
      provider = await startOAuthProvider()
      app = await makeNextApp(version)
    })
    after(async () => {
      await running?.stop()
      await provider?.close()
    })
    const environment = (origin) => ({
      APP_ORIGIN: origin,
      AUTH_SECRET: SECRET,
      WORK_CLIENT_ID: 'demo-client',
      WORK_CLIENT_SECRET: 'demo-secret',
      WORK_AUTHORIZATION_ENDPOINT: provider.origin + AUTHORIZE,
      WORK_TOKEN_ENDPOINT: provider.origin + TOKEN,
    })
    const at = (path) => running.origin + path
    const redirectUri = () => {
      const { url } = provider.requests.findLast(({ endpoint }) => endpoint === 'authorize')
      return new URL(url, provider.origin).searchParams.get('redirect_uri')
    }
    const callbackOf = ({ hops }) => hops.find(({ url }) => new URL(url).pathname.includes('/callback'))

    test('`next build` takes the routes as they are, with no variable set', () => app.build())

    test('so does `tsc` with the types that Next writes', async () => {
      assert.equal(await app.checkTypes(), '')
    })

    test('started without its variables, it says which', async (t) => {
      const { origin, stop } = await app.start()
      t.after(stop)
      const missing = await (await fetch(`${origin}/not-set`)).json()
      assert.deepEqual(missing.map(({ variable }) => variable).sort(), Object.keys(environment('')).sort())
      const jar = new BrowserJar()
      const page = await (await jar.fetch(`${origin}/auth/sign-in?provider=work`)).text()
      const first = missing.find(({ option }) => page.includes(option))
      assert.ok(first && page.includes(first.variable), page)
      assert.equal(provider.requests.length, 0)
      assert.equal((await fetch(origin)).status, 200)
    })

    test('started with them, nothing is missing', async () => {
      running = await app.start(environment)
      assert.deepEqual(await (await fetch(at('/not-set'))).json(), [])
    })

    for (const routes of ['/auth', '/all'])
      test(`a sign-in by the routes in app${routes}/`, async () => {
        const jar = new BrowserJar()
        const answer = await jar.fetch(at(`${routes}/sign-in?provider=work&next=/welcome`))
        assert.equal(jar.url, at('/welcome#'))
        assert.equal(redirectUri(), at(`${routes}/callback/work`))
        assert.equal(callbackOf(answer).status, 303)
        assert.deepEqual(provider.requests.at(-1).form.get('redirect_uri'), redirectUri())
        const out = await jar.fetch(at(`${routes}/sign-out`), {
          method: 'POST',
          from: at('/'),
          redirect: 'manual',
        })
        assert.deepEqual([out.status, out.headers.get('location')], [303, '/#'])
      })

    test('the callback of a provider is not that of another, nor of none', async () => {
      const own = '/auth/callback/work'
      for (const path of ['/auth/callback', '/auth/callback/other', `${own}/more`]) {
        const jar = new BrowserJar()
        const { headers } = await jar.fetch(at('/auth/sign-in?provider=work'), { redirect: 'manual' })
        const back = await jar.fetch(headers.get('location'), { redirect: 'manual' })
        const { search } = new URL(back.headers.get('location'))
        const answer = await jar.fetch(at(path + search), { redirect: 'manual' })
        assert.match(answer.headers.get('location'), /^\/auth\/auth-code-error\?error=\w+#$/, path)
      }
      assert.notEqual(provider.requests.at(-1).endpoint, 'token')
    })

    for (const next of TARGETS)
      test(`a sign-in by a server action, to ${JSON.stringify(next)}`, async () => {
        const wanted = checkNext(next)
        assert.ok(wanted)
        const jar = new BrowserJar()
        const page = await (await jar.fetch(at('/'))).text()
        await jar.submit(page, { fields: { next } })
        assert.equal(jar.url, new URL(at(wanted.includes('#') ? wanted : `${wanted}#`)).href)
        assert.deepEqual(
          jar.cookies.names().filter((name) => isOurs(name) && !name.endsWith('-done')),
          [],
        )
      })

    test(`${STARTS} sign-ins that nobody finishes leave as many cookies by an action as by the route`, async () => {
      const [byRoute, byAction] = [new BrowserJar(), new BrowserJar()]
      for (let count = 0; count < STARTS; ++count) {
        await byRoute.fetch(at('/auth/sign-in?provider=work'), { redirect: 'manual' })
        const page = await (await byAction.fetch(at('/'))).text()
        await byAction.submit(page, { fields: { next: '/' }, redirect: 'manual' })
      }
      const [route, action] = [byRoute, byAction].map(({ cookies }) => cookies.names().filter(isOurs))
      assert.ok(route.length > 1 && route.length < STARTS, `${route.length}`)
      assert.equal(action.length, route.length)
    })

    /** The Set-Cookie lines that Next sends for those that it is given. @param {string[]} lines */
    const setByNext = async (lines) => {
      const answer = await fetch(at('/cookies'), { method: 'POST', body: JSON.stringify(lines) })
      assert.equal(answer.status, 204)
      return answer.headers.getSetCookie()
    }
    const cookieValue = (line = '') => line.split(';')[0].replace(/^[^=]*=/, '')

    test('of a value, only what encodeURIComponent leaves alone arrives as it was', async () => {
      const kept = []
      for (const character of COOKIE_OCTETS) {
        const [line] = await setByNext([`x=a${character}b; Path=/`])
        if (cookieValue(line) === `a${character}b`) kept.push(character)
      }
      assert.deepEqual(
        kept,
        COOKIE_OCTETS.filter((character) => encodeURIComponent(character) === character),
      )
      const [decoded, twice] = await setByNext(['x=%41; Path=/', 'y=%2541; Path=/'])
      assert.deepEqual([decoded, twice].map(cookieValue), ['A', 'A'])
    })

    test('a request’s header has the cookie as it came; request.cookies decodes it', async () => {
      const cookie = "x=A-z_0.9~!*'(); y=a%20b"
      const seen = await (await fetch(at('/cookies'), { headers: { cookie } })).json()
      assert.equal(seen.header, cookie)
      assert.deepEqual(
        seen.cookies.map(({ value }) => value),
        ["A-z_0.9~!*'()", 'a b'],
      )
    })

    test('Max-Age=0 alone ends nothing; Expires beside it does', async () => {
      const isLeft = async (attributes) => {
        const store = new CookieStore()
        store.store('x=1; Path=/', running.origin)
        for (const line of await setByNext([`x=; Path=/; ${attributes}`])) store.store(line, running.origin)
        return store.names().includes('x')
      }
      assert.equal(await isLeft('Max-Age=0'), true)
      assert.equal(await isLeft(`Max-Age=0; ${EPOCH}`), false)
    })

    test('a lifetime arrives, but in Next 14', async () => {
      const [line] = await setByNext(['x=1; Path=/; Max-Age=600'])
      assert.equal(/; Max-Age=600(;|$)/.test(line), !version.startsWith('14.'))
    })
  })
}
