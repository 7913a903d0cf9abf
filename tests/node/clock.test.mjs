// A server's clock that jumps in the middle of a sign-in: each jump has an outcome, and the person can start again.
import assert from 'node:assert/strict'
import { afterEach, describe, test } from 'node:test'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { CookieStore } from '../../stand-ins/cookie-store.mjs'
import { GOOD, GOOD_TEXT } from '../../stand-ins/hostile-answers.mjs'
import { json, makeApp, ORIGIN } from './support/app.mjs'
import { resetClock, setClock } from './support/clock.mjs'
import { APPS } from './support/hostile-sign-in.mjs'

const NOW = 1_750_000_000
const [MINUTE, HOUR, YEAR] = [60, 3600, 365 * 86_400]
const AUTHORIZATION_SERVER = 'http://127.0.0.1:9'
const PROVIDERS = { plain: 'main', supabase: 'bitbucket' }

/** Cookies of a browser whose clock stands still. */
class SteadyCookies extends CookieStore {
  store(line, from) {
    return super.store(line, from, NOW * 1000)
  }

  headerFor(address) {
    return super.headerFor(address, NOW * 1000)
  }
}

/** An app, and a browser whose clock does not jump along. */
const makeVisit = (kind, answer) => {
  const app = makeApp({ providers: undefined, ...APPS[kind](AUTHORIZATION_SERVER) }, answer)
  const jar = new BrowserJar({ sites: { [ORIGIN]: app.auth.handle, [AUTHORIZATION_SERVER]: authorize } })
  jar.cookies = new SteadyCookies()
  const start = async () => {
    const query = `provider=${PROVIDERS[kind]}&next=/dashboard`
    const { headers } = await jar.fetch(`${ORIGIN}/auth/sign-in?${query}`, { redirect: 'manual' })
    const back = await jar.fetch(headers.get('location'), { redirect: 'manual' })
    return back.headers.get('location')
  }
  const finish = async (url) => {
    app.events.length = 0
    await jar.fetch(url)
    return app.events.find(({ type }) => type === 'callback').code ?? ''
  }
  return { app, jar, start, finish }
}

const authorize = ({ url }) => {
  const { searchParams } = new URL(url)
  const location = new URL(searchParams.get('redirect_uri') ?? searchParams.get('redirect_to'))
  location.searchParams.set('code', 'abc123')
  if (searchParams.has('state')) location.searchParams.set('state', searchParams.get('state'))
  return new Response(null, { status: 302, headers: { location: location.href } })
}

const answersWell = () => json(GOOD_TEXT)

/**
 * Seconds between start and callback, and what a plain provider's callback and Supabase's then say: there a transaction from the
 * future counts as none, and the code_verifier's own cookie binds the code.
 */
const JUMPS = [
  [-HOUR, 'transaction_invalid', ''],
  [-31, 'transaction_invalid', ''],
  [-30, '', ''],
  [9 * MINUTE, '', ''],
  [599, '', ''],
  [600, 'transaction_expired', 'transaction_expired'],
  [11 * MINUTE, 'transaction_expired', 'transaction_expired'],
  [YEAR, 'transaction_expired', 'transaction_expired'],
  [300 * YEAR, 'transaction_expired', 'transaction_expired'],
]

for (const [at, kind] of ['plain', 'supabase'].entries())
  describe(`${kind}: a clock that jumps`, () => {
    afterEach(resetClock)

    for (const [seconds, ...codes] of JUMPS)
      test(`by ${seconds} s between start and callback: ${codes[at] || 'signed in'}`, async () => {
        setClock(NOW)
        const { app, jar, start, finish } = makeVisit(kind, answersWell)
        const url = await start()
        setClock(NOW + seconds)
        assert.equal(await finish(url), codes[at])
        assert.equal(app.sent.length, codes[at] ? 0 : 1)
        assert.equal(app.sessions.length, codes[at] ? 0 : 1)
        assert.equal(await finish(await start()), '', 'the person can start again')
        assert.equal(jar.url, `${ORIGIN}/dashboard#`)
        assert.equal(app.sessions.at(-1).expires_at, NOW + seconds + GOOD.expires_in)
      })

    for (const seconds of [-HOUR, 9 * MINUTE, 11 * MINUTE, YEAR])
      test(`by ${seconds} s while the token is fetched: it counts from the answer`, async () => {
        setClock(NOW)
        const { app, start, finish } = makeVisit(kind, () => {
          setClock(NOW + seconds)
          return answersWell()
        })
        assert.equal(await finish(await start()), '')
        assert.equal(app.sessions[0].expires_at, NOW + seconds + GOOD.expires_in)
      })

    test('back to 1970', async () => {
      setClock(0)
      const { app, start, finish } = makeVisit(kind, answersWell)
      assert.equal(await finish(await start()), '')
      assert.equal(app.sessions[0].expires_at, GOOD.expires_in)
    })
  })
