// The server's process dies in the middle of a sign-in: nothing of it was in there, and the next process goes on.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { startAppProcess } from '../../stand-ins/app-process.mjs'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { GOOD, GOOD_TEXT } from '../../stand-ins/hostile-answers.mjs'
import { answerOf, HANG, startHostileTokenEndpoint } from '../../stand-ins/hostile-token-endpoint.mjs'
import { APPS } from './support/hostile-sign-in.mjs'

const answersWell = () => [answerOf({ body: GOOD_TEXT })]

let provider
before(async () => {
  provider = await startHostileTokenEndpoint(answersWell)
})
beforeEach(() => {
  provider.behaviour = answersWell
  provider.asked.length = 0
})
after(() => provider.close())

const PROVIDERS = { plain: 'main', supabase: 'bitbucket' }
const signInUrl = (app, kind) => `${app.origin}/auth/sign-in?provider=${PROVIDERS[kind]}&next=/dashboard`

/** The callback's address, up to which a person came. */
const goToCallback = async (jar, app, kind) => {
  const start = await jar.fetch(signInUrl(app, kind), { redirect: 'manual' })
  const back = await jar.fetch(start.headers.get('location'), { redirect: 'manual' })
  return back.headers.get('location')
}

const checkSignedIn = (jar, app) => {
  assert.equal(jar.url, `${app.origin}/dashboard#`)
  const sessions = app.said.flatMap(({ session }) => session ?? [])
  assert.deepEqual(
    sessions.map((session) => session.access_token),
    [GOOD.access_token],
  )
}

for (const kind of ['plain', 'supabase'])
  describe(`${kind}: SIGKILL`, { timeout: 60_000 }, () => {
    test('between start and callback: a new process finishes the sign-in', async () => {
      const options = APPS[kind](provider.origin)
      const jar = new BrowserJar()
      const first = await startAppProcess(options)
      const url = await goToCallback(jar, first, kind)
      await first.kill()
      const second = await startAppProcess(options, first.port)
      try {
        await jar.fetch(url)
        checkSignedIn(jar, second)
        assert.equal(provider.asked.length, 1)
      } finally {
        await second.kill()
      }
    })

    test('while the token is fetched: the same address, once more, signs in', async () => {
      const options = APPS[kind](provider.origin)
      const jar = new BrowserJar()
      const first = await startAppProcess(options)
      const url = await goToCallback(jar, first, kind)
      let isAsked
      const asked = new Promise((resolve) => {
        isAsked = resolve
      })
      provider.behaviour = () => {
        isAsked()
        return [HANG]
      }
      const broken = jar.fetch(url).then(
        () => assert.fail('the connection broke'),
        (error) => error,
      )
      await asked
      await first.kill()
      assert.equal((await broken).code, 'ECONNRESET')
      provider.behaviour = answersWell
      const second = await startAppProcess(options, first.port)
      try {
        await jar.fetch(url)
        checkSignedIn(jar, second)
        const bodies = provider.asked.map(({ body }) => body)
        assert.equal(bodies.length, 2)
        assert.equal(bodies[0], bodies[1], 'the same code with the same code_verifier')
      } finally {
        await second.kill()
      }
    })
  })

/** Through Supabase Auth the code_verifier's own cookie binds the code, and the sign-in goes on. */
test('plain: the next process has another secret: refused, and the person can start again', async () => {
  const options = { ...APPS.plain(provider.origin), secret: 'the secret before, of more than 32 bytes' }
  const jar = new BrowserJar()
  const first = await startAppProcess(options)
  const url = await goToCallback(jar, first, 'plain')
  await first.kill()
  const another = { ...options, secret: 'the secret afterwards, of more than 32 bytes' }
  const second = await startAppProcess(another, first.port)
  try {
    await jar.fetch(url)
    assert.deepEqual(second.said, [{ type: 'callback', code: 'transaction_invalid' }])
    assert.equal(provider.asked.length, 0)
    await jar.fetch(signInUrl(second, 'plain'))
    checkSignedIn(jar, second)
  } finally {
    await second.kill()
  }
})
