// docs/elsewhere.md: each place has one of three verdicts, and the tests that a verdict names are about that place.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../tools/run.mjs'

const RUN_HERE = /^\[works, run here\]\(\.\.\/(tests\/(?:node|browser|runtimes)\/[\w-]+\.test\.mjs)\)$/
const UNTESTED = ['works by its documents', 'does not']

/** The words by which the tests of a place call it. */
const TESTED = {
  'React Native': 'React Native',
  Capacitor: 'Capacitor',
  Electron: 'Electron',
  'a page in Chromium before 114': 'a page of this version compiles no module of this size at once',
  'a page whose policy forbids WebAssembly': 'pages whose policy forbids it',
  'a server without WebCrypto': 'a server signs in at a real OpenID provider',
  'a service worker in front of your routes': 'checkServiceWorker',
  'AWS Lambda': 'AWS Lambda',
  'Lambda@Edge': 'lambda-edge',
  'Azure Functions': 'azure-functions',
}

const OTHERS = [
  'Tauri',
  'Flutter',
  'Android in Kotlin',
  'iOS in Swift',
  'routes inside of a service worker',
  'CloudFront Functions',
  'Netlify functions',
  'Netlify edge functions',
  'Fastly Compute (JavaScript)',
  'Akamai EdgeWorkers',
]

const page = readFileSync(join(root, 'docs/elsewhere.md'), 'utf8')
const table = /^\| place \|.*\n\|.*\n((?:\|.*\n)+)/m.exec(page)?.[1] ?? ''
const rows = table
  .trimEnd()
  .split('\n')
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )

test('the table has every place once', () => {
  const places = rows.map(([place]) => place)
  assert.deepEqual(places.toSorted(), [...Object.keys(TESTED), ...OTHERS].sort())
})

for (const [place, verdict, why, what] of rows)
  test(`${place}: ${verdict}`, () => {
    assert.ok(why && what, 'a cell is empty')
    const file = RUN_HERE.exec(verdict)?.[1]
    assert.equal(file !== undefined, place in TESTED)
    if (file === undefined) return assert.ok(UNTESTED.includes(verdict), verdict)
    assert.ok(existsSync(join(root, file)), file)
    assert.ok(readFileSync(join(root, file), 'utf8').includes(TESTED[place]), `${file} is not about it`)
  })
