// `npx landfall init`: what it writes for each framework, and that it writes nothing else.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { findProgram } from '../browser/support/program.mjs'
import { CLI, run } from './support/doctor.mjs'
import { hashTree, init, listNew, makeProject, manifest, SKELETONS } from './support/init.mjs'

const SUPABASE = '@supabase/ssr'
const EXAMPLE = '.env.example'
const QUESTION = 'Write 3 files? [y/N] '
const TS = { 'tsconfig.json': '{}' }
const read = (root, path) => readFileSync(join(root, path), 'utf8')
/** Words of the templates that nobody may find in a file. */
const WORD = /\b(?:AUTH_MODULE|SIGN_IN_MODULE|ROUTE_FILE|PROVIDERS?|LINKS|VARIABLES|MODE)\b/

for (const [name, { files, js, ts, port }] of Object.entries(SKELETONS))
  for (const [language, wanted] of Object.entries({ js, ts }))
    for (const mode of ['direct', 'supabase'])
      test(`${name}, ${language}, ${mode}: its files; a second run changes nothing`, async (t) => {
        const all = { ...files, ...(language === 'ts' && TS) }
        const json = JSON.parse(all['package.json'])
        if (mode === 'supabase') json.dependencies[SUPABASE] = '^0.12.0'
        all['package.json'] = JSON.stringify(json)
        const root = makeProject(t, all)
        const before = hashTree(root)
        const dry = await init(root, '--dry-run', '--provider', 'github')
        assert.deepEqual([dry.code, dry.stderr, hashTree(root)], [0, '', before])
        assert.doesNotMatch(dry.stdout, /^Nothing is written|^Written|\n\n\n/m)

        const { code, stdout, stderr } = await init(root, '--yes', '--provider', 'github')
        assert.deepEqual([code, stderr], [0, ''])
        const written = listNew(root, all)
        assert.deepEqual(written, [EXAMPLE, ...wanted].sort())
        for (const path of written) {
          assert.doesNotMatch(read(root, path), WORD, path)
          assert.ok(stdout.includes(`+ ${path}\n`) && stdout.includes(`Written: ${path}\n`), path)
        }
        assert.doesNotMatch(stdout, WORD)
        assert.match(stdout, /\n\nWritten: [\s\S]*\n\nTo do:\n1\. /)
        const text = written.map((path) => read(root, path)).join('\n')
        assert.match(text, /auth\/sign-in\?provider=github"/)
        assert.equal(/SUPABASE_URL/.test(text), mode === 'supabase')
        assert.equal(/GITHUB_CLIENT_SECRET/.test(text), mode === 'direct')
        assert.ok(read(root, EXAMPLE).includes(`APP_ORIGIN=http://localhost:${port}\n`))
        const register = mode === 'direct' ? `/auth/callback/github\n` : '/auth/callback?**\n'
        assert.ok(stdout.includes(`http://localhost:${port}${register}`))
        assert.ok(stdout.includes(`npx landfall doctor http://localhost:${port} --provider github\n`))

        const after = hashTree(root)
        // Where there is nothing to write, nobody needs to say yes.
        const again = await init(root, '--provider', 'github')
        assert.deepEqual([again.code, again.stderr, hashTree(root)], [0, '', after])
        assert.doesNotMatch(again.stdout, /^[+!]|^Written|\n\n\n/m)
      })

test('a page of Vite: Supabase, and variables that the page may read', async (t) => {
  const files = { 'package.json': manifest({ vite: '^8.0.0' }), 'src/main.js': '' }
  const root = makeProject(t, files)
  assert.match((await init(root, '--yes', '--direct')).stderr, /signs in through Supabase only/)
  const { code, stdout } = await init(root, '--yes')
  assert.equal(code, 0)
  assert.deepEqual(listNew(root, files), [EXAMPLE, 'src/auth.js', 'src/sign-in.js'])
  assert.match(read(root, 'src/auth.js'), /VITE_SUPABASE_URL: url, VITE_SUPABASE_ANON_KEY: key/)
  assert.match(read(root, 'src/sign-in.js'), /provider = 'bitbucket'/)
  assert.match(stdout, /npm install landfall @supabase\/supabase-js\n/)
  assert.match(stdout, / {4}import \{ completeSignIn \} from '\.\/sign-in'\n/)
})

test('a file that is there stays, and the output has what it needs', async (t) => {
  const own = '// mine\r\nexport const auth = 1\r\n'
  const files = {
    'package.json': manifest({ '@sveltejs/kit': '^2.0.0' }),
    'src/lib/server/auth.ts': own,
    'src/hooks.server.js': own,
    'src/lib/SignIn.svelte': own,
    '.env.example': 'A=1\r\nAPP_ORIGIN=https://mine.example',
    ...TS,
  }
  const root = makeProject(t, files)
  const { code, stdout } = await init(root, '--yes', '--provider', 'github')
  assert.equal(code, 0)
  for (const path of ['src/lib/server/auth.ts', 'src/hooks.server.js', 'src/lib/SignIn.svelte']) {
    assert.equal(read(root, path), own)
    assert.ok(stdout.includes(`! ${path} is there, and stays as it is.`), path)
  }
  assert.match(stdout, / {4}export const handle = authHandle\(auth\)/)
  assert.deepEqual(listNew(root, files), [])
  const example = read(root, EXAMPLE)
  assert.ok(example.startsWith(`${files['.env.example']}\r\n# the output of`), example)
  assert.ok(example.endsWith('\r\nGITHUB_CLIENT_SECRET=\r\n') && !/[^\r]\n/.test(example))
  assert.equal(example.match(/APP_ORIGIN/g).length, 1)
})

test('a file of another kind is no file that is there', async (t) => {
  const files = {
    'package.json': manifest({ '@sveltejs/kit': '^2.0.0' }),
    'src/lib/server/auth.json': '{}',
    'src/lib/SignIn.js': '',
  }
  const root = makeProject(t, files)
  assert.equal((await init(root, '--yes')).code, 0)
  const written = listNew(root, files)
  for (const path of ['src/lib/server/auth.js', 'src/lib/SignIn.svelte'])
    assert.ok(written.includes(path), path)
})

test('.env.example goes on in a line of its own', async (t) => {
  for (const [before, start] of [
    ['', ''],
    ['A=1', 'A=1\n'],
    ['A=1\n', 'A=1\n'],
  ]) {
    const root = makeProject(t, { ...SKELETONS.Express.files, [EXAMPLE]: before })
    assert.equal((await init(root, '--yes')).code, 0)
    const after = read(root, EXAMPLE)
    assert.ok(after.startsWith(`${start}# the address at which people open the app\n`), before)
    assert.match(
      after,
      /\nAUTH_SECRET=\n# the app at Bitbucket\nBITBUCKET_CLIENT_ID=\nBITBUCKET_CLIENT_SECRET=\n$/,
    )
  }
})

test('what is left to do, in its order', async (t) => {
  const { stdout } = await init(makeProject(t, SKELETONS.Express.files), '--dry-run', '--provider', 'github')
  const [, toDo] = stdout.split('\nTo do:\n')
  const items = toDo.split('\n').filter((line) => /^\d/.test(line))
  assert.deepEqual(items, [
    '1. Add the package:',
    '2. Add this where your app is made, before its own routes:',
    '3. Put your settings into .env: .env.example has their names.',
    '4. Node reads .env only if you ask it to: node --env-file=.env <your program>',
    '5. Register the app at GitHub. The redirect URI is http://localhost:3000/auth/callback/github',
    '6. Start the app, and check it:',
  ])
})

test('React Router: routes that follow the files need no line more', async (t) => {
  const toDo = async (more) => {
    const files = { 'package.json': manifest({ '@react-router/dev': '8', ...more }), 'app/root.jsx': '' }
    return (await init(makeProject(t, files), '--dry-run')).stdout.split('\nTo do:\n')[1]
  }
  assert.match(await toDo({}), /in app\/routes\.ts, to the list/)
  assert.doesNotMatch(await toDo({ '@react-router/fs-routes': '8' }), /routes\.ts/)
})

test('TypeScript by its package, unless the project says that it is JavaScript', async (t) => {
  const files = { 'package.json': manifest({ express: '5', typescript: '5' }) }
  const languageOf = async (more) => (await init(makeProject(t, { ...files, ...more }), '--dry-run')).stdout
  assert.match(await languageOf({}), /^Express 5, TypeScript,/)
  assert.match(await languageOf({ 'jsconfig.json': '{}' }), /^Express 5, JavaScript,/)
  assert.match(await languageOf({ 'jsconfig.json': '{}', ...TS }), /^Express 5, TypeScript,/)
})

test('without --yes, and where nobody can answer, nothing is written', async (t) => {
  const root = makeProject(t, SKELETONS.Express.files)
  const before = hashTree(root)
  const { code, stdout } = await init(root)
  assert.equal(code, 1)
  assert.match(stdout, /\nNothing is written: nobody can answer here\. Add --yes to write\.\n$/)
  const piped = spawnSync(process.execPath, [CLI, 'init', root], { input: 'y\n', encoding: 'utf8' })
  assert.equal(piped.status, 1)
  assert.equal(hashTree(root), before)
})

/**
 * What init says at a terminal to a person who waits for the question. The terminal stays open: the program ends by itself.
 * @param {string} root
 * @param {string} answer
 * @param {() => void} [meanwhile] what happens while the person thinks about it
 */
const atTerminal = async (root, answer, meanwhile = () => {}) => {
  const command = `'${process.execPath}' '${CLI}' init '${root}'`
  const child = spawn(findProgram(['script']), ['-qec', command, '/dev/null'])
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    const isAsked = stdout.includes(QUESTION)
    stdout += text
    if (isAsked || !stdout.includes(QUESTION)) return
    meanwhile()
    child.stdin.write(answer)
  })
  await once(child, 'close')
  return stdout
}

test('at a terminal it asks, and only yes is yes', async (t) => {
  for (const answer of ['n\n', '\n', 'yesterday\n', '\x04']) {
    const root = makeProject(t, SKELETONS.Express.files)
    const before = hashTree(root)
    const stdout = await atTerminal(root, answer)
    assert.ok(stdout.includes(QUESTION))
    assert.match(stdout, /Nothing is written\./, answer)
    assert.equal(hashTree(root), before, answer)
  }
  const root = makeProject(t, SKELETONS.Express.files)
  assert.match(await atTerminal(root, 'y\n'), /Written: lib\/auth\.js/)
  assert.match(read(root, 'lib/auth.js'), /createAuth/)
})

test('a link that comes while the question waits leads nowhere', async (t) => {
  const outside = makeProject(t, { rc: 'mine' })
  const before = hashTree(outside)
  for (const [path, target] of [
    ['lib', outside],
    [EXAMPLE, join(outside, 'rc')],
  ]) {
    const root = makeProject(t, { ...SKELETONS.Express.files, [EXAMPLE]: 'A=1\n' })
    const stdout = await atTerminal(root, 'y\n', () => {
      rmSync(join(root, path), { force: true })
      symlinkSync(target, join(root, path))
    })
    assert.match(stdout, /leads out of the project, to /)
    assert.equal(hashTree(outside), before, path)
  }
})

test('CommonJS gets CommonJS, and it runs', async (t) => {
  const module = makeProject(t, { 'package.json': manifest({ express: '4.21.0' }, { type: 'module' }) })
  assert.match((await init(module, '--dry-run')).stdout, / {4}import \{ auth \} from '\.\/lib\/auth\.js'\n/)
  const root = makeProject(t, { 'package.json': manifest({ express: '4.21.0' }) })
  const { stdout } = await init(root, '--yes', '--provider', 'github')
  assert.match(stdout, / {4}const \{ auth \} = require\('\.\/lib\/auth\.js'\)\n/)
  writeFileSync(
    join(root, 'run.js'),
    `const load = require('node:module')._load
require('node:module')._load = (name, ...rest) =>
  load(name === 'landfall' ? ${JSON.stringify(join(CLI, '../index.cjs'))} : name, ...rest)
const { auth } = require('./lib/auth.js')
console.log(JSON.stringify(auth.check().map(({ variable }) => variable)), require('./lib/sign-in.js').signIn.length > 0)`,
  )
  const ran = await run(process.execPath, [join(root, 'run.js')])
  assert.equal(
    ran.stdout,
    '["AUTH_SECRET","APP_ORIGIN","GITHUB_CLIENT_ID","GITHUB_CLIENT_SECRET"] true\n',
    ran.stderr,
  )
})
