// Sign-ins by the thousand through landfall/node, with a real OpenID provider, real sockets, and an app that is killed half-way:
// whatever a browser holds, the next process takes up.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { startOpenIdProvider } from '../../stand-ins/openid-provider.mjs'
import { Person } from './person.mjs'

const PEOPLE = 64
const SECRET = 'the secret of an app under load: 32 bytes and more'
const APP = new URL('app-server.mjs', import.meta.url)

/** @param {number} port 0: any free one */
const startApp = async (port) => {
  const child = fork(APP, [String(port)])
  const [bound] = await once(child, 'message')
  return { child, port: bound }
}

const killApp = async ({ child }) => {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  const [, signal] = await ended
  assert.equal(signal, 'SIGKILL')
}

/** `npm run test:load` makes more. */
const total = Number(process.env.SIGN_INS ?? 500)

test(`${total} sign-ins, ${PEOPLE} at a time, and the app is killed half-way`, async (t) => {
  let app = await startApp(0)
  t.after(() => app.child.kill('SIGKILL'))
  const { port } = app
  const origin = `http://127.0.0.1:${port}`
  const provider = await startOpenIdProvider({
    clients: [{ client_id: 'app', redirect_uris: [`${origin}/auth/callback/op`] }],
  })
  t.after(() => provider.close())
  const op = { issuer: provider.issuer, clientId: 'app', scopes: 'openid' }
  const options = { origin, secret: SECRET, providers: { op } }
  app.child.send(options)

  const counts = { reloads: 0, errors: [] }
  const tokens = new Set()
  const underway = new Set()
  const across = new Set()
  let begun = 0
  let finished = 0
  const restart = async () => {
    await killApp(app)
    for (const number of underway) across.add(number)
    app = await startApp(port)
    app.child.send(options)
  }
  let restarted

  const signInOnce = async (person, number) => {
    const next = `/pages/${number}?of=${person.name}`
    underway.add(number)
    const { at, session } = await person.signIn(next)
    underway.delete(number)
    assert.equal(at, `${next}#`)
    assert.deepEqual([session.sub, session.next], [person.name, next])
    tokens.add(session.access_token)
    finished += 1
    if (finished === Math.floor(total / 2)) restarted = restart()
  }
  const keepBusy = async (person) => {
    while (begun < total) await signInOnce(person, begun++)
  }

  const began = performance.now()
  const people = Array.from({ length: PEOPLE }, (_, i) => new Person(`person-${i}`, origin, counts))
  await Promise.all(people.map(keepBusy))
  await restarted
  const seconds = (performance.now() - began) / 1000

  assert.equal(finished, total)
  assert.equal(tokens.size, total, 'a session of its own for each')
  assert.ok(counts.reloads > 0 && across.size > 0, 'the app was killed with sign-ins under way')
  // A code that was redeemed by the process that died cannot be had again; whoever had to start anew for another reason is a
  // failure.
  const anew = counts.errors
  const { errors } = provider.stats
  assert.ok(
    errors.every((error) => error.startsWith('invalid_grant')),
    errors.join('\n'),
  )
  assert.deepEqual(
    anew,
    errors.map(() => 'token_invalid_grant'),
  )
  assert.ok(anew.length <= across.size)
  t.diagnostic(
    `${total} sign-ins in ${seconds.toFixed(1)} s (${(total / seconds).toFixed(0)}/s); ${across.size} under way when the app was killed, ` +
      `${counts.reloads} reloads, ${anew.length} started anew because the dead process had redeemed their code`,
  )
})
