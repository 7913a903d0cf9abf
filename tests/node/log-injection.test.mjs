// The core's line for a log, and an event as a log prints it: whatever providers, a project and a browser say, it is one short
// line of printable ASCII with the fields that it should have, and no secret in it.
// LANDFALL_LOG_RUNS and LANDFALL_LOG_SEED make a longer run and another one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { Core } from '../../dist/core.js'
import * as FAIL from '../../dist/generated/messages/fail.js'
import * as OPERATION from '../../dist/generated/messages/operation.js'
import * as RESPOND from '../../dist/generated/messages/respond.js'
import * as STARTED from '../../dist/generated/messages/started.js'
import * as STEP from '../../dist/generated/messages/step.js'
import { LandfallError } from '../../dist/index.js'
import { json, makeApp, makeRequest, ORIGIN } from './support/app.mjs'
import { makeHostileWorld } from './support/hostile-provider.mjs'
import { HOSTILE, makeHostileRandom } from './support/hostile-text.mjs'

const runs = Number(process.env.LANDFALL_LOG_RUNS ?? 3000)
const seed = Number(process.env.LANDFALL_LOG_SEED ?? 20260101)
const MAX_LINE = 700
const MAX_EVENT = 2000
const RUNS_OF_ONE_APP = 50

/** The whole line: its fields stand once, in their order, and only quotes hold blanks. */
const LINE =
  /^landfall: (sign_in|callback|confirm|error|sign_out|) [a-z_]+(?: blame=(?:app|browser|landfall|provider))?(?: provider=(?:[^" ]+|"[^"]*"))?(?: parameter=[\w.-]+)?(?: detail=(?:[^" ]+|"[^"]*"))?(?:: [^"]+)?$/

/** The line of every answer from here on. */
const lines = []
/** @type {any} the core of the app that was asked last */
let core
const { call } = Core.prototype
Core.prototype.call = function (operation, fields) {
  core = this
  const step = call.call(this, operation, fields)
  const kind =
    operation === OPERATION.serve || operation >= OPERATION.load_metadata ? STEP.respond : STEP.started
  if (step.length > RESPOND.log && Number(step[0]) === kind)
    lines.push(step[kind === STEP.started ? STARTED.log : RESPOND.log])
  return step
}

/** @param {string} line @param {string} about */
const checkLine = (line, about) => {
  if (line === '') return
  assert.match(line, /^[\x20-\x7e]+$/, about)
  assert.match(line, LINE, about)
  assert.ok(line.length <= MAX_LINE, `${about}: ${line.length} characters`)
}

/** An event as `console.warn(event)` writes it, without what the app's own hook threw. @param {any} event @param {string} about */
const checkEvent = ({ cause: _, ...event }, about) => {
  const printed = inspect(event, { breakLength: Number.POSITIVE_INFINITY })
  assert.match(printed, /^[\x20-\x7e]+$/, about)
  assert.ok(printed.length <= MAX_EVENT, `${about}: ${printed.length} characters`)
  for (const text of Object.values(event)) assert.match(String(text), /^[\x20-\x7e]*$/, about)
  return printed
}

test(`${runs} hostile sign-ins: one short line each, seed ${seed}`, async () => {
  const random = makeHostileRandom(seed)
  const codes = new Set()
  const details = new Set()
  let world = makeHostileWorld(random)
  for (let run = 0; run < runs; run++) {
    const about = `seed ${seed}, run ${run}`
    if (run % RUNS_OF_ONE_APP === 0) world = makeHostileWorld(random)
    lines.length = 0
    world.events.length = 0
    // `start` throws what it has to say to its caller.
    await world.run().catch((error) => {
      if (!(error instanceof LandfallError)) throw error
      assert.match(error.message, /^[\x20-\x7e]{1,300}$/, about)
    })
    const printed = world.events.map((event) => checkEvent(event, about))
    for (const line of lines) checkLine(line, about)
    for (const secret of world.secrets.filter((one) => one.length > 0))
      for (const text of [...lines, ...printed])
        assert.ok(!text.includes(secret), `${about}: ${secret} in ${text}`)
    for (const { code, detail } of world.events) {
      codes.add(code)
      if (detail) details.add(detail)
    }
  }
  // The generator reaches what it is for.
  assert.ok(codes.size > 30 || runs < 1000, [...codes].join(' '))
  assert.ok(details.size > 100 || runs < 1000, `${details.size} details`)
})

test('a provider that a caller names, a route and a method that nobody knows: one short line', async () => {
  await makeHostileWorld(makeHostileRandom(seed)).app.auth.error({
    method: 'GET',
    url: '/',
    headers: new Map(),
  })
  for (const [name, text] of Object.entries(HOSTILE))
    for (const field of [FAIL.code, FAIL.route, FAIL.method, FAIL.provider]) {
      const fields = ['provider_unknown', 'sign_in', 'GET', 'main']
      fields[field] = text
      const line = core.call(OPERATION.fail, fields)[RESPOND.log]
      assert.notEqual(line, '')
      checkLine(line, `${name}: ${line}`)
    }
})

test('a session of many large members: the warning about its cookie names a few of them, and stays short', async () => {
  for (const [name, text] of Object.entries(HOSTILE)) {
    const token = 'member-0123456789-abcdefghij-XYZ'
    const large = Array.from({ length: 200 }, (_, at) => [
      `${at < 2 ? `${token} ` : ''}${text.slice(0, 1000)}${at}`,
      'y'.repeat(300),
    ])
    const session = { access_token: 'a.b.c', token_type: 'bearer', expires_in: 3600, refresh_token: 'r' }
    const supabase = { url: 'https://abcd.supabase.co', key: 'k' }
    const app = makeApp({ providers: undefined, supabase }, () =>
      json({ ...session, ...Object.fromEntries(large) }),
    )
    const body = new URLSearchParams({ token_hash: 'pkce_1', type: 'email' })
    const request = makeRequest('/auth/confirm', { method: 'POST', headers: [['origin', ORIGIN]], body })
    await app.auth.confirm(request)
    const warning = app.events.find(({ code }) => code === 'session_cookie_large')
    assert.match(warning.detail, /^cookie=\d+ [^\n]+=302/, name)
    assert.ok(warning.detail.length < 700, name)
    assert.ok(!checkEvent(warning, name).includes(token), name)
  }
})
