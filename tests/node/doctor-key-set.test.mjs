// The doctor and a provider's key set: which keys it takes, how many, and which address it asks for them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkKeys } from '../../dist/doctor/key-set.js'
import { look, startServer } from './support/doctor-check.mjs'
import { makeKey } from './support/doctor-provider.mjs'

const rsa = (bits) => makeKey('rsa', { modulusLength: bits })
const RSA = rsa(2048)

/** Metadata of a provider at an address. @param {string} issuer @param {object} [more] */
const metadataOf = (issuer, more) =>
  JSON.stringify({
    ...{ issuer, jwks_uri: `${issuer}/jwks`, id_token_signing_alg_values_supported: ['RS256', 'ES256'] },
    ...more,
  })

/** What is found of a key set. @param {import('node:test').TestContext} t @param {object[]} keys */
const lookAt = async (t, keys) => {
  const { origin } = await startServer(t, () => ({ body: JSON.stringify({ keys }) }))
  return look((findings) => checkKeys(findings, metadataOf(origin)))
}

test('a key has enough bits from 2048 on, and one of a curve has no such number', async (t) => {
  for (const [key, result] of [
    [rsa(2047), 'wrong'],
    [RSA, 'fine'],
    [rsa(2049), 'fine'],
    [makeKey('ec', { namedCurve: 'P-256' }), 'fine'],
  ]) {
    const [found] = await lookAt(t, [key])
    assert.equal(found.result, result, key.n?.length)
    if (result === 'wrong') assert.match(found.fix, /; an RSA key has 2048 bits or more\.$/)
  }
})

test('the first hundred keys are looked at, and no more', async (t) => {
  for (const [others, result] of [
    [98, 'fine'],
    [99, 'fine'],
    [100, 'wrong'],
  ]) {
    const [found] = await lookAt(t, [...Array(others).fill({}), RSA])
    assert.equal(found.result, result, `${others}`)
  }
})

test('metadata that name no algorithm are said to', async () => {
  for (const id_token_signing_alg_values_supported of [undefined, [], 'RS256', [1]]) {
    const metadata = metadataOf('https://as.example', { id_token_signing_alg_values_supported })
    const [{ result, detail }] = await look((findings) => checkKeys(findings, metadata))
    assert.deepEqual([result, detail], ['wrong', 'It signs with no algorithm that its metadata name.'])
  }
})

test('no address, and one that a provider elsewhere may not name, are not asked', async (t) => {
  const { origin, asked } = await startServer(t, () => ({ body: JSON.stringify({ keys: [RSA] }) }))
  for (const [issuer, jwks_uri] of [
    [origin, undefined],
    [origin, 'no address'],
    [origin, 'file:///etc/passwd'],
    ['https://as.example', `${origin}/jwks`],
    ['https://as.example', 'http://as.example/jwks'],
  ]) {
    const list = await look((findings) => checkKeys(findings, metadataOf(issuer, { jwks_uri })))
    assert.equal(list.length, 1)
    const [{ result, detail }] = list
    assert.deepEqual([result, detail], ['wrong', 'jwks_uri is no address that the doctor asks.'], jwks_uri)
  }
  assert.deepEqual(asked, [])
})
