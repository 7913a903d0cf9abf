// The signature of a client secret with WebCrypto: which signatures are kept, for how long, and what a key that is none gives.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mock, test } from 'node:test'
import * as SIGN from '../../dist/generated/messages/sign.js'
import { sign } from '../../dist/sign.js'

const KEPT = 8
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

const toText = (privateKey) => privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url')
const makePair = (namedCurve = 'P-256') => generateKeyPairSync('ec', { namedCurve })

/** @param {string} key @param {string} data */
const makeStep = (key, data) => {
  const step = []
  step[SIGN.key] = key
  step[SIGN.data] = data
  return step
}

/** What each step brings, and how many signatures had to be made for that. */
const signAll = async (steps) => {
  const spy = mock.method(crypto.subtle, 'sign')
  try {
    const answers = []
    for (const step of steps) answers.push(await sign(step))
    return { bodies: answers.map(({ body }) => body), answers, made: spy.mock.callCount() }
  } finally {
    spy.mock.restore()
  }
}

const isBy = async (publicKey, signature, data) => {
  const key = await crypto.subtle.importKey('jwk', publicKey.export({ format: 'jwk' }), ALGORITHM, false, [
    'verify',
  ])
  return crypto.subtle.verify(ALGORITHM, key, Buffer.from(signature, 'base64url'), Buffer.from(data))
}

/** Keys that cannot sign ES256. */
const NO_KEYS = {
  'no text': '',
  'no base64url': '%',
  'bytes that are no key': Buffer.from('0'.repeat(100)).toString('base64url'),
  'half a key': toText(makePair().privateKey).slice(0, 100),
  'another curve': toText(makePair('P-384').privateKey),
  'numbers as long as those of P-256': toText(makePair('secp256k1').privateKey),
  RSA: toText(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
  'a public key': makePair().publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
}

test('the signature verifies: 64 bytes as base64url without padding', async () => {
  const { publicKey, privateKey } = makePair()
  for (const data of ['header.claims', 'a', '', 'x'.repeat(10_000)]) {
    const { failure, status, body } = await sign(makeStep(toText(privateKey), data))
    assert.deepEqual([failure, status], ['', ''])
    assert.match(body, /^[\w-]{86}$/)
    assert.ok(await isBy(publicKey, body, data), data.slice(0, 20))
    assert.ok(!(await isBy(publicKey, body, `${data}.`)), 'of other data')
  }
})

for (const [name, key] of Object.entries(NO_KEYS))
  test(`${name}: the answer is empty, says nothing of the key, and is not kept`, async () => {
    const spy = mock.method(crypto.subtle, 'importKey')
    try {
      for (const attempt of [1, 2]) {
        const answer = await sign(makeStep(key, 'header.claims'))
        assert.deepEqual(answer, { failure: '', status: '', contentType: '', body: '' })
        // Text that is no base64url never comes to WebCrypto.
        if (key !== '%') assert.equal(spy.mock.callCount(), attempt, 'it is tried again')
      }
    } finally {
      spy.mock.restore()
    }
  })

test('the same data and key give the kept signature; another key or other data does not', async () => {
  const [first, second] = [makePair(), makePair()]
  const step = makeStep(toText(first.privateKey), 'kept.data')
  const { bodies, made } = await signAll([step, [...step], step])
  assert.deepEqual([new Set(bodies).size, made], [1, 1])
  const others = await signAll([
    makeStep(toText(second.privateKey), 'kept.data'),
    makeStep(step[SIGN.key], 'kept.dat'),
  ])
  assert.equal(others.made, 2)
  assert.ok(await isBy(second.publicKey, others.bodies[0], 'kept.data'))
  assert.ok(await isBy(first.publicKey, others.bodies[1], 'kept.dat'))
})

test('two requests at once get a good signature each, and keep one', async () => {
  const { publicKey, privateKey } = makePair()
  const step = makeStep(toText(privateKey), 'at.once')
  const answers = await Promise.all([sign(step), sign(step)])
  for (const { body } of answers) assert.ok(await isBy(publicKey, body, 'at.once'))
  assert.equal((await signAll([step])).made, 0)
})

test('of more than 8 signatures the oldest is forgotten', async () => {
  const key = toText(makePair().privateKey)
  const steps = Array.from({ length: KEPT + 1 }, (_, index) => makeStep(key, `many.${index}`))
  const [first, second, ...rest] = steps
  assert.equal((await signAll(steps.slice(0, KEPT))).made, KEPT)
  assert.equal((await signAll(steps.slice(0, KEPT))).made, 0)
  assert.equal((await signAll([steps[KEPT]])).made, 1, 'the ninth')
  assert.equal((await signAll([second, ...rest])).made, 0, 'the others are kept')
  assert.equal((await signAll([first])).made, 1, 'the oldest is gone')
})

test('keys that cannot sign push no signature out', async () => {
  const key = toText(makePair().privateKey)
  const steps = Array.from({ length: KEPT }, (_, index) => makeStep(key, `pushed.${index}`))
  assert.equal((await signAll(steps)).made, KEPT)
  for (const broken of Object.values(NO_KEYS)) {
    const { bodies } = await signAll([makeStep(broken, 'header.claims')])
    assert.deepEqual(bodies, [''])
  }
  assert.equal((await signAll(steps)).made, 0)
})

test('no error has the private key', async () => {
  const { privateKey } = makePair()
  const key = toText(privateKey)
  const seen = []
  const note = (reason) => void seen.push(reason)
  process.on('unhandledRejection', note)
  try {
    for (const broken of [key.slice(0, 100), `${key}%`, toText(makePair('P-384').privateKey)]) {
      const answer = await sign(makeStep(broken, 'header.claims'))
      assert.ok(!JSON.stringify(answer).includes(broken.slice(20, 60)))
    }
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(seen, [], 'nothing is thrown past the caller')
  } finally {
    process.off('unhandledRejection', note)
  }
})
