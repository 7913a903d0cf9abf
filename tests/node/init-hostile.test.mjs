// `npx landfall init` in projects that somebody made to hurt, or that are no projects.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { HOSTILE } from './support/hostile-text.mjs'
import { hashTree, init, listNew, makeProject, manifest, SKELETONS } from './support/init.mjs'

const ALL = Object.values(HOSTILE).join('|').toWellFormed()
const EXPRESS = SKELETONS.Express.files
const NEXT = SKELETONS['Next.js'].files
/** What a person sees, in lines. */
const PLAIN = /^(?:[^\p{C}\p{Zl}\p{Zp}\p{DI}]|\n)*$/u

/** Runs init where it refuses, and looks that nothing is written. */
const refuses = async (root, message, ...args) => {
  const before = hashTree(root)
  const { code, stdout, stderr } = await init(root, '--yes', ...args)
  assert.deepEqual([code, hashTree(root)], [1, before], stdout + stderr)
  assert.match(stderr, message)
  assert.match(stderr, PLAIN)
}

test('package.json that is none', async (t) => {
  for (const [text, message] of [
    ['', /is no JSON object/],
    ['[]', /is no JSON object/],
    ['null', /is no JSON object/],
    ['"express"', /is no JSON object/],
    ['{"dependencies":', /is no JSON object/],
    [ALL, /is no JSON object/],
    [`{"x":"${'x'.repeat(1 << 20)}"}`, /has more than 1048576 bytes/],
  ])
    await refuses(makeProject(t, { 'package.json': text }), message)
  await refuses(makeProject(t, {}), /there is no package\.json/)
  await refuses(makeProject(t, { 'package.json/': '' }), /is no file/)
})

test('package.json with members of any kind: what is no list of packages names none', async (t) => {
  for (const dependencies of [null, [], 'express', 7, [['express']], { __proto__: { express: '5' } }]) {
    const files = { 'package.json': JSON.stringify({ dependencies, devDependencies: dependencies }) }
    const { code, stdout } = await init(makeProject(t, files), '--dry-run')
    assert.deepEqual(
      [code, stdout.split('\n')[0]],
      [0, 'Node without a framework, JavaScript, without Supabase'],
    )
  }
  for (const version of [null, {}, [], 5, ALL, 'latest', 'workspace:*', '', `${'9'.repeat(5000)}`]) {
    const { code, stdout, stderr } = await init(
      makeProject(t, { 'package.json': JSON.stringify({ dependencies: { express: version, [ALL]: ALL } }) }),
      '--dry-run',
    )
    assert.deepEqual([code, stderr], [0, ''], `${version}`)
    assert.match(stdout, /^Express(?: \d{1,4})?, JavaScript/)
    assert.match(stdout, PLAIN)
  }
  const bom = makeProject(t, { 'package.json': `\ufeff${manifest({ hono: '4' })}` })
  assert.match((await init(bom, '--dry-run')).stdout, /^Hono 4,/)
})

test('what a terminal obeys stands in no output: names of folders, of files, of arguments', async (t) => {
  const name = HOSTILE.colour + HOSTILE.bidi + HOSTILE.title.replace(/[\0/]/g, '')
  const root = makeProject(t, {
    [`${name}/package.json`]: '[]',
    ...NEXT,
    [`app/(${name})/auth/callback/route.ts`]: '',
  })
  await refuses(join(root, name), /is no JSON object/)
  const { stdout } = await init(root, '--dry-run')
  assert.match(stdout, /Next\.js answers \/auth\/callback with /)
  assert.match(stdout, PLAIN)
  for (const args of [['--provider', name], [name, name], [`--${name}`]]) {
    const { code, stderr } = await init(...args)
    assert.equal(code, 2)
    assert.match(stderr, PLAIN)
  }
})

test('nothing leaves the project by a link', async (t) => {
  const outside = mkdtempSync(join(tmpdir(), 'landfall-outside-'))
  t.after(() => rmSync(outside, { recursive: true }))
  writeFileSync(join(outside, 'rc'), 'mine\n')
  const before = hashTree(outside)
  for (const [files, link, target] of [
    [EXPRESS, 'lib', outside],
    [EXPRESS, '.env.example', join(outside, 'rc')],
    [{ 'package.json': NEXT['package.json'] }, 'app', outside],
    [NEXT, 'app/auth', outside],
    [EXPRESS, 'lib', '..'],
    // A sibling that begins with the same name is no part of it.
    [EXPRESS, 'lib', `${outside}-beside`],
  ]) {
    const root = makeProject(t, files)
    if (target.endsWith('-beside')) {
      mkdirSync(`${root}-beside`)
      t.after(() => rmSync(`${root}-beside`, { recursive: true }))
      symlinkSync(`${root}-beside`, join(root, link))
    } else symlinkSync(target, join(root, link))
    await refuses(root, /leads out of the project, to /)
  }
  assert.equal(hashTree(outside), before)

  const dangling = makeProject(t, EXPRESS)
  symlinkSync(join(outside, 'nothing'), join(dangling, 'lib'))
  await refuses(dangling, /ENOENT/)
  // A link within the project is the project's own business.
  const inside = makeProject(t, { ...EXPRESS, 'code/': '' })
  symlinkSync('code', join(inside, 'lib'))
  assert.equal((await init(inside, '--yes')).code, 0)
  assert.match(readFileSync(join(inside, 'code/auth.js'), 'utf8'), /createAuth/)
})

test('no device is read: a pipe, a folder where a file is, a file where a folder is', async (t) => {
  for (const name of ['package.json', 'tsconfig.json', '.env.example']) {
    const root = makeProject(t, name === 'package.json' ? {} : NEXT)
    assert.equal(spawnSync('mkfifo', [join(root, name)]).status, 0)
    await refuses(root, /is no file/)
  }
  await refuses(makeProject(t, { ...EXPRESS, lib: 'a file' }), /needs a folder where something else is/)
  const env = makeProject(t, EXPRESS)
  spawnSync('mkfifo', [join(env, '.env.local')])
  assert.equal((await init(env, '--dry-run')).code, 0)
  assert.match((await init('/dev/null')).stderr, /\/dev\/null is no folder/)
  assert.equal((await init(join(env, 'nowhere'))).code, 1)
})

test('a folder that nobody may read or write', {
  skip: process.getuid?.() === 0 && 'root may',
}, async (t) => {
  const root = makeProject(t, { ...EXPRESS, 'lib/': '' })
  for (const [path, mode] of [
    ['lib', 0o500],
    ['lib', 0],
    ['.', 0],
  ]) {
    chmodSync(join(root, path), mode)
    const { code, stderr } = await init(root, '--yes')
    chmodSync(join(root, path), 0o700)
    assert.equal(code, 1)
    assert.match(stderr, /EACCES/)
    assert.deepEqual(listNew(root, EXPRESS), [])
  }
})

test('the root of a monorepo, an old version, a framework without its folder', async (t) => {
  const next = NEXT['package.json']
  for (const [files, message] of [
    [{ 'package.json': manifest({}, { workspaces: ['apps/*'] }) }, /root of a monorepo/],
    [{ 'package.json': manifest({}, { workspaces: { packages: ['apps/*'] } }) }, /root of a monorepo/],
    [{ 'package.json': manifest({}, { workspaces: [] }) }, /root of a monorepo/],
    [{ 'package.json': '{}', 'pnpm-workspace.yaml': "packages:\n  - 'apps/*'\n" }, /root of a monorepo/],
    [
      { 'package.json': manifest({ next: '^13.5.0' }), 'app/page.js': '' },
      /Next\.js 13\.5\.0 is too old: .* 14 and newer/,
    ],
    [
      { 'package.json': manifest({ next: '13.5.0', express: '5.0.0' }), 'app/page.js': '' },
      /Next\.js 13\.5\.0 is too old/,
    ],
    [
      { 'package.json': manifest({ '@sveltejs/kit': '1.30.0' }), 'src/app.html': '' },
      /too old: .* 2 and newer/,
    ],
    [
      { 'package.json': next, 'pages/index.js': '' },
      /App Router\. It works beside the Pages Router: make a folder/,
    ],
    [{ 'package.json': manifest({ astro: '7.0.0' }) }, /this Astro app has no folder src\//],
  ])
    await refuses(makeProject(t, files), message)
  const app = makeProject(t, { 'package.json': manifest({ hono: '4' }, { workspaces: ['x'] }) })
  assert.equal((await init(app, '--dry-run')).code, 0)
})

test('tsconfig.json of any kind: an import is an alias that it names, or the way to the file', async (t) => {
  const route = 'src/app/auth/[...landfall]/route.ts'
  const importOf = async (tsconfig) => {
    const files = { 'package.json': NEXT['package.json'], 'src/app/page.tsx': '', 'tsconfig.json': tsconfig }
    const root = makeProject(t, files)
    const { code, stderr } = await init(root, '--yes')
    assert.deepEqual([code, stderr], [0, ''], tsconfig.slice(0, 80))
    return /{ auth } from '(.*)'/.exec(readFileSync(join(root, route), 'utf8'))[1]
  }
  const paths = (value, more = {}) => JSON.stringify({ compilerOptions: { paths: value, ...more } })
  for (const [tsconfig, wanted] of [
    [paths({ '@/*': ['./src/*'] }), '@/lib/auth'],
    [paths({ '@/*': ['src/*'] }, { baseUrl: '.' }), '@/lib/auth'],
    [paths({ '~/*': ['./*'] }), '~/src/lib/auth'],
    [
      '{ // one\n "compilerOptions": { /* two */ "paths": { "@/*": ["./src/*",], }, }, /* , */ }',
      '@/lib/auth',
    ],
    ['{"compilerOptions":{"paths":{"@/*":["./src/*"]},"x":"// no comment","y":"/*"}}', '@/lib/auth'],
  ])
    assert.equal(await importOf(tsconfig), wanted, tsconfig)
  for (const tsconfig of [
    '{}',
    '',
    'null',
    '7',
    '[]',
    ALL,
    '{"compilerOptions":null}',
    paths(null),
    paths([]),
    paths({ '@/*': [] }),
    paths({ '@/*': './src/*' }),
    paths({ '@/*': ['../src/*'] }),
    paths({ '@/*': ['./other/*'] }),
    paths({ '@/*': ['./src/*'] }, { baseUrl: './deep' }),
    paths({ "'+evil()+'/*": ['./src/*'] }),
    paths({ [`${HOSTILE.colour}/*`]: ['./src/*'] }),
    `{${'"\\"'.repeat(100_000)}`,
    `{${'/*'.repeat(300_000)}`,
  ])
    assert.equal(await importOf(tsconfig), '../../../lib/auth', tsconfig.slice(0, 80))
})

test('an alias is for a framework that follows it by itself', async (t) => {
  const paths = JSON.stringify({ compilerOptions: { paths: { '~/*': ['./app/*'], '#/*': ['./src/*'] } } })
  for (const name of ['React Router 8', 'SvelteKit 2', 'Astro']) {
    const { stdout } = await init(
      makeProject(t, { ...SKELETONS[name].files, 'tsconfig.json': paths }),
      '--dry-run',
    )
    const [, imported] = /import \{ auth \} from '(.*)'/.exec(stdout)
    assert.equal(/^\.{1,2}\//.test(imported), name !== 'Astro', imported)
  }
})
