// Every host of this repository, compared with the product's own Node handler, entry by entry.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { differences, drive, ENTRIES, REFERENCE } from './drive.mjs'
import { makeAbiHost } from './support/abi-host.mjs'
import { makeGoHost, whyNoGo } from './support/go-host.mjs'
import { makeJvmHost, whyNoJvm } from './support/jvm-host.mjs'
import { makePythonHost, missingPython } from './support/python-host.mjs'
import { makeRustHost, whyNoRust, whyNoWasmtime } from './support/rust-host.mjs'

/** @typedef {{ command: string[], remove?(): void }} Program */

/** How to get the program of each host. @type {Record<string, () => Program | Promise<Program>>} */
const HOSTS = {
  'the reference itself': () => ({ command: REFERENCE }),
  'the host of docs/abi.md': () => makeAbiHost(),
}

/** The same for hosts in other languages; `missing` says why there is none on this machine. @type {Record<string, { make(): Program, missing: string }>} */
const OTHERS = {
  'hosts/go': { make: makeGoHost, missing: whyNoGo() },
  'hosts/jvm': { make: makeJvmHost, missing: whyNoJvm() },
  'hosts/python with ASGI': { make: () => makePythonHost('asgi'), missing: missingPython },
  'hosts/python with WSGI': { make: () => makePythonHost('wsgi'), missing: missingPython },
  'hosts/rust': { make: () => makeRustHost('wasmi'), missing: whyNoRust() },
  'hosts/rust with wasmtime': { make: () => makeRustHost('wasmtime'), missing: whyNoWasmtime() },
}
for (const [name, { make, missing }] of Object.entries(OTHERS))
  if (missing) test(`${name}: ${missing}`, { skip: true })
  else HOSTS[name] = make

/** Faults of a host, each a change of the one in docs/abi.md, with entries that show it. @type {[string, string, string[]][]} */
const FAULTS = [
  ["redirect: 'manual'", "redirect: 'follow'", ['hostile token endpoints: redirect-302']],
  ["name === 'cookie' ? '; ' : ', '", "', '", ['OAuth 2.0: two cookie headers']],
  [']?.join(', ']?.slice(0, 1).join(', ['forwarded headers: a header that comes twice']],
  ["{ failure: 'too_large' }", '{}', ['hostile token endpoints: one-byte-too-large']],
  ["isGood ? '1' : '0'", "'1'", ['OpenID Connect: a signature by another key']],
  ["sign('sha256'", "sign('sha512'", ['signed client secrets: the same secret again']],
  ["namedCurve !== 'prime256v1'", 'namedCurve === 1', ['signed client secrets: signed-with-secp256k1']],
  ["if (next === '/refused')", 'if (false)', ['OAuth 2.0: an app that refuses the person']],
  ["step.parameter !== 'redirect'", 'true', ['OAuth 2.0: an app that sends the person astray']],
  ['JSON.parse(current).provider', "''", ['sessions: somebody who links an account']],
  ['(old.again || !again)', 'true', ['logout tokens: a key that the provider does not have']],
  ['subarray(0, max + 1)', 'subarray(0, max)', ['OAuth 2.0: a form that is none']],
]

/** @param {string} code */
const breakIt = (code) =>
  FAULTS.reduce((broken, [right, wrong]) => {
    assert.ok(broken.includes(right), right)
    return broken.replace(right, wrong)
  }, code)

/** @type {Map<string, Promise<Map<string, object>>>} */
const driven = new Map()
/** @type {Program[]} */
const programs = []
/** @param {string} name @param {Program} program */
const start = (name, program) => {
  programs.push(program)
  driven.set(name, drive(program.command))
}
before(async () => {
  const faulty = makeAbiHost(breakIt)
  start('reference', { command: REFERENCE })
  for (const [name, getProgram] of Object.entries(HOSTS)) start(name, await getProgram())
  start('faults', faulty)
  await Promise.all(driven.values())
})
after(() => {
  for (const { remove } of programs) remove?.()
})

for (const name of Object.keys(HOSTS))
  describe(name, () => {
    for (const entry of ENTRIES)
      test(entry, async () => {
        const [wanted, got] = await Promise.all([driven.get('reference'), driven.get(name)])
        assert.deepEqual(differences(wanted.get(entry), got.get(entry)), [])
        assert.ok(!('failed' in got.get(entry).found), 'the entry ran to its end')
      })
  })

describe('a host with faults', () => {
  for (const [right, wrong, entries] of FAULTS)
    test(`${right} → ${wrong}`, async () => {
      const [wanted, got] = await Promise.all([driven.get('reference'), driven.get('faults')])
      for (const entry of entries)
        assert.notDeepEqual(differences(wanted.get(entry), got.get(entry)), [], entry)
    })
})
