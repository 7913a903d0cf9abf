// The vectors that messages can show, for the installed library: what goes in as fields and comes out as fields.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import * as OPERATION from '../../../dist/generated/messages/operation.js'
import * as READY from '../../../dist/generated/messages/ready.js'
import * as REFUSED from '../../../dist/generated/messages/refused.js'
import * as REQUEST from '../../../dist/generated/messages/request.js'
import * as REQUEST_HEADER from '../../../dist/generated/messages/request-header.js'
import * as RESPOND from '../../../dist/generated/messages/respond.js'
import * as STARTED from '../../../dist/generated/messages/started.js'
import * as STEP from '../../../dist/generated/messages/step.js'

const ORIGINS = ['https://app.example', 'http://localhost:3000', 'https://app.example:8443', '']
const NOW = '1750000000'
const PART_BYTES = 32
const ENTROPY_BYTES = 3 * PART_BYTES
const WORK = {
  clientId: 'client-1',
  clientSecret: 'a client secret of 32 bytes, long',
  authorizationEndpoint: 'https://as.example/authorize',
  tokenEndpoint: 'https://as.example/token',
}

/** @param {string} name of a file of tests/vectors */
const load = (name) => {
  const url = new URL(`../../vectors/${name}.json`, import.meta.url)
  const { count, cases } = JSON.parse(readFileSync(url, 'utf8'))
  assert.ok(count > 0 && cases.length === count, `${name}.json has ${cases.length} cases and says ${count}`)
  return cases
}

/** Bytes as vectors write them. @returns {Buffer} */
const toBytes = (value) => {
  if (typeof value === 'string') return Buffer.from(value)
  if (value.parts) return Buffer.concat(value.parts.map(toBytes))
  const once = value.hex === undefined ? Buffer.from(value.text) : Buffer.from(value.hex, 'hex')
  return Buffer.concat(Array(value.repeat ?? 1).fill(once))
}

/** Random bytes in which one part is given. @param {Buffer} part @param {number} at */
const makeEntropy = (part = Buffer.alloc(0), at = 0) => {
  const bytes = Buffer.from([...Array(ENTROPY_BYTES).keys()])
  bytes.set(part, at)
  return bytes
}

const texts = (fields) => fields.map((field) => field.toString('latin1'))

/** @param {any} host @param {object} options @returns {number} */
const configure = (host, options) => {
  const configuration = host.makeConfiguration()
  const ready = texts(host.call(configuration, OPERATION.configure, [JSON.stringify(options)]))
  assert.equal(Number(ready[0]), STEP.ready, ready.join(' '))
  return configuration
}

/** @param {any} host */
const makeWork = (host) => configure(host, { origin: 'https://app.example', providers: { work: WORK } })

const runNext = (host) => {
  const configuration = host.makeConfiguration()
  let count = 0
  for (const { id, next, want, origin } of load('next'))
    for (const one of origin === undefined ? ORIGINS : [origin]) {
      const input = toBytes(next)
      const answer = host.call(configuration, OPERATION.check_next, [input, one])
      const got = [null, answer[0], input][answer.length]
      assert.deepEqual(got, want === null ? null : toBytes(want), `${id} under ${one}`)
      count += 1
    }
  return count
}

const runConfig = (host) => {
  const cases = load('config')
  for (const { id, config, ready, refused } of cases) {
    const configuration = host.makeConfiguration()
    const fields = texts(host.call(configuration, OPERATION.configure, [toBytes(config)]))
    const from = (field) => fields.slice(field)
    assert.equal(Number(fields[0]), refused ? STEP.refused : STEP.ready, id)
    if (refused) {
      assert.deepEqual(from(REFUSED.parameter), refused, id)
      continue
    }
    // The first one, of the sign-in, is the core's alone.
    const [, ...paths] = ready.paths
    assert.deepEqual(from(READY.callback_path).slice(0, paths.length), paths, id)
    const options = from(READY.missing)[0].split('\n').slice(0, -1)
    assert.deepEqual(
      options.map((line) => line.split(' ')[0]),
      ready.missing,
      id,
    )
    assert.deepEqual(from(READY.provider_0), ready.providers.flat(), id)
  }
  return cases.length
}

/** The redirect_uri of a sign-in begins with the app's public origin. No provider comes back to another scheme than http(s). */
const runPublicOrigin = (host) => {
  const cases = load('public_origin')
  for (const { id, origin, trustedHosts, url, headers, want, error, parameter } of cases) {
    const from = origin ?? (trustedHosts && { trustedHosts })
    const configuration = configure(host, { ...(from && { origin: from }), providers: { work: WORK } })
    const request = new Array(REQUEST.NAMES.length - 1 + REQUEST_HEADER.NAMES.length).fill('')
    request[REQUEST.now] = NOW
    request[REQUEST.entropy] = makeEntropy()
    request[REQUEST.route] = 'sign_in'
    request[REQUEST.method] = 'GET'
    request[REQUEST.url] = toBytes(url)
    REQUEST_HEADER.NAMES.forEach((name, index) => {
      request[REQUEST.header_0 + index] = toBytes(headers[name.replaceAll('_', '-')] ?? '')
    })
    const step = texts(host.call(configuration, OPERATION.serve, request))
    const isWeb = /^https?:/.test(want ?? '')
    const [code, about] = error ? [error, parameter] : isWeb ? ['', ''] : ['origin_required', 'origin']
    assert.deepEqual([step[RESPOND.code], step[RESPOND.parameter]], [code, about], id)
    if (!isWeb) continue
    const location = step[step.indexOf('location', RESPOND.header_0) + 1]
    const { searchParams } = new URL(location)
    assert.equal(searchParams.get('redirect_uri'), `${want}/auth/callback/work`, id)
  }
  return cases.length
}

/** @param {any} host @param {any[]} cases @param {number} at where their bytes go @param {(one: any, fields: string[]) => void} check */
const runStarts = (host, cases, at, check) => {
  const configuration = makeWork(host)
  for (const one of cases) {
    const fields = [String(one.now ?? NOW), makeEntropy(toBytes(one.entropy), at), 'work', '/']
    const started = host.call(configuration, OPERATION.start, [...fields, '', '', '', '', '', one.host ?? ''])
    const answer = texts(started)
    assert.equal(Number(answer[0]), STEP.started, `${one.id}: ${answer[RESPOND.code]}`)
    check(one, answer)
  }
  return cases.length
}

const runPkce = (host) => {
  const cases = load('pkce').filter(({ entropy }) => entropy)
  return runStarts(host, cases, PART_BYTES, ({ id, code_verifier, code_challenge }, answer) => {
    const { searchParams } = new URL(answer[STARTED.url])
    assert.equal(searchParams.get('code_challenge'), code_challenge, id)
    assert.equal(answer[STARTED.set_cookie_0].split('.')[3], code_verifier, id)
  })
}

const runState = (host) => {
  // One byte again and again is no random source, which entropy.json says.
  const cases = load('state').filter(({ entropy }) => entropy && new Set(toBytes(entropy)).size > 1)
  return runStarts(host, cases, 0, ({ id, state }, answer) => assert.equal(answer[STARTED.state], state, id))
}

const runEntropy = (host) => {
  const configuration = makeWork(host)
  const cases = load('entropy')
  for (const { id, bytes, is_entropy } of cases) {
    const answer = texts(host.call(configuration, OPERATION.start, [NOW, toBytes(bytes), 'work', '/']))
    assert.equal(Number(answer[0]), is_entropy ? STEP.started : STEP.respond, id)
    if (!is_entropy) assert.equal(answer[RESPOND.code], 'entropy_unavailable', id)
  }
  return cases.length
}

/** By the file of vectors: runs it and returns how many cases there were. @type {Record<string, (host: any) => number>} */
export const RUNS = {
  next: runNext,
  config: runConfig,
  public_origin: runPublicOrigin,
  pkce: runPkce,
  state: runState,
  entropy: runEntropy,
}
