// examples/README.md: a row for every example, and a command in it that exists.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../tools/run.mjs'
import { DEVICES, EXAMPLES } from '../runtimes/support/examples.mjs'

const folders = readdirSync(join(root, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
const table = readFileSync(join(root, 'examples/README.md'), 'utf8')
const rows = [...table.matchAll(/^\| \[([\w-]+)\]\(([\w-]+)\) \| (.+) \| (.+) \| `(.+)` \|$/gm)]

test('a row for every example, and no other', () => {
  assert.deepEqual(rows.map(([, name]) => name).sort(), folders.sort())
  for (const [row, name, link] of rows) assert.equal(link, name, row)
})

const scriptsOf = (name) =>
  JSON.parse(readFileSync(join(root, 'examples', name, 'package.json'), 'utf8')).scripts

test('the command of each is one that `npm run example` knows, that its folder has, or that builds its folder', () => {
  for (const [row, name, , , , command] of rows) {
    if (Object.hasOwn(EXAMPLES, name)) assert.equal(command, `npm run example -- ${name}`, row)
    else if (DEVICES.includes(name)) assert.ok(scriptsOf(name)[command.replace('npm run ', '')], row)
    else assert.match(command, new RegExp(`^cmake -S examples/${name} `), row)
  }
  for (const name of [...Object.keys(EXAMPLES), ...DEVICES]) assert.ok(folders.includes(name), name)
})

test('the README of each names its framework with the same version', () => {
  for (const [row, name, , framework] of rows) {
    const version = /\b([A-Z][\w.]*(?: [A-Z]\w+)? \d+)\b/.exec(framework)?.[1]
    if (!version) continue
    const [title] = readFileSync(join(root, 'examples', name, 'README.md'), 'utf8').split('\n')
    assert.ok(title.includes(version), row)
  }
})
