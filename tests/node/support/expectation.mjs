// The fields of `expect` in callback_cases.json as checks of an outcome. A field that no check knows fails, and so does a field whose
// outcome does not have what the check looks at.
import assert from 'node:assert/strict'
import { checkClass } from './outcome.mjs'
import { expand } from './placeholders.mjs'

/** A text of the file with its placeholders written out. @param {string} text @param {any} outcome */
const fill = (text, { tx }) => expand(text, tx ?? {})[0]

/**
 * Each wanted member equals what is there; null means that it is not there.
 * @param {Record<string, any>} wanted @param {(name: string) => any} read @param {any} outcome
 */
const equalMembers = (wanted, read, outcome) => {
  for (const [name, value] of Object.entries(wanted))
    assert.deepEqual(read(name) ?? null, typeof value === 'string' ? fill(value, outcome) : value, name)
}

/** The one request to the token endpoint. */
const tokenRequestOf = ({ tokenRequests }) => {
  assert.equal(tokenRequests.length, 1, 'there is one token request')
  return tokenRequests[0]
}

/** Parts of `tokenRequest`. @type {Record<string, (sent: any, wanted: any, outcome: any) => void>} */
const REQUEST_FIELDS = {
  url: (sent, url) => assert.equal(sent.url, url),
  method: (sent, method) => assert.equal(sent.method, method),
  headers: (sent, headers, outcome) => equalMembers(headers, (name) => sent.headers.get(name), outcome),
  /** Members of the form, decoded once. */
  form: (sent, form, outcome) => equalMembers(form, (name) => sent.form.get(name), outcome),
  /** The names of all members of the form, sorted. */
  formNames: (sent, names) => assert.deepEqual([...sent.form.keys()].sort(), names),
  /** A `name=value` of the body as it is encoded. */
  encoded: (sent, pair) => assert.ok(sent.body.split('&').includes(pair), `${pair} in ${sent.body}`),
  json: (sent, json, outcome) => {
    const body = JSON.parse(sent.body)
    assert.deepEqual(Object.keys(body).sort(), Object.keys(json).sort())
    equalMembers(json, (name) => body[name], outcome)
  },
  /** What `fetch` is told beside method, headers and body. */
  fetch: (sent, init, outcome) => equalMembers(init, (name) => sent.init[name], outcome),
}

/** Every text that leaves the app: for the browser, and for the app's own log. */
const toldBy = ({ location, body, setCookie, event = {} }) =>
  [location, body, ...setCookie, ...Object.values(event)].map(String).join('\n')

const LENGTHS = {
  providerError: ({ event }) => event.detail ?? '',
  description: ({ event }) => event.description ?? '',
  location: ({ location }) => location,
}

const attributesOf = (line) => line.split('; ').slice(1)

/** @typedef {{ from: string, check: (outcome: any, wanted: any) => void }} Field `from` names what the outcome has to have */

/** @type {Record<string, Field>} */
export const FIELDS = {
  /** How many requests the token endpoint got, in the whole case. */
  tokenRequests: {
    from: 'tokenRequests',
    check: ({ tokenRequests }, count) => assert.equal(tokenRequests.length, count),
  },
  /** The one token request, part by part. */
  tokenRequest: {
    from: 'tokenRequests',
    check: (outcome, parts) => {
      const sent = tokenRequestOf(outcome)
      for (const [name, wanted] of Object.entries(parts)) {
        assert.ok(Object.hasOwn(REQUEST_FIELDS, name), `tokenRequest has an unknown part: ${name}`)
        REQUEST_FIELDS[name](sent, wanted, outcome)
      }
    },
  },
  /** The address of every request to the provider, in order. */
  requests: {
    from: 'app',
    check: ({ app }, urls) =>
      assert.deepEqual(
        app.sent.map(({ url }) => url),
        urls,
      ),
  },
  /** `made` by a start, or `none`; `cleared` or `kept` by a callback. */
  transaction: {
    from: 'transaction',
    check: ({ transaction }, wanted) => assert.equal(transaction, wanted),
  },
  /** The cookie that a start made: how its name begins, and all its attributes. */
  transactionCookie: {
    from: 'tx',
    check: ({ tx }, { name, attributes }) => {
      const random = tx.name.slice(name.length)
      assert.ok(tx.name.startsWith(name) && /^[\w-]{10}$/.test(random), tx.name)
      assert.deepEqual(attributesOf(tx.line), attributes)
    },
  },
  /** Whether somebody is signed in by this answer; for a sign-out, whether somebody still is. */
  session: { from: 'session', check: ({ session }, wanted) => assert.equal(Boolean(session), wanted) },
  /** How many sessions the app got, in the whole case. */
  sessions: { from: 'app', check: ({ app }, count) => assert.equal(app.sessions.length, count) },
  /** Members of the session; null where there is none. */
  sessionHas: {
    from: 'session',
    check: (outcome, members) => equalMembers(members, (name) => outcome.session[name], outcome),
  },
  status: { from: 'response', check: ({ response }, status) => assert.equal(response.status, status) },
  /** The whole Location, with its fragment. */
  location: { from: 'location', check: ({ location }, text) => assert.equal(location, text) },
  /** Headers of the answer; null where there is none. */
  headers: {
    from: 'response',
    check: (outcome, headers) => equalMembers(headers, (name) => outcome.response.headers.get(name), outcome),
  },
  body: { from: 'body', check: ({ body }, text) => assert.equal(body, text) },
  /** How many Set-Cookie lines the answer has. */
  setCookies: { from: 'setCookie', check: ({ setCookie }, count) => assert.equal(setCookie.length, count) },
  /** Lines that stand among them. */
  setCookie: {
    from: 'setCookie',
    check: (outcome, lines) => {
      for (const line of lines)
        assert.ok(outcome.setCookie.includes(fill(line, outcome)), `${line} in ${outcome.setCookie}`)
    },
  },
  /** The `error` that a provider sent, as the event repeats it. */
  providerError: { from: 'event', check: ({ event }, text) => assert.equal(event.detail ?? null, text) },
  /** Its `error_description`. */
  description: { from: 'event', check: ({ event }, text) => assert.equal(event.description ?? null, text) },
  /** The code that the event of an `ok` has: what a server did not do, though the person got what was asked for. */
  warning: { from: 'event', check: ({ event }, code) => assert.equal(event.code ?? null, code) },
  /** Whether the message says that another try may do. */
  retryable: {
    from: 'event',
    check: ({ event }, wanted) => assert.equal(/Try again/.test(event.message), wanted),
  },
  /** How long, in characters, a text may be. */
  longest: {
    from: 'event',
    check: (outcome, lengths) => {
      for (const [name, length] of Object.entries(lengths))
        assert.ok(LENGTHS[name](outcome).length <= length, `${name} has ${LENGTHS[name](outcome).length}`)
    },
  },
  /** Texts that stand nowhere in the answer and in the event. */
  untold: {
    from: 'event',
    check: (outcome, texts) => {
      for (const text of texts) assert.ok(!toldBy(outcome).includes(fill(text, outcome)), `told: ${text}`)
    },
  },
  /** Texts that stand neither in the Location nor in the body. */
  unshown: {
    from: 'location',
    check: ({ location, body }, texts) => {
      for (const text of texts) assert.ok(!(location + body).includes(text), `shown: ${text}`)
    },
  },
  /** Names that no object has got by this. */
  unpolluted: {
    from: 'prototype',
    check: ({ prototype }, names) => {
      for (const name of names) assert.equal(prototype[name], undefined, name)
    },
  },
  fasterThanMilliseconds: {
    from: 'milliseconds',
    check: ({ milliseconds }, most) => assert.ok(milliseconds < most, `${milliseconds} ms`),
  },
  /** After how many seconds of the test's clock an answer came. */
  endsAfterSeconds: { from: 'seconds', check: ({ seconds }, wanted) => assert.equal(seconds, wanted) },
  /** How much of a long answer is read before its stream is cancelled. */
  cancelsWithinBytes: {
    from: 'reading',
    check: ({ reading }, most) =>
      assert.ok(reading.cancelled && reading.read <= most, JSON.stringify(reading)),
  },
  /** Parameters of the authorization request; null where there is none. */
  authorization: {
    from: 'searchParams',
    check: (outcome, parameters) =>
      equalMembers(parameters, (name) => outcome.searchParams.get(name), outcome),
  },
  /** A text of the authorization request's address, byte for byte. */
  authorizationUrlHas: {
    from: 'location',
    check: ({ location }, text) => assert.ok(location.includes(text), `${text} in ${location}`),
  },
  /** Where the transaction leads. */
  next: { from: 'next', check: ({ next }, wanted) => assert.equal(next, wanted) },
  /** How many values of a start, over many starts, differ from each other. */
  distinctValues: { from: 'distinct', check: ({ distinct }, count) => assert.equal(distinct, count) },
  /** The most cookies that a browser held, and the most bytes of its Cookie field. */
  cookiesAtMost: { from: 'most', check: ({ most }, count) => assert.ok(most.cookies <= count, most.cookies) },
  cookieBytesAtMost: { from: 'most', check: ({ most }, bytes) => assert.ok(most.bytes <= bytes, most.bytes) },
}

/** What checkClass compares. */
export const CLASS_FIELDS = ['class', 'code']

/** Checks one field. @param {any} outcome @param {string} name @param {any} wanted */
export const checkField = (outcome, name, wanted) => {
  assert.ok(Object.hasOwn(FIELDS, name), `expect has an unknown field: ${name}`)
  const { from, check } = FIELDS[name]
  assert.ok(from in outcome, `${name} cannot be observed here: the outcome has no ${from}`)
  check(outcome, wanted)
}

/** Checks every field of a case. @param {any} outcome @param {Record<string, any>} expected */
export const checkExpectation = (outcome, expected) => {
  checkClass(outcome, expected)
  for (const [name, wanted] of Object.entries(expected))
    if (!CLASS_FIELDS.includes(name)) checkField(outcome, name, wanted)
}
