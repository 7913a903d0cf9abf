// Checks that many sentences of callback_cases.json share.
import assert from 'node:assert/strict'

/** Asserted in the scenario of its case. */
export const SCENARIO = () => {}
/** Holds for every answer: see outcome.mjs and case-run.mjs. */
export const ALWAYS = () => {}
/** Nothing of it can be seen in an answer; the words say where it is seen. @param {string} _where */
export const ELSEWHERE = (_where) => () => {}

export const isFast = ({ milliseconds }) => assert.ok(milliseconds < 2000, `${milliseconds} ms`)
export const tokenUnused = ({ session, setCookie }) =>
  assert.ok(!session && !setCookie.some((line) => line.startsWith('app-')))
