// The cases of callback_cases.json that happen in a page, and the fields of `expect` that a page can observe.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

const FILE = new URL('../../vectors/callback_cases.json', import.meta.url)

export const CASES = JSON.parse(readFileSync(FILE, 'utf8')).cases.filter(({ side }) => side === 'browser')

/**
 * What a page can observe: `class` and `code` of what complete() gives, how many requests the token endpoint got, whether Supabase's
 * client finds a session, the names of what is kept of sign-ins, and the address that is left. It cannot observe what a server answers:
 * status, headers, Set-Cookie lines and events.
 */
const OBSERVED = ['class', 'code', 'tokenRequests', 'session', 'kept', 'address']

/** @param {Record<string, any>} outcome @param {Record<string, any>} expected */
export const checkCase = (outcome, expected) => {
  for (const [name, wanted] of Object.entries(expected)) {
    assert.ok(OBSERVED.includes(name), `a page cannot observe ${name}`)
    assert.deepEqual(outcome[name], wanted, name)
  }
}

/** Any one field changed has to fail. @param {Record<string, any>} outcome @param {Record<string, any>} expected */
export const checkThatItCanFail = (outcome, expected) => {
  for (const [name, wanted] of Object.entries(expected))
    assert.throws(() => checkCase(outcome, { ...expected, [name]: ['not', wanted] }), {
      message: new RegExp(name),
    })
  assert.throws(() => checkCase(outcome, { ...expected, status: 303 }), /cannot observe status/)
}
