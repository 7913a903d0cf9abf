// A value of every kind that JavaScript has and that is neither text nor bytes; some of them pretend to be.
import { runInNewContext } from 'node:vm'

/** @returns {Record<string, unknown>} by what it is, fresh each time */
export const oddValues = () => ({
  'a number': 7,
  'no number': Number.NaN,
  'a bigint': 10n,
  true: true,
  'a symbol': Symbol('/x'),
  'a function': () => '/x',
  'an object': { next: '/x' },
  'an object with a negative length': { length: -13402 },
  'an object with a length that is no number': { length: Number.NaN },
  'an object with an endless length': { length: Number.POSITIVE_INFINITY },
  'a list': ['/x'],
  'a list of a list': [['/x']],
  'a string object': new String('/x'),
  'what becomes text': { toString: () => '/x', valueOf: () => '/x', length: 2 },
  'what says that it is text': { length: 2, charCodeAt: () => 0x2f, [Symbol.toStringTag]: 'String' },
  'what says that it is bytes': { length: -8, 0: 1, [Symbol.toStringTag]: 'Uint8Array' },
  'what inherits from bytes': Object.assign(Object.create(Uint8Array.prototype), { 0: 1 }),
  'a proxy of bytes': new Proxy(new Uint8Array(4), {}),
  'an uploaded file': new File(['x'], 'x.txt'),
  'a form': new FormData(),
  'a buffer': new ArrayBuffer(8),
  'a view': new DataView(new ArrayBuffer(8)),
  'wider numbers': new Uint16Array(8),
  'clamped bytes': new Uint8ClampedArray(8),
  'signed bytes': new Int8Array(8),
  'a date': new Date(0),
  'a map': new Map([['length', 3]]),
  'a promise': Promise.resolve('/x'),
  'an object of another realm': runInNewContext('({ length: -13402 })'),
  'a proxy that throws': new Proxy({}, { get: () => assertNever(), getPrototypeOf: () => assertNever() }),
})

const assertNever = () => {
  throw new Error('somebody looked')
}
