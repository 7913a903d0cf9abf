// The doctor and the cookies of a sign-in: which attributes they need, and how large they and their sum may be.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkCookies } from '../../dist/doctor/cookies.js'
import { look, resultsOf } from './support/doctor-check.mjs'

const ATTRIBUTES = '; Path=/; HttpOnly; SameSite=Lax'
const lookAt = (lines) => look((findings) => checkCookies(findings, false, lines))

test('SameSite=None will do, and so will a Domain, unless the name forbids it', async () => {
  for (const [line, detail] of [
    ['landfall-1=x; Path=/; HttpOnly; SameSite=None', undefined],
    ['landfall-1=x; Path=/; HttpOnly; SameSite=Strict', /^SameSite=Lax is missing: a proxy/],
    [`landfall-1=x${ATTRIBUTES}; Domain=app.example`, undefined],
    [`__Host-landfall-1=x${ATTRIBUTES}`, undefined],
    [`__Host-landfall-1=x${ATTRIBUTES}; Domain=app.example`, /^browsers refuse domain=app\.example: a proxy/],
  ]) {
    const [{ id, result, detail: told }] = await lookAt([line])
    assert.deepEqual([id, result], ['cookie', detail ? 'wrong' : 'fine'], line)
    if (detail) assert.match(told, detail)
  }
})

test('a cookie has 4096 bytes at most, without its attributes', async () => {
  for (const [bytes, result] of [
    [4095, 'fine'],
    [4096, 'fine'],
    [4097, 'wrong'],
  ]) {
    const found = (await lookAt([`${'landfall-1='.padEnd(bytes, 'x')}${ATTRIBUTES}`])).find(
      ({ id }) => id === 'cookie-size',
    )
    assert.equal(found.result, result, `${bytes}`)
    if (result === 'wrong')
      assert.equal(found.detail, 'The largest has 4097 bytes; browsers keep at most 4096.')
  }
})

test('cookies of 2048 bytes leave room in a buffer of 4096, and larger ones are told', async () => {
  const usual = { cookie: 'fine', 'cookie-size': 'fine' }
  for (const [bytes, more] of [
    [2047, {}],
    [2048, {}],
    [2049, { 'proxy-buffers': 'unsure' }],
  ]) {
    const first = `landfall-1=x${ATTRIBUTES}`
    const list = await lookAt([first, 'other='.padEnd(bytes - first.length, 'x')])
    assert.deepEqual(resultsOf(list), { ...usual, ...more }, `${bytes}`)
    if (list.length > 2)
      assert.match(list.at(-1).detail, /^A sign-in sets 2049 bytes .*nginx accepts 4096 unless/)
  }
})
