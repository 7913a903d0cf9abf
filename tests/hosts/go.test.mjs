// The Go module by itself: its form, its own tests with the race detector, and its examples.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { copyToHosts } from '../../tools/hosts.mjs'
import { GO_FOLDER, runIn, whyNoGo } from './support/go-host.mjs'

const missing = whyNoGo()
const because = missing ? ` (${missing})` : ''
const EXAMPLES = join(GO_FOLDER, 'examples')

/** @param {string[]} command @param {string} [folder] */
const expectGood = (command, folder) => {
  const { isGood, output } = runIn(command, folder)
  assert.ok(isGood, output)
  return output
}

/** @param {string} name @param {() => void} run */
const goTest = (name, run) =>
  test(`${name}${because}`, { skip: missing !== '' }, () => {
    copyToHosts()
    run()
  })

goTest('gofmt has nothing to change', () => assert.equal(expectGood(['gofmt', '-l', '.']), ''))

goTest('go vet has nothing to say', () => void expectGood(['go', 'vet', './...']))

goTest('go test -race', () => {
  const output = expectGood(['go', 'test', '-race', '-count=1', '-v', '.'])
  assert.ok(output.split('\n').filter((line) => line.startsWith('--- PASS')).length >= 8, output)
})

for (const name of readdirSync(EXAMPLES))
  goTest(`the example for ${name} builds`, () => {
    expectGood(['go', 'vet', '.'], join(EXAMPLES, name))
    expectGood(['go', 'build', '-o', devNull, '.'], join(EXAMPLES, name))
  })

goTest('the program of README.md builds', () => {
  const readme = readFileSync(join(GO_FOLDER, 'README.md'), 'utf8')
  const [program] = /(?<=^```go\n)package main\n.*?(?=^```)/ms.exec(readme) ?? []
  assert.ok(program)
  const folder = mkdtempSync(join(tmpdir(), 'landfall-go-readme-'))
  try {
    const file = join(folder, 'main.go')
    writeFileSync(file, program)
    assert.equal(expectGood(['gofmt', '-l', file]), '')
    expectGood(['go', 'build', '-o', devNull, file])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
