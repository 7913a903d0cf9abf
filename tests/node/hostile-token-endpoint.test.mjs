// A token endpoint as badly behaved as a server can be, over real sockets: each behaviour has its code, nobody is signed in by
// mistake, nothing leaks, and the person can start again.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ANSWERS, GOOD } from '../../stand-ins/hostile-answers.mjs'
import { answerOf, startHostileTokenEndpoint } from '../../stand-ins/hostile-token-endpoint.mjs'
import { HUNGRY, SLOW, TRANSFERS } from '../../stand-ins/hostile-transfers.mjs'
import { CODES, MEMBERS, SESSIONS, secondsOf } from './support/hostile-outcomes.mjs'
import { CLIENT, KEY, makePerson } from './support/hostile-sign-in.mjs'
import { readLimit } from './support/limits.mjs'
import { checkAnswer } from './support/outcome.mjs'

const DEADLINE = readLimit('kFetchDeadlineMilliseconds')
const SECOND = { ...GOOD, access_token: 'access-of-the-good-one', refresh_token: 'refresh-of-the-good-one' }
const KINDS = ['plain', 'supabase']

/** Somebody else, who must never hear anything. */
let stranger
before(async () => {
  stranger = await startHostileTokenEndpoint(() => [answerOf({ body: JSON.stringify(GOOD) })])
})
after(async () => {
  assert.deepEqual(stranger.asked, [], 'nobody else hears of it')
  await stranger.close()
})

/** What only app and provider may know: of the requests, and of the answer. */
const secretsOf = (asked) => {
  const secrets = [CLIENT.clientSecret, KEY, GOOD.access_token, GOOD.refresh_token]
  for (const { head, body } of asked) {
    const form = body.startsWith('{') ? new Map(Object.entries(JSON.parse(body))) : new URLSearchParams(body)
    secrets.push(form.get('code') ?? form.get('auth_code'), form.get('code_verifier'))
    secrets.push(/^authorization: \w+ (.*)$/im.exec(head)?.[1])
  }
  assert.ok(secrets.every((secret) => secret?.length > 10))
  return secrets
}

/** A session says exactly what was answered, and what `expires_at` follows from it. */
const checkSession = (kind, session, answer) => {
  const { expires_at, profile, ...rest } = session
  // The answer says nothing of the person; the cookies of Supabase have no profile.
  assert.equal(profile?.email ?? null, null)
  const now = Date.now() / 1000
  assert.ok(Math.abs(expires_at - secondsOf(answer.expires_in) - now) < 30, `expires_at ${expires_at}`)
  assert.deepEqual(rest, SESSIONS[kind](answer))
  assert.equal(Object.prototype.polluted, undefined)
  assert.equal({}.access_token, undefined)
}

const isSessionCookie = (line) => /^sb-[^=]*-auth-token(\.\d+)?=[^;]/.test(line)

const checkFailure = (outcome, person, secrets) => {
  checkAnswer(outcome, { cookies: /^sb-[^=]*=; / })
  assert.equal(outcome.location.split(/[?#&]/)[1], `error=${outcome.code}`)
  assert.deepEqual(person.sessions, [])
  assert.ok(!outcome.setCookie.some(isSessionCookie))
  // Only a connection that failed has a cause: what fetch threw.
  const isConnection = ['token_network', 'token_timeout'].includes(outcome.code)
  assert.equal(outcome.event.cause instanceof Error, isConnection)
  const told = [outcome.event, [...outcome.response.headers], outcome.page]
  for (const secret of secrets) assert.ok(!JSON.stringify(told).includes(secret), `told: ${secret}`)
}

/** One sign-in with a behaviour, and one without, in the same browser. */
const check = async (kind, name, behaviour, isSlow = false) => {
  const code = CODES[kind][name]
  const server = await startHostileTokenEndpoint(behaviour, `${stranger.origin}/`)
  try {
    const person = makePerson(kind, server.origin)
    const outcome = await person.signIn()
    assert.equal(outcome.code, code)
    const isRetried = kind === 'supabase' && (code === 'token_network' || name === 'HTML with 502')
    assert.equal(server.asked.length, isRetried ? 3 : 1, 'token requests')
    const { milliseconds } = outcome
    if (isSlow)
      assert.ok(milliseconds > 0.95 * DEADLINE && milliseconds < 1.3 * DEADLINE, `${milliseconds} ms`)
    else assert.ok(milliseconds < DEADLINE, `${milliseconds} ms`)
    const secrets = secretsOf(server.asked)
    if (code) checkFailure(outcome, person, secrets)
    else {
      checkSession(kind, person.sessions[0], { ...GOOD, ...MEMBERS[name] })
      for (const secret of secrets) assert.ok(!JSON.stringify(outcome.event).includes(secret))
    }
    await server.settled()

    server.behaviour = () => [answerOf({ body: JSON.stringify(SECOND) })]
    person.sessions.length = 0
    const again = await person.signIn()
    assert.deepEqual([again.code, again.location], ['', '/dashboard#'])
    assert.equal(person.sessions.length, 1)
    checkSession(kind, person.sessions[0], SECOND)
    const left = person.jar.cookies.names().filter((cookie) => /landfall-(?!done$)/.test(cookie))
    // Supabase's code may still be good after no answer at all, so that sign-in may still be finished.
    assert.ok(left.length <= (kind === 'supabase' ? 1 : 0), `${left} is left`)
  } finally {
    await server.close()
  }
}

const FAST = { ...ANSWERS, ...TRANSFERS, ...HUNGRY }

test('every behaviour has a code, and every code a behaviour', () => {
  assert.deepEqual(Object.keys(CODES.plain).sort(), Object.keys({ ...FAST, ...SLOW }).sort())
})

for (const kind of KINDS)
  test(`${kind}: nobody listens at the address: token_network`, async () => {
    const closed = await startHostileTokenEndpoint(() => [])
    const person = makePerson(kind, closed.origin)
    // The sign-in page still answers: only the way back finds nobody.
    person.beforeCallback = closed.close
    const outcome = await person.signIn()
    assert.equal(outcome.code, 'token_network')
    checkFailure(outcome, person, [CLIENT.clientSecret, KEY])
  })

for (const kind of KINDS) {
  describe(`${kind}: the answer`, { concurrency: 4, timeout: 60_000 }, () => {
    for (const [name, behaviour] of Object.entries(FAST))
      test(`${name}: ${CODES[kind][name] || 'signed in'}`, { timeout: 20_000 }, () =>
        check(kind, name, behaviour),
      )
  })
}

/** All at once: each takes as long as a request may. */
describe('the pace', { concurrency: true }, () => {
  for (const kind of KINDS)
    for (const [name, behaviour] of Object.entries(SLOW))
      test(`${kind}: ${name}: ${CODES[kind][name]}`, { timeout: 60_000 }, () =>
        check(kind, name, behaviour, true),
      )
})
