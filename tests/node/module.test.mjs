// The file core.wasm, for whoever runs it without the package.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

test('the module imports nothing, and its memory is its own', () => {
  const module = new WebAssembly.Module(readFileSync(new URL('../../dist/core.wasm', import.meta.url)))
  assert.deepEqual(WebAssembly.Module.imports(module), [])
  const names = WebAssembly.Module.exports(module).map(({ name }) => name)
  for (const name of [
    'memory',
    '_initialize',
    'landfall_abi',
    'landfall_input',
    'landfall_handle',
    'landfall_wipe',
  ])
    assert.ok(names.includes(name), name)
})
