// The check of a signature with WebCrypto: which keys are kept, and for how long.
import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import * as VERIFY from '../../dist/generated/messages/verify.js'
import { verify } from '../../dist/verify.js'

const KEPT = 32
const DATA = 'header.payload'
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** A VERIFY step with a key of its own. */
const makeStep = async () => {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const signature = await crypto.subtle.sign(ALGORITHM, privateKey, Buffer.from(DATA))
  const step = []
  step[VERIFY.alg] = 'ES256'
  step[VERIFY.jwk] = JSON.stringify(await crypto.subtle.exportKey('jwk', publicKey))
  step[VERIFY.signature] = Buffer.from(signature).toString('base64url')
  step[VERIFY.data] = DATA
  return step
}
/** Whether each step is valid, and how many keys had to be imported for that. */
const verifyAll = async (steps) => {
  const spy = mock.method(crypto.subtle, 'importKey')
  try {
    const verdicts = []
    for (const step of steps) verdicts.push((await verify(step)).status)
    return { verdicts: verdicts.join(''), imports: spy.mock.callCount() }
  } finally {
    spy.mock.restore()
  }
}

test('a key is imported once; of more than 32 the oldest is forgotten', async () => {
  const steps = await Promise.all(Array.from({ length: KEPT + 1 }, makeStep))
  const [first, second, ...rest] = steps
  const most = [first, second, ...rest.slice(0, -1)]
  assert.deepEqual(await verifyAll(most), { verdicts: '1'.repeat(KEPT), imports: KEPT })
  assert.deepEqual(await verifyAll(most), { verdicts: '1'.repeat(KEPT), imports: 0 })
  assert.deepEqual(await verifyAll([rest.at(-1)]), { verdicts: '1', imports: 1 })
  assert.deepEqual(await verifyAll([second, ...rest]), { verdicts: '1'.repeat(KEPT), imports: 0 })
  assert.deepEqual(await verifyAll([first]), { verdicts: '1', imports: 1 })
})

test('keys that cannot be imported push no key out', async () => {
  const steps = await Promise.all(Array.from({ length: KEPT }, makeStep))
  await verifyAll(steps)
  const broken = Array.from({ length: KEPT }, (_, n) =>
    Object.assign([...steps[0]], { [VERIFY.jwk]: `{"n":${n}}` }),
  )
  assert.deepEqual(await verifyAll(broken), { verdicts: '0'.repeat(KEPT), imports: KEPT })
  assert.deepEqual(await verifyAll(steps), { verdicts: '1'.repeat(KEPT), imports: 0 })
})

test('a key that cannot be imported is tried again, and nothing is valid with it', async () => {
  const step = await makeStep()
  for (const jwk of ['{"kty":"EC"}', 'no JSON']) {
    const broken = Object.assign([...step], { [VERIFY.jwk]: jwk })
    const imports = jwk.startsWith('{') ? 2 : 0
    assert.deepEqual(await verifyAll([broken, broken]), { verdicts: '00', imports })
  }
  const foreign = Object.assign([...step], { [VERIFY.signature]: (await makeStep())[VERIFY.signature] })
  assert.deepEqual(await verifyAll([foreign, step]), { verdicts: '01', imports: 1 })
})

test('the app’s own function has ten seconds for its verdict', async () => {
  const step = Object.assign(await makeStep(), { [VERIFY.spki]: '', [VERIFY.signature_der]: '' })
  const stub = mock.method(globalThis, 'setTimeout', (end) => void queueMicrotask(end))
  try {
    const { failure, cause } = await verify(step, () => new Promise(() => {}))
    assert.deepEqual([failure, cause.code, cause.parameter], ['refused', 'argument_invalid', 'its result'])
    assert.match(cause.message, /within 10 seconds/)
    assert.deepEqual(
      stub.mock.calls.map(({ arguments: [, milliseconds] }) => milliseconds),
      [10_000],
    )
  } finally {
    stub.mock.restore()
  }
})
