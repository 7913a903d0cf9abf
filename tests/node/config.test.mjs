// The options as the core gets them: which members are read, how, and how large they may be.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readOptions, toConfig } from '../../dist/config.js'
import { MAX_CONFIG_BYTES } from '../../dist/generated/limits.js'

const read = (given) => readOptions('createAuth', given)
const UNREADABLE = { code: 'config_invalid', message: 'landfall: createAuth: The options are not readable.' }

test('options are an object; a list, a text or nothing is not', () => {
  for (const given of [undefined, null, [], [{ secret: 'x' }], 'secret', 5, true])
    assert.throws(() => read(given), UNREADABLE)
  assert.throws(() => read(Promise.resolve({})), { code: 'config_invalid', message: /await it first/ })
  assert.deepEqual({ ...read({ secret: 'x' }) }, { secret: 'x' })
})

test('a function is a function, or not there', () => {
  for (const name of ['fetch', 'onSession', 'onSignOut', 'onEvent']) {
    for (const value of [() => {}, undefined, null]) assert.equal(read({ [name]: value })[name], value)
    for (const value of ['x', 1, true, {}])
      assert.throws(() => read({ [name]: value }), {
        message: `landfall: createAuth: \`${name}\` has the wrong type.`,
      })
  }
})

test('a session and a project that are no object stay as they are, for the core to judge', () => {
  for (const name of ['session', 'supabase'])
    for (const value of [undefined, null, false, true, 'yes', 7, [{}]]) {
      const options = read({ [name]: value })
      assert.deepEqual({ ...options }, { [name]: value })
      assert.deepEqual(JSON.parse(toConfig('createAuth', options)), { [name]: value ?? null })
    }
})

test('the URL of Supabase is trimmed, with its host as URL spells it; what is none stays as it is', () => {
  for (const [url, wanted] of [
    [' HTTPS://Bücher.Example\n', 'https://xn--bcher-kva.example/'],
    ['https://a.supabase.co/', 'https://a.supabase.co/'],
    ['no url', 'no url'],
    [7, 7],
    [undefined, undefined],
  ])
    assert.deepEqual({ ...read({ supabase: { url } }).supabase }, { url: wanted })
  assert.deepEqual({ ...read({ supabase: { key: 'x' } }).supabase }, { key: 'x' })
})

test('an address gets its host in Punycode, and stays as it is without a character beyond ASCII, or with a blank', () => {
  for (const [address, wanted] of [
    ['https://Bücher.example/a/../b', 'https://xn--bcher-kva.example/b'],
    ['Bücher.example:8080', 'xn--bcher-kva.example:8080'],
    ['HTTPS://App.example:443/a/../b', 'HTTPS://App.example:443/a/../b'],
    ['0x7f.1', '0x7f.1'],
    ['https://bücher.example/\na', 'https://bücher.example/\na'],
    [' bücher.example', ' bücher.example'],
    ['https://bü cher.example', 'https://bü cher.example'],
    ['https://bücher.example:port', 'https://bücher.example:port'],
    [7, 7],
    [null, null],
    [Object.create({ toString: () => 'bücher.example' }), {}],
  ])
    for (const name of ['origin', 'tokenEndpoint', 'jwksUri']) {
      const config = JSON.parse(
        toConfig('createAuth', { [name]: address, trustedHosts: [address, [address]] }),
      )
      assert.deepEqual(config, { [name]: wanted, trustedHosts: [wanted, [wanted]] }, String(address))
    }
})

test('a `supabase` that is no object stays what it is, for the core to refuse', () => {
  for (const supabase of [null, undefined, '', 'text', 0, 7, true, false])
    assert.equal(read({ supabase }).supabase, supabase)
  for (const supabase of [[], ['url'], [{ url: ' https://a.supabase.co' }]])
    assert.deepEqual(read({ supabase }).supabase, supabase)
})

test('the options may take 64 KiB as JSON, and not a byte more', () => {
  const room = MAX_CONFIG_BYTES - JSON.stringify({ secret: '' }).length
  assert.equal(toConfig('createAuth', { secret: 'x'.repeat(room) }).length, MAX_CONFIG_BYTES)
  assert.throws(() => toConfig('createAuth', { secret: 'x'.repeat(room + 1) }), UNREADABLE)
})

test('what JSON cannot express is of a wrong type, what has no value is null, a hook is true, and the core hears of no other function', () => {
  const unfit = {
    c: Symbol('x'),
    d: () => {},
    origin: () => 'https://app.example',
    jwksUri: 1n,
    trustedHosts: [1n],
  }
  const session = { lock: () => {}, idle: 9 }
  const host = { onEvent: () => {}, fetch: null, verify: () => true }
  const options = { a: undefined, b: 1n, ...unfit, ...host, session, onSession: () => {} }
  const refused = { c: [[]], d: [[]], origin: [[]], jwksUri: [[]], trustedHosts: [[[]]] }
  const wanted = { a: null, b: [[]], ...refused, session: { idle: 9 }, onSession: true }
  assert.deepEqual(JSON.parse(toConfig('createAuth', options)), wanted)
  assert.equal(typeof session.lock, 'function')
  const endless = {}
  endless.endless = endless
  assert.throws(() => toConfig('createAuth', endless), UNREADABLE)
})
