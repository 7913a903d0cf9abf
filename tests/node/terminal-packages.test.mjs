// What the commands read of package.json: somebody else may have written it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findVersion, listPackages, readManifest } from '../../dist/terminal/packages.js'
import { Problem, readText } from '../../dist/terminal/read-text.js'
import { makeProject } from './support/init.mjs'

test('package.json is a JSON object, or it is not there', (t) => {
  assert.equal(readManifest(makeProject(t, {})), undefined)
  assert.deepEqual(readManifest(makeProject(t, { 'package.json': '\ufeff{"name":"app"}' })), { name: 'app' })
  for (const text of ['', '{', 'null', '7', '"{}"', '[]', '[{}]'])
    assert.throws(() => readManifest(makeProject(t, { 'package.json': text })), Problem, text)
})

test('packages of both kinds, and the range of the app where both name one', () => {
  const manifest = { dependencies: { next: '16', hono: '4' }, devDependencies: { next: '15', vite: '8' } }
  assert.deepEqual(listPackages(manifest), { next: '16', vite: '8', hono: '4' })
  for (const none of [undefined, null, 7, true, '', []])
    assert.deepEqual(listPackages({ dependencies: none, devDependencies: none }), {})
})

test('the version of the installed package, or else of its range: numbers alone', (t) => {
  const installed = (text) => makeProject(t, { 'node_modules/next/package.json': text })
  for (const [root, range, wanted] of [
    [installed('{"version":"16.4.3-canary.1"}'), '^15.0.0', '16.4.3'],
    [installed('{"version":16}'), '^15.0.0', '15.0.0'],
    [installed('{'), '~15.1', '15.1'],
    [makeProject(t, {}), 'workspace:*', ''],
    [makeProject(t, {}), { evil: 1 }, ''],
  ])
    assert.equal(findVersion(root, 'next', range), wanted)
})

test('a file of a million bytes is read, and no larger one', (t) => {
  const most = 2 ** 20
  const root = makeProject(t, { most: 'x'.repeat(most), more: 'x'.repeat(most + 1) })
  assert.equal(readText(`${root}/most`)?.length, most)
  assert.throws(() => readText(`${root}/more`), new Problem(`${root}/more has more than ${most} bytes`))
  assert.equal(readText(`${root}/none`), undefined)
  assert.throws(() => readText(root), new Problem(`${root} is no file`))
})
