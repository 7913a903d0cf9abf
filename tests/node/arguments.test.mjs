// What a function of ours takes from its caller: the documented members, of the documented type.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIND, readArguments } from '../../dist/arguments.js'

const KINDS = {
  next: KIND.text,
  skip: KIND.flag,
  scopes: KIND.scopes,
  queryParams: KIND.parameters,
  options: KIND.options,
  request: KIND.headers,
}
const take = (given) => ({ ...readArguments('start', given, KINDS) })

test('gives the documented own members, and nothing else', () => {
  const request = new Request('https://app.example/')
  const options = { a: 1 }
  const given = { next: '/x', skip: false, scopes: ['a', 'b'], queryParams: { a: 'b' }, options, request }
  const { headers, url } = request
  const wanted = {
    next: '/x',
    skip: false,
    scopes: 'a b',
    queryParams: 'a=b',
    options,
    request: { headers, url },
  }
  assert.deepEqual(take({ ...given, other: 1 }), wanted)
  assert.deepEqual(Object.keys(take({ next: null, skip: undefined })), [])
  assert.deepEqual(
    [undefined, null].map((nothing) => Object.keys(take(nothing))),
    [[], []],
  )
  assert.deepEqual(Object.keys(take(Object.create({ next: '/inherited' }))), [])
  assert.equal(Object.getPrototypeOf(readArguments('start', {}, KINDS)), null, 'nothing stands behind it')
  assert.deepEqual(Object.keys(take(JSON.parse('{"__proto__":{"next":"/x"}}'))), [])
})

test('seconds are whole, from 0 on', () => {
  const takeSeconds = (minimum) => readArguments('start', { minimum }, { minimum: KIND.seconds }).minimum
  for (const seconds of [0, 1, 2 ** 40]) assert.equal(takeSeconds(seconds), seconds)
  for (const wrong of [-1, 0.5, 2 ** 60, Number.POSITIVE_INFINITY, '60'])
    assert.throws(() => takeSeconds(wrong), { code: 'argument_invalid', parameter: 'minimum' })
})

const ODD = {
  a_number: 1,
  not_a_number: Number.NaN,
  a_bigint: 1n,
  a_symbol: Symbol('x'),
  a_function: () => '/x',
  a_string_object: new String('/x'),
  a_length: { length: -13402 },
  a_list_in_a_list: [['/x']],
  bytes: new Uint8Array(3),
  a_file: new File(['x'], 'x'),
  a_date: new Date(0),
  a_map: new Map([['a', 'b']]),
  a_promise: Promise.resolve('/x'),
  deep: { a: { length: 3 } },
}
const FITS = {
  options: [
    'a_list_in_a_list',
    'a_string_object',
    'a_length',
    'bytes',
    'a_file',
    'a_date',
    'a_map',
    'a_promise',
    'deep',
  ],
}

for (const member of Object.keys(KINDS))
  test(`\`${member}\` of any other type is refused by name`, () => {
    for (const [kind, value] of Object.entries({ ...ODD, ...(member === 'skip' && { a_string: 'true' }) })) {
      if (FITS[member]?.includes(kind)) assert.ok(member in take({ [member]: value }), kind)
      else
        assert.throws(
          () => take({ [member]: value }),
          (error) => {
            assert.deepEqual([error.code, error.parameter], ['argument_invalid', member], kind)
            assert.ok(error.message.startsWith(`landfall: start: \`${member}\` must be `), error.message)
            return true
          },
        )
    }
  })

test('what is no object is refused', () => {
  for (const given of ['/x', 1, true, 10n, Symbol('x'), () => ({})])
    assert.throws(() => take(given), {
      code: 'argument_invalid',
      message: 'landfall: start: the argument must be an object.',
    })
})

test('a request needs its headers; an address that it has is a text', () => {
  const headers = new Headers()
  assert.deepEqual(take({ request: { headers } }), { request: { headers, url: '' } })
  for (const request of [{ headers, url: 5 }, { headers, url: null }, { headers: {} }, { url: '/' }, 'x'])
    assert.throws(() => take({ request }), { code: 'argument_invalid', message: /`request`/ })
})
