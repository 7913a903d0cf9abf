// The vectors of tests/vectors/, as JavaScript can run them.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { ORIGIN } from './app.mjs'

const ORIGINS = [ORIGIN, 'http://localhost:3000', 'https://app.example:8443']

/** The cases of a file, all that it counts. @param {string} name */
export const loadVectors = (name) => {
  const document = JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), 'utf8'))
  assert.equal(document.name, name)
  assert.equal(document.cases.length, document.count)
  assert.ok(document.count > 0)
  return document.cases
}

/** Bytes as vectors write them. @returns {Buffer} */
export const toBytes = (value) => {
  if (typeof value === 'string') return Buffer.from(value)
  if (value.parts) return Buffer.concat(value.parts.map(toBytes))
  const once = value.hex === undefined ? Buffer.from(value.text) : Buffer.from(value.hex, 'hex')
  return Buffer.concat(Array(value.repeat ?? 1).fill(once))
}

/** Whether a text of JavaScript can have these bytes. @param {Buffer} bytes */
const isUtf8 = (bytes) => Buffer.from(bytes.toString('utf8')).equals(bytes)

/**
 * The checks of next.json, each under every origin that it is for; the native tests have those that are no text.
 * @returns {{ id: string, next: string, origin: string, want: string | null }[]}
 */
export const listNextChecks = () =>
  loadVectors('next')
    .filter(({ next }) => isUtf8(toBytes(next)))
    .flatMap(({ id, next, want, origin }) =>
      (origin === undefined ? ORIGINS : [origin]).map((one) => ({
        id,
        next: toBytes(next).toString('utf8'),
        origin: one,
        want: want === null ? null : toBytes(want).toString('utf8'),
      })),
    )
