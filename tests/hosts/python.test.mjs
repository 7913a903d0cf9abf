// The Python package's own tests and checks, with its wheel installed.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { installPython, missingPython, PACKAGE, PYTHON, runPython } from './support/python-host.mjs'

/** What must succeed in the package's folder. @type {[string, string[]][]} */
const CHECKS = [
  ['its tests', ['pytest', '-q', '-p', 'no:cacheprovider', 'tests']],
  ['types', ['mypy']],
  ...['fastapi', 'flask'].map(
    (name) =>
      /** @type {[string, string[]]} */ ([
        `types of the example ${name}`,
        ['mypy', `examples/${name}/app.py`],
      ]),
  ),
  ['style', ['ruff', 'check', '--no-cache', '.']],
  ['format', ['ruff', 'format', '--no-cache', '--check', '.']],
]

const why = missingPython && ` (skipped: ${missingPython})`
describe(`hosts/python${why}`, { skip: missingPython !== '' }, () => {
  before(installPython)
  for (const [name, [module, ...args]] of CHECKS)
    test(name + why, () => {
      const { isGood, output } = runPython(PYTHON, ['-m', module, ...args], PACKAGE)
      assert.ok(isGood, output)
    })
})
