// An instance that is no longer what it was: something wrote outside of the message's room, its answer cannot be, or it says itself
// that it failed. It is dropped, and the next call has a fresh one.
import assert from 'node:assert/strict'
import { afterEach, describe, test } from 'node:test'
import { Core } from '../../dist/core.js'
import * as OPERATION from '../../dist/generated/messages/operation.js'
import * as REQUEST from '../../dist/generated/messages/request.js'
import * as RESPOND from '../../dist/generated/messages/respond.js'
import * as STEP from '../../dist/generated/messages/step.js'
import { getModule } from '../../dist/module.js'
import { makeApp, PROVIDER, startSignIn } from './support/app.mjs'
import { replaceExports } from './support/instances.mjs'
import { makeCore, requestFields, startFields } from './support/messages.mjs'

const REFUSED = { name: 'LandfallError', code: 'argument_invalid' }

describe('the core looks at both ends of the room', () => {
  const instance = () => {
    const { exports } = new WebAssembly.Instance(getModule(), {})
    exports._initialize()
    return exports
  }
  /** An empty message in a room of `size` bytes, with `write` done to the memory around it. */
  const handle = (size, write) => {
    const exports = instance()
    const at = exports.landfall_input(size)
    write(new Uint8Array(exports.memory.buffer), at)
    return exports.landfall_handle(OPERATION.fail)
  }

  test('a byte inside of the room is the message', () => {
    for (const size of [4, 5, 96, 4096])
      for (const offset of [0, size - 1])
        assert.ok(handle(size, (bytes, at) => bytes.fill(0, at + offset, at + offset + 1)) > 0)
  })

  test('a byte before or behind it traps', () => {
    for (const size of [4, 5, 96, 4096])
      for (let i = 0; i < 8; i++)
        for (const offset of [-1 - i, size + i])
          assert.throws(
            () =>
              handle(size, (bytes, at) => {
                bytes[at + offset] ^= 1
              }),
            WebAssembly.RuntimeError,
            `${size}, ${offset}`,
          )
  })
})

describe('an answer that cannot be', () => {
  let replaced
  afterEach(() => replaced?.restore())

  /** Where an answer's text begins. */
  const textOf = (words, at) => at + 8 + 4 * words[(at >> 2) + 1]

  /** Each breaks the answer in the memory of the module, or where it is said to be. */
  const BREAKS = {
    'a byte that is no ASCII': (bytes, words, at) =>
      void bytes.fill(0xc3, textOf(words, at), textOf(words, at) + 1),
    'a letter of two bytes': (bytes, words, at) => void bytes.set([0xc3, 0xa9], textOf(words, at)),
    'a byte order mark': (bytes, words, at) => void bytes.set([0xef, 0xbb, 0xbf], textOf(words, at)),
    'a size beyond the memory': (_, words, at) => void words.fill(0x7fffffff, at >> 2, (at >> 2) + 1),
    'the largest size': (_, words, at) => void words.fill(0xffffffff, at >> 2, (at >> 2) + 1),
    'no size': (_, words, at) => void words.fill(0, at >> 2, (at >> 2) + 1),
    'a size too large by one': (_, words, at) => void words[at >> 2]++,
    'a size and a length beyond the memory, which fit each other': (_, words, at) => {
      for (const index of [at >> 2, (at >> 2) + 1 + words[(at >> 2) + 1]]) words[index] += 0x7000000
    },
    'a count beyond the memory': (_, words, at) => void words.fill(0x7fffffff, (at >> 2) + 1, (at >> 2) + 2),
    'the largest count': (_, words, at) => void words.fill(0xffffffff, (at >> 2) + 1, (at >> 2) + 2),
    'a length beyond the memory': (_, words, at) => void words.fill(0x7fffffff, (at >> 2) + 2, (at >> 2) + 3),
    'the largest length': (_, words, at) => void words.fill(0xffffffff, (at >> 2) + 2, (at >> 2) + 3),
    'an address beyond the memory': () => 0x7ffffff0,
    'an address before the memory': () => -16,
  }
  for (const [name, change] of Object.entries(BREAKS))
    test(`${name} is an internal_error, and the next call has a fresh instance`, () => {
      let armed = false
      replaced = replaceExports((exports) => ({
        landfall_handle(operation) {
          const at = exports.landfall_handle(operation)
          if (!armed) return at
          const { buffer } = exports.memory
          return change(new Uint8Array(buffer), new Uint32Array(buffer), at) ?? at
        },
      }))
      const core = makeCore()
      const wanted = core.call(OPERATION.start, startFields())
      const bare = new Core(getModule)
      assert.equal(bare.checkNext('/a b', ''), '/a%20b')
      const before = replaced.count
      armed = true
      assert.throws(() => core.call(OPERATION.start, startFields()), {
        name: 'LandfallError',
        code: 'internal_error',
      })
      assert.throws(() => bare.checkNext('/a b', ''), { code: 'internal_error' })
      armed = false
      assert.deepEqual(core.call(OPERATION.start, startFields()), wanted)
      assert.equal(bare.checkNext('/a b', ''), '/a%20b')
      assert.equal(replaced.count, before + 2)
    })

  test('a room outside of the memory is written to nowhere', () => {
    for (const [name, address] of Object.entries({ beyond: 0x7ffffff0, before: -64 })) {
      let armed = false
      replaced = replaceExports((exports) => ({
        landfall_input: (size) => (armed ? address : exports.landfall_input(size)),
      }))
      const core = makeCore()
      armed = true
      assert.throws(() => core.call(OPERATION.start, startFields()), { code: 'internal_error' }, name)
      armed = false
      assert.equal(Number(core.call(OPERATION.start, startFields())[0]), STEP.started)
      replaced.restore()
    }
  })
})

test('a module of another version is refused, before anything goes into it', (t) => {
  const replaced = replaceExports(({ landfall_abi }) => ({
    landfall_abi: () => landfall_abi() + 1,
    landfall_input: () => assert.fail('asked'),
  }))
  t.after(replaced.restore)
  assert.throws(makeCore, { message: 'landfall: core.wasm and its JavaScript have different versions' })
})

describe('which instance is dropped', () => {
  let replaced
  afterEach(() => replaced?.restore())
  const counted = (run) => {
    replaced = replaceExports(() => ({}))
    const core = makeCore()
    const before = replaced.count
    run(core)
    core.call(OPERATION.start, startFields())
    return replaced.count - before
  }

  test('one that says internal_error by itself', () => {
    assert.equal(
      counted((core) => {
        const fields = requestFields()
        fields[REQUEST.resume] = 'nothing that the core wrote'
        assert.equal(core.call(OPERATION.serve, fields)[RESPOND.code], 'internal_error')
      }),
      1,
    )
  })

  test('none for what a caller or an address says', () => {
    const asked = requestFields()
    asked[REQUEST.url] = 'https://app.example/auth/auth-code-error?error=internal_error'
    const dropped = counted((core) => {
      assert.equal(core.call(OPERATION.fail, ['internal_error', ''])[RESPOND.code], 'internal_error')
      assert.equal(core.call(OPERATION.serve, asked)[RESPOND.code], 'internal_error')
      assert.throws(() => core.call(OPERATION.fail, [{}]), REFUSED)
      assert.throws(() => core.call(OPERATION.fail, ['x'.repeat(3 << 20)]), { code: 'request_too_large' })
      const gone = new Uint8Array(8)
      structuredClone(gone.buffer, { transfer: [gone.buffer] })
      assert.equal(core.call(OPERATION.fail, ['internal_error', gone])[RESPOND.code], 'internal_error')
    })
    assert.equal(dropped, 0)
  })

  test('one whose wiping traps; and its memory holds nothing any more', () => {
    let armed = false
    let memory
    replaced = replaceExports((exports) => {
      memory ??= exports.memory
      return { landfall_wipe: () => (armed ? exports.missing() : exports.landfall_wipe()) }
    })
    const core = makeCore()
    armed = true
    assert.throws(() => core.call(OPERATION.start, startFields()), TypeError)
    armed = false
    assert.ok(new Uint8Array(memory.buffer).every((byte) => byte === 0))
    assert.equal(Number(core.call(OPERATION.start, startFields())[0]), STEP.started)
    assert.equal(replaced.count, 2)
  })

  test('one that traps after its memory has grown', () => {
    let armed = false
    replaced = replaceExports((exports) => ({
      landfall_handle: (operation) => {
        if (!armed) return exports.landfall_handle(operation)
        exports.memory.grow(1)
        throw new WebAssembly.RuntimeError('unreachable')
      },
    }))
    const core = makeCore()
    armed = true
    assert.throws(() => core.call(OPERATION.start, startFields()), WebAssembly.RuntimeError)
    armed = false
    assert.equal(Number(core.call(OPERATION.start, startFields())[0]), STEP.started)
    assert.equal(replaced.count, 2)
  })

  test('none for an upload that breaks off', async () => {
    replaced = replaceExports(() => ({}))
    const app = makeApp({ providers: { main: { ...PROVIDER, responseMode: 'form_post' } } })
    const tx = await startSignIn(app)
    const before = replaced.count
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) })
    const init = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body }
    const request = new Request('https://app.example/auth/callback/main', { ...init, duplex: 'half' })
    await app.auth.callback(request)
    assert.ok(tx.state && (await startSignIn(app)).state)
    assert.equal(replaced.count, before)
  })
})
