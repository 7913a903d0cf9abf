// The command `npx landfall doctor`: what it says to a person, at a terminal, and about mistakes in the command itself.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { findProgram } from '../browser/support/program.mjs'
import { CLI, doctor, run, startBehindProxy } from './support/doctor.mjs'

test('for a person: plain lines and no colours where it is no terminal; other paths are options', async (t) => {
  const paths = { signIn: '/in', callback: '/back', error: '/sorry' }
  const app = await startBehindProxy(t, {
    options: () => ({ paths }),
    request: (headers) => delete headers['sec-purpose'],
    // The page of a failed sign-in is one of the app's own.
    response: (answer, path) => (path === '/sorry' ? { ...answer, status: 200 } : answer),
  })
  const args = [`${app.origin}/some/page?x`, '--sign-in', '/in', '--callback', '/back', '--error', '/sorry']
  const { code, stdout, stderr } = await doctor(args)
  assert.deepEqual([code, stderr], [1, ''])
  assert.match(stdout, /^✓ http:\/\/127\.0\.0\.1:\d+ answers\n✓ On this machine, http is enough\n/)
  assert.match(stdout, /\n✗ A prefetch redeems nothing\n {4}A prefetch .*\n {4}→ Pass Sec-Purpose/)
  assert.match(stdout, /\n\nProblems: 1\.\n$/)
  assert.ok(!stdout.includes('\x1b'))
})

test('at a terminal: colours and a line that says what goes on, unless NO_COLOR is set', async (t) => {
  const app = await startBehindProxy(t)
  const command = `'${process.execPath}' '${CLI}' doctor ${app.origin}`
  const atTerminal = (env) => run(findProgram(['script']), ['-qec', command, '/dev/null'], env)
  const { stdout } = await atTerminal({})
  assert.ok(stdout.includes('\x1b[32m✓\x1b[0m'))
  assert.ok(stdout.includes(`asking ${app.host} …`))
  assert.match(stdout, /Nothing is wrong\./)
  const plain = await atTerminal({ NO_COLOR: '1' })
  assert.ok(!plain.stdout.includes('\x1b[32m'))
})

test('a mistake in the command: 2, said on stderr; help: 0, on stdout', async () => {
  const project = 'https://abcdefghijklmnopqrst.supabase.co'
  for (const [args, message] of [
    [['doctor'], 'the address is missing'],
    [['doctor', 'app.example'], 'app.example is no address'],
    [['doctor', 'http://'], 'http:// is no address'],
    [['doctor', 'ftp://app.example'], 'ftp://app.example is no address'],
    [['doctor', 'http://['], 'http://[ is no address'],
    [['doctor', 'http://a.example', 'http://b.example'], 'give only one address, not also http://b.example'],
    [['doctor', 'http://a.example', 'key', 'x'], 'give only one address, not also key'],
    [['doctor', 'http://a.example', '--keys', 'x'], '--keys is no option'],
    [['doctor', 'http://a.example', '--key'], '--key is no option, or its value is missing'],
    [['doctor', 'http://a.example', '--supabase-url', 'x'], 'x is no address'],
    [['doctor', 'http://a.example', '--callback', 'x'], '--callback is a path: x'],
    [['doctor', project], 'a Supabase project needs its key'],
    [['doctor', 'http://a.example', '--issuer', 'x'], 'x is no address'],
    [['doctor', 'http://a.example', '--issuer', 'http://op.example'], 'issuer` must be https'],
    [
      [
        'doctor',
        'http://a.example',
        '--issuer',
        'https://a.example',
        '--token-endpoint',
        'https://a.example',
      ],
      'give --issuer or --token-endpoint',
    ],
    [['docter', 'http://a.example'], 'docter is no command'],
    [['__proto__', 'http://a.example'], '__proto__ is no command'],
  ]) {
    const { code, stdout, stderr } = await run(process.execPath, [CLI, ...args])
    assert.deepEqual([code, stdout], [2, ''], args.join(' '))
    assert.ok(stderr.includes(message), stderr)
    assert.ok(stderr.includes('npx landfall doctor <url>'))
  }
  for (const [args, start] of [
    [[], /^npx landfall init \[folder\] .*\nnpx landfall doctor <url> /],
    [['--help'], /^npx landfall init \[folder\] .*\nnpx landfall doctor <url> /],
    [['doctor', '--help'], /^npx landfall doctor <url> \[options\]\n/],
    [['init', '--help'], /^npx landfall init \[folder\] \[options\]\n/],
  ]) {
    const { code, stdout, stderr } = await run(process.execPath, [CLI, ...args])
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, start)
  }
})

test('a provider, an issuer or a path that createAuth does not take: 2, before anybody is asked', async () => {
  const nobody = 'http://127.0.0.1:1'
  for (const [args, message] of [
    [['--provider', '\x1b[2Jevil', '--issuer', nobody], 'has a value that is not allowed'],
    [['--provider', '', '--issuer', nobody], 'has a value that is not allowed'],
    [['--provider', 'a/../b', '--token-endpoint', nobody], 'has a value that is not allowed'],
    [['--issuer', 'http://ada:hush@127.0.0.1:1/'], 'without user name'],
    [['--issuer', `${nobody}/x#y`], 'without user name and fragment'],
    [['--issuer', nobody, '--callback', '//evil.example/x'], '`paths.callback` has a value'],
  ]) {
    const { code, stdout, stderr } = await run(process.execPath, [CLI, 'doctor', nobody, ...args])
    assert.deepEqual([code, stdout], [2, ''], args.join(' '))
    assert.ok(stderr.startsWith('landfall doctor: createAuth: ') && stderr.includes(message), stderr)
    assert.ok(!stderr.includes('\x1b') && !stderr.includes('hush'), stderr)
  }
})

test('docs/doctor.md has its options and their defaults', async () => {
  const { code, stdout } = await run(process.execPath, [CLI, 'doctor', '--help'])
  assert.equal(code, 0)
  const page = readFileSync(new URL('../../docs/doctor.md', import.meta.url), 'utf8')
  const wanted = [...stdout.matchAll(/^ {2}(--[\w-]+)( <\w+>)? .*?(\S*)$/gm)]
  const described = [...page.matchAll(/^\| `(--[\w-]+)( <\w+>)?` \| .* \| `?(.*?)`? ?\|$/gm)]
  const names = (rows) => rows.map(([, name, value = '']) => name + value)
  assert.ok(wanted.length > 0)
  assert.deepEqual(names(described), names(wanted))
  for (const [index, [, name, value, fallback]] of wanted.entries())
    if (value) assert.equal(described[index][3], fallback, name)
})

test('docs/doctor.md has every check, and no other', () => {
  const folder = new URL('../../js-glue/doctor/', import.meta.url)
  const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'))
  const calls =
    /(?:findings\.(?:fine|wrong|unsure)\(|findings\.check\([\s\S]*?|check(?:Clock|Cache)\(\s*findings,)\s*'([\w-]+)',/g
  const told = sources.flatMap((text) => [...text.matchAll(calls)].map(([, id]) => id))
  const page = readFileSync(new URL('../../docs/doctor.md', import.meta.url), 'utf8')
  const [, list = ''] = /\n## What it checks\n(.*?)\n## /s.exec(page) ?? []
  const described = [...list.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, ids]) => ids.match(/[\w-]+/g))
  assert.ok(told.length > described.length)
  assert.deepEqual([...described, 'doctor'].sort(), [...new Set(told)].sort())
})
