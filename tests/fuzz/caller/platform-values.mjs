// Objects of the engine and of the web platform: bytes of every kind, streams, and what another realm made.
import { runInNewContext } from 'node:vm'
import { OwnError } from './own-errors.mjs'

/** Every kind of typed array. */
const VIEWS = [
  Uint8Array,
  Uint8ClampedArray,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
]

/** Values of another realm. */
export const elsewhere = runInNewContext(`({
  object: () => ({ next: '/x', length: -13402 }),
  list: () => ['/x'],
  bytes: () => new Uint8Array(8),
  text: () => new String('/x'),
  error: () => new TypeError('of another realm'),
  promise: () => Promise.resolve('/x'),
  fn: () => () => '/x',
  rejection: () => Promise.reject(new Error('of another realm')),
})`)

/** A buffer that is given away: what looks at it has no bytes any more. @param {any} view */
const detached = (view) => {
  structuredClone(view.buffer, { transfer: [view.buffer] })
  return view
}

/**
 * @param {import('./random.mjs').Random} random
 * @param {{ any: () => any, text: () => string, number: () => number, own: () => never }} values for what is inside
 */
export const makePlatformValues = ({ below, pick, oneIn }, { any, text, number, own }) => {
  const bytes = () =>
    pick([
      () => new (pick(VIEWS))(below(64)),
      () => new TextEncoder().encode(text()),
      () => Buffer.from(text()),
      () => detached(new Uint8Array(16)),
      () => new Uint8Array(new ArrayBuffer(8, { maxByteLength: 64 })),
      () => new Uint8Array(new SharedArrayBuffer(8)),
      () => new DataView(new ArrayBuffer(8)),
      () => new ArrayBuffer(8),
      () => new SharedArrayBuffer(8),
      () => elsewhere.bytes(),
      () => Object.assign(Object.create(Uint8Array.prototype), { 0: 1 }),
      () => new Proxy(new Uint8Array(4), {}),
      () =>
        Object.defineProperties(new Uint8Array(8), {
          length: { value: pick([-13402, 1e9]) },
          byteLength: { value: pick([-1, Number.NaN, 0]) },
          subarray: { value: () => bytes() },
        }),
    ])()

  /** A stream of real chunks, of no bytes, one that fails, or one that somebody else reads. */
  const stream = () => {
    let left = pick([0, 1, 3, 200])
    const chunk = pick([() => new Uint8Array(0), () => new TextEncoder().encode(text()), any])
    const made = new ReadableStream({
      pull(controller) {
        if (left-- > 0) controller.enqueue(chunk())
        else if (oneIn(3)) controller.error(new OwnError('the stream fails'))
        else controller.close()
      },
      cancel: pick([() => {}, own, async () => own()]),
    })
    if (oneIn(6)) made.getReader().closed.catch(() => {})
    return made
  }

  const web = () =>
    pick([
      () => new Date(number()),
      () => new Map([[text(), text()]]),
      () => new Set([text()]),
      () => new WeakMap(),
      () => /x/g,
      () => new URL('https://app.example/auth/callback/main?code=1'),
      () => new URLSearchParams({ a: text() }),
      () => new Headers({ a: 'b' }),
      () => new Request('https://app.example/auth/sign-in?provider=main'),
      () => new Response('x'),
      () => new FormData(),
      () => new Blob(['x']),
      () => new File(['x'], 'x.txt'),
      () => stream(),
      () => new AbortController().signal,
      () =>
        new (class Instance {
          next = '/x'
        })(),
      () => new OwnError('a value'),
      () => elsewhere.error(),
      () => new String(text()),
      () => globalThis,
    ])()

  return { bytes, stream, web }
}
