// npx landfall doctor in the folder of a project: a package that does not read what Landfall writes.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { diagnose, startBehindProxy } from './support/doctor.mjs'

const SSR = '@supabase/ssr'
const named = (range) => JSON.stringify({ dependencies: { [SSR]: range } })

/** A folder with these files. @param {import('node:test').TestContext} t @param {Record<string, string>} files */
const makeFolder = (t, files) => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-project-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}
const INSTALLED = `node_modules/${SSR}/package.json`

/** Each project, and the version that the finding names; undefined for no finding. @type {Record<string, [Record<string, string>, string?]>} */
const PROJECTS = {
  'a range before 0.4': [{ 'package.json': named('^0.3.0') }, '0.3.0'],
  'a short range': [{ 'package.json': named('~0.1') }, '0.1'],
  'an installed one before 0.4': [
    { 'package.json': named('latest'), [INSTALLED]: '{"version":"0.0.10"}' },
    '0.0.10',
  ],
  'a development package': [
    { 'package.json': JSON.stringify({ devDependencies: { [SSR]: '0.3.0' } }) },
    '0.3.0',
  ],
  'an old range, and a new one installed': [
    { 'package.json': named('>=0.3.0'), [INSTALLED]: '{"version":"0.5.2"}' },
  ],
  0.4: [{ 'package.json': named('0.4.0') }],
  '0.10, which is newer': [{ 'package.json': named('^0.10.0') }],
  '1.0': [{ 'package.json': named('1.0.0') }],
  'a range without numbers': [{ 'package.json': named('workspace:*') }],
  'a project without it': [{ 'package.json': '{}' }],
  'no project': [{}],
  'installed, and not named': [{ 'package.json': '{}', [INSTALLED]: '{"version":"0.3.0"}' }],
  'no JSON': [{ 'package.json': '{' }],
  'JSON of another type': [{ 'package.json': '[]' }],
  'packages of another type': [{ 'package.json': '{"dependencies":"@supabase/ssr","devDependencies":7}' }],
  'a range of another type': [{ 'package.json': named({ a: 1 }) }],
  'an installed one that is hostile': [
    { 'package.json': named('0.3.0'), [INSTALLED]: '{"version":"0.2.1\\u001b[31m; rm -rf"}' },
    '0.2.1',
  ],
  'a file that is too large': [{ 'package.json': `${named('0.3.0')}${' '.repeat(1 << 20)}` }],
}

for (const [name, [files, version]] of Object.entries(PROJECTS))
  test(`${name}: ${version ? 'unsure' : 'no finding'}`, async (t) => {
    const app = await startBehindProxy(t)
    const { code, byId, wrong } = await diagnose([app.origin], {}, makeFolder(t, files))
    assert.deepEqual([code, wrong, byId.doctor, byId.ssr?.result], [0, [], undefined, version && 'unsure'])
    if (!version) return
    assert.equal(byId.ssr.title, `${SSR} ${version} finds the session that Landfall writes`)
    assert.match(byId.ssr.detail, /Set supabase\.cookies\.format: 'raw', or update @supabase\/ssr\.$/)
  })

test('a package.json that is a device or a folder: no finding, and no waiting', async (t) => {
  const app = await startBehindProxy(t)
  const folder = makeFolder(t, { 'package.json/file': '' })
  const device = makeFolder(t, {})
  symlinkSync('/dev/zero', join(device, 'package.json'))
  for (const one of [folder, device]) {
    const { code, byId } = await diagnose([app.origin], {}, one)
    assert.deepEqual([code, byId.ssr, byId.doctor], [0, undefined, undefined])
  }
})
