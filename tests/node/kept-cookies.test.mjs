// Cookies that an earlier version wrote: while an app is deployed, and after it, nobody is signed out and no sign-in is lost.
import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { createAuth } from '../../dist/index.js'
import { resetClock } from './support/clock.mjs'
import { readKept } from './support/kept-cookies.mjs'
import { loadVectors } from './support/vectors.mjs'

afterEach(resetClock)

for (const { id, comment, expect, ...kept } of loadVectors('kept_cookies'))
  test(`${id}: ${comment}`, async () => {
    assert.deepEqual(await readKept(createAuth, kept), expect)
  })
