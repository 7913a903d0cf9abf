// A value of every kind that JavaScript has, fresh each time.

import { isPromise } from 'node:util/types'
import { LateError, OwnError, thrown } from './own-errors.mjs'
import { elsewhere, makePlatformValues } from './platform-values.mjs'
import { makeText } from './texts.mjs'

const MAX_DEPTH = 3

/** What a value noticed of how it is used. @type {string[]} */
export const noticed = []

/** A promise may reject, and nobody has to look at it. @template T @param {T} value @returns {T} */
const hush = (value) => {
  if (isPromise(value)) Promise.prototype.then.call(value, undefined, () => {})
  return value
}
/** The same for the promise that a function gives. @param {(...args: any[]) => any} run */
const quiet = (run) =>
  new Proxy(run, { apply: (target, self, args) => hush(Reflect.apply(target, self, args)) })

/**
 * @param {import('./random.mjs').Random} random
 */
export const makeValues = (random) => {
  const { below, pick, oneIn } = random
  const text = () => makeText(random)
  const own = () => {
    throw new OwnError('the caller’s own')
  }

  /** A member that is one thing at first and another one later. @param {unknown} first @param {number} depth */
  const flipping = (first, depth) => {
    const later = oneIn(3) ? undefined : any(depth + 1)
    const isLate = oneIn(2)
    let reads = 0
    return () => {
      if (reads++ === 0) return first
      if (isLate) throw new LateError('read twice')
      return later
    }
  }

  /** A function whose promise has to be looked at. @param {number} depth @returns {(...args: any[]) => any} */
  const hook = (depth) =>
    pick([
      () => own,
      () => async () => own(),
      () => {
        const value = any(depth + 1)
        return () => value
      },
      () => {
        const value = any(depth + 1)
        return async () => value
      },
      () => () => any(MAX_DEPTH),
      () =>
        function* () {
          yield any(MAX_DEPTH)
        },
      () =>
        async function* () {
          yield any(MAX_DEPTH)
        },
      () => class {},
      () => () => {
        const value = any(MAX_DEPTH)
        thrown.add(value)
        throw value
      },
      () => new Proxy(() => {}, { apply: own }),
      () => elsewhere.fn(),
    ])()

  /** @param {number} depth */
  const fn = (depth) => quiet(hook(depth))

  /** @param {number} depth */
  const list = (depth) =>
    pick([
      () => [],
      () => Array.from({ length: 1 + below(4) }, () => any(depth + 1)),
      () => Array.from({ length: 1 + below(4) }, text),
      () => Object.assign([text()], { 2: text() }),
      () => new Array(1 + below(1000)),
      () => {
        const cyclic = [text()]
        cyclic.push(cyclic)
        return cyclic
      },
      () => [[text(), any(depth + 1)], [any(depth + 1)]],
      () => Object.assign([text()], { toString: own, [Symbol.iterator]: own }),
      () => Object.defineProperty([text()], 0, { get: flipping(text(), depth), enumerable: true }),
      () => elsewhere.list(),
      () => new Proxy([text()], {}),
    ])()

  const NAMES = [
    'next',
    'provider',
    'headers',
    'url',
    'method',
    'body',
    'redirect',
    'status',
    'request',
    'token',
  ]
  const name = () => (oneIn(3) ? text() : pick(NAMES))

  /** @param {number} depth */
  const object = (depth) =>
    pick([
      () => ({}),
      () => Object.create(null),
      () => ({ [name()]: any(depth + 1), [name()]: any(depth + 1) }),
      () => Object.assign(Object.create(null), { [name()]: any(depth + 1) }),
      () => Object.create({ [name()]: any(depth + 1) }),
      () => JSON.parse(`{"__proto__":{"${pick(NAMES)}":"/x"}}`),
      () => Object.defineProperty({}, name(), { get: own, enumerable: true }),
      () => Object.defineProperty({}, name(), { get: flipping(text(), depth), enumerable: true }),
      () => ({ length: pick([-13402, Number.NaN, Infinity, 2 ** 32 + 1, 3]) }),
      () => ({ toString: () => text(), valueOf: () => text(), toJSON: () => any(MAX_DEPTH) }),
      () => ({ [Symbol.toPrimitive]: pick([own, () => text(), () => ({})]) }),
      () => ({ toJSON: own }),
      () => ({
        // biome-ignore lint/suspicious/noThenProperty: a thenable is one of the kinds
        then: pick([own, (take) => take(any(MAX_DEPTH)), (_, refuse) => refuse(any(MAX_DEPTH)), text()]),
      }),
      () => Object.defineProperty({}, 'then', { get: own }),
      () => ({ [Symbol.iterator]: pick([own, () => ({ next: own }), () => [[text(), text()]].values()]) }),
      () => ({ [Symbol.toStringTag]: 'Uint8Array', length: -8, 0: 1 }),
      () => ({ get: fn(depth + 1), has: fn(depth + 1), getReader: fn(depth + 1), cancel: fn(depth + 1) }),
      () => Object.freeze({ [name()]: any(depth + 1) }),
      () => new Proxy({ [name()]: text() }, {}),
      () => new Proxy({}, { get: own }),
      () => new Proxy({}, { has: own, getPrototypeOf: own, ownKeys: own, getOwnPropertyDescriptor: own }),
      // No `then`: a promise that never settles is the caller's own matter.
      () =>
        new Proxy({}, { get: (_, key) => (key === 'then' ? undefined : any(MAX_DEPTH)), has: () => true }),
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {})
        revoke()
        return proxy
      },
      () => elsewhere.object(),
      () => {
        const cyclic = { a: {} }
        cyclic.a.b = cyclic
        return cyclic
      },
      () => (oneIn(60) ? Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`m${i}`, 'x'])) : {}),
    ])()

  const number = () =>
    pick([0, -0, 1, -1, 0.5, Number.NaN, Infinity, -Infinity, 2 ** 31, 2 ** 32, 2 ** 53, 1e300, below(1000)])

  const { bytes, stream, web } = makePlatformValues(random, { any: () => any(MAX_DEPTH), text, number, own })

  /** @param {number} depth */
  const promise = (depth) =>
    hush(
      pick([
        () => Promise.resolve(any(depth + 1)),
        () => Promise.reject(new OwnError('rejected')),
        () => Promise.reject(any(MAX_DEPTH)),
        () => elsewhere.promise(),
        () => elsewhere.rejection(),
      ])(),
    )

  /** @param {number} [depth] @returns {any} */
  const any = (depth = 0) => {
    const kinds = [
      text,
      text,
      text,
      number,
      bytes,
      web,
      () => pick([undefined, null, true, false]),
      () => pick([0n, -1n, 2n ** 64n]),
      () => pick([Symbol('x'), Symbol.iterator, Symbol.for('landfall.reply')]),
    ]
    if (depth < MAX_DEPTH)
      kinds.push(...[object, object, object, list, promise, fn].map((kind) => () => kind(depth)))
    return pick(kinds)()
  }

  return {
    ...random,
    any,
    text,
    fn: () => fn(0),
    hook: () => hook(0),
    bytes,
    stream,
    number,
    flipping: (value) => flipping(value, 0),
    own,
  }
}

/** @typedef {ReturnType<typeof makeValues>} Values */
