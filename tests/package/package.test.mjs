// The package as people get it: imported, compiled against, weighed.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { TEXTS } from '../../tools/inline.mjs'
import MOST_BYTES from './most-bytes.mjs'
import { installPacked, root } from './packed.mjs'

const within = (folder, names) => names.map((name) => `${folder}/${name}`)
/** Entries, then what they are made of. */
const MODULES = [
  ...[
    'index',
    'index-node',
    'workerd',
    'edge-light',
    'url',
    'plain',
    'plain-browser',
    'slim',
    'node',
    'next',
    'sveltekit',
    'browser',
    'testing',
    'cli',
  ],
  ...[
    'app',
    'arguments',
    'base64url',
    'body',
    'check-next',
    'config',
    'core',
    'entropy',
    'error',
    'events',
    'exchange',
    'flow',
    'inlined',
    'keeper',
    'kept-results',
    'renew-once',
  ],
  ...[
    'loopback',
    'message',
    'module',
    'request',
    'sign',
    'step',
    'transport',
    'verify',
    'when-used',
    'within',
  ],
  ...within('browser', ['address', 'announce', 'auth', 'cookies', 'module', 'session', 'sign-in']),
  ...within('browser', ['app-storage', 'stored-value', 'with-module']),
  ...within('doctor', ['address', 'app', 'arguments', 'ask', 'callback', 'client', 'clock', 'command']),
  ...within('doctor', ['cookies', 'findings', 'key-set', 'landfall', 'packages', 'place', 'policy']),
  ...within('doctor', ['project', 'provider']),
  ...within('doctor', [
    'provider-return',
    'redirect-uri',
    'redirect-urls',
    'row',
    'secret-key',
    'sign-in',
    'silence',
  ]),
  ...within('doctor', ['supabase-sign-in']),
  ...within('generated', [
    'abi',
    'browser-plain',
    'browser-text',
    'core-base64',
    'core-plain',
    'core-text',
    'errors',
    'limits',
    'response-parameters',
    'sentences',
  ]),
  ...within('generated', ['providers']),
  ...within('generated/messages', [
    'access-token',
    'body',
    'fail',
    'failure',
    'fetch',
    'logout',
    'operation',
  ]),
  ...within('generated/messages', ['problem', 'revoked']),
  ...within('generated/messages', ['ready', 'refused', 'request', 'request-header', 'respond', 'route']),
  ...within('generated/messages', [
    'session',
    'sign',
    'sign-out',
    'start',
    'started',
    'step',
    'stored-session',
  ]),
  ...within('generated/messages', ['verify']),
  ...within('init', [
    'arguments',
    'command',
    'files',
    'frameworks',
    'plan',
    'project',
    'providers',
    'routes',
  ]),
  ...within('init', ['settings', 'template', 'todo', 'tsconfig']),
  ...within('next', ['absolute', 'cookies', 'handlers', 'session', 'sign-in']),
  ...within('node', ['handler', 'module', 'request', 'response', 'session']),
  ...within('server', ['app', 'auth', 'handler', 'handlers', 'hook-result']),
  ...within('server', ['reply', 'take-auth', 'with-module']),
  ...within('sveltekit', ['handle']),
  ...within('testing', ['storage-state']),
  ...within('terminal', ['clean', 'packages', 'read-text', 'slips', 'usage']),
]
/** The files that `npx landfall init` writes. */
const TEMPLATES = readdirSync(join(root, 'js-glue/init/templates'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(relative(join(root, 'js-glue'), parentPath), name))
/** For hosts in other languages. npm 9.2 and 10.0 pack a folder's README with any file of it, so it is in `files` for every npm. */
const BOUNDARY = [
  'docs/README.md',
  'docs/abi.md',
  ...['messages', 'errors', 'next'].map((name) => `dist/${name}.json`),
]
/** What is types alone. */
const TYPES = ['browser/types', 'event', 'generated/options', 'session', 'signature', 'types']
const FILES = [
  ...BOUNDARY,
  ...['LICENSE', 'README.md', 'package.json', 'dist/core.wasm', 'dist/browser.wasm', 'dist/landfall.iife.js'],
  ...TYPES.map((name) => `dist/${name}.d.ts`),
  ...['index', 'node', 'next', 'sveltekit', 'browser', 'testing'].flatMap((name) => [
    `dist/${name}.cjs`,
    `dist/${name}.d.cts`,
  ]),
  ...MODULES.flatMap((name) => [`dist/${name}.js`, `dist/${name}.d.ts`]),
  ...TEMPLATES.map((name) => `dist/${name}`),
].sort()
const EXPORTS = [
  ...['_initialize', 'landfall_abi', 'landfall_handle', 'landfall_input', 'landfall_wipe', 'memory'],
].sort()

const here = new URL('.', import.meta.url)
let packed
let project
let installed
before(async () => {
  packed = await installPacked()
  project = packed.folder
  installed = join(project, 'node_modules/landfall')
})
after(() => packed?.remove())
const read = (name, encoding) => readFileSync(join(installed, name), encoding)

test('the files, and no others', () => {
  assert.deepEqual(packed.files.sort(), FILES)
})

test('a host in another language finds what it needs by name', async () => {
  const program = join(project, 'host.cjs')
  writeFileSync(
    program,
    `const { readFileSync } = require('node:fs')
const { messages, abi, limits } = require('landfall/messages.json')
const errors = require('landfall/errors.json')
const next = require('landfall/next.json')
const page = readFileSync(require.resolve('landfall/abi.md'), 'utf8')
console.log(JSON.stringify([messages.OPERATION[0], abi, limits.entropy_bytes, errors[0].code, next.cases.length, page.split('\\n')[0]]))`,
  )
  const { count } = JSON.parse(readFileSync(join(root, 'tests/vectors/next.json'), 'utf8'))
  const said = JSON.parse(await packed.run(process.execPath, [program]))
  assert.deepEqual(said, ['configure', 12, 96, 'config_invalid', count, "# The module's interface"])
})

test('no dependencies: node_modules holds this package alone', () => {
  const manifest = JSON.parse(read('package.json', 'utf8'))
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies']) {
    assert.equal(manifest[kind], undefined, kind)
  }
  const names = readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'))
  assert.deepEqual(names, ['landfall'])
})

test('no script runs when it is installed', () => {
  const { scripts } = JSON.parse(read('package.json', 'utf8'))
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare'])
    assert.equal(scripts[name], undefined, name)
})

test('every entry of exports is a file of the package', () => {
  const targets = (value) => (typeof value === 'string' ? [value] : Object.values(value).flatMap(targets))
  const manifest = JSON.parse(read('package.json', 'utf8'))
  for (const target of [...targets(manifest.exports), manifest.types]) {
    assert.ok(FILES.includes(target.replace(/^\.\//, '')), target)
  }
})

test('createAuth, start and checkNext work in a process of their own', async () => {
  const program = join(project, 'app.mjs')
  writeFileSync(
    program,
    `import { checkNext, createAuth, ERRORS, LandfallError } from 'landfall'
const auth = createAuth({
  providers: { bitbucket: { clientId: 'id', clientSecret: 'secret' } },
  secret: 'x'.repeat(32),
  origin: 'https://app.example',
})
const { url, setCookie } = auth.start({ provider: 'bitbucket', next: '/welcome' })
const handled = await auth.handle(new Request('https://app.example/auth/callback/bitbucket'))
let thrown
try { createAuth({ provider: {} }) } catch (error) { thrown = error }
console.log(JSON.stringify({
  host: new URL(url).host,
  method: new URL(url).searchParams.get('code_challenge_method'),
  cookies: setCookie.length,
  handled: [handled.status, handled.headers.get('location')],
  other: auth.handle(new Request('https://app.example/')) ?? null,
  next: [checkNext('/a b'), checkNext('//evil.example')],
  thrown: [thrown instanceof LandfallError, thrown.code, Object.hasOwn(ERRORS, thrown.code)],
}))`,
  )
  assert.deepEqual(JSON.parse(await packed.run(process.execPath, [program])), {
    host: 'bitbucket.org',
    method: 'S256',
    cookies: 1,
    handled: [303, '/auth/auth-code-error?error=response_missing#'],
    other: null,
    next: ['/a%20b', null],
    thrown: [true, 'config_invalid', true],
  })
})

test('createBrowserAuth: required and imported where there is no page, it does nothing before it is used', async () => {
  const use = `const options = { supabase: { url: 'https://abcd.supabase.co', key: 'key' } }
const auth = createBrowserAuth(options)
auth.complete().catch(({ code, message }) => console.log(JSON.stringify([code, message, checkNext('/a b')])))`
  const message =
    'landfall: createBrowserAuth: there is no page here that could sign in; on a server, use createAuth of `landfall`, ' +
    'and in an app without a page, set `supabase.storage` to the storage of its client.'
  for (const [file, load] of [
    ['page.mjs', "import { checkNext, createBrowserAuth } from 'landfall/browser'"],
    ['page.cjs', "const { checkNext, createBrowserAuth } = require('landfall/browser')"],
  ]) {
    const program = join(project, file)
    writeFileSync(program, `${load}\n${use}`)
    const said = JSON.parse(await packed.run(process.execPath, [program]))
    assert.deepEqual(said, ['config_invalid', message, '/a%20b'], file)
  }
})

test('authHandle: required and imported', async () => {
  const use = 'console.log(typeof authHandle)'
  for (const [file, load] of [
    ['hooks.mjs', "import { authHandle } from 'landfall/sveltekit'"],
    ['hooks.cjs', "const { authHandle } = require('landfall/sveltekit')"],
  ]) {
    const program = join(project, file)
    writeFileSync(program, `${load}\n${use}`)
    assert.equal(await packed.run(process.execPath, [program]), 'function\n', file)
  }
})

test('core.wasm: zero imports, the six exports, and the same bytes as the inlined one', async () => {
  const bytes = read('dist/core.wasm')
  const module = new WebAssembly.Module(bytes)
  assert.deepEqual(WebAssembly.Module.imports(module), [])
  const names = WebAssembly.Module.exports(module).map(({ name }) => name)
  assert.deepEqual(names.sort(), EXPORTS)
  for (const [file, name] of [
    ['module.js', 'core-text.js'],
    ['node/module.js', 'core-base64.js'],
  ]) {
    const { getModule } = await import(join(installed, 'dist', file))
    const inlined = await import(join(installed, 'dist/generated', name))
    assert.equal(inlined.default, TEXTS[name](bytes))
    assert.deepEqual(WebAssembly.Module.exports(getModule()), WebAssembly.Module.exports(module))
  }
})

for (const name of /** @type {const} */ (['core', 'browser'])) {
  const most = MOST_BYTES[name]
  test(`${name}.wasm is at most ${most} bytes as brotli`, () => {
    const bytes = read(`dist/${name}.wasm`)
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
    const size = brotliCompressSync(bytes, { params }).length
    assert.ok(size <= most, `${size} bytes`)
  })
}

test('the module for pages seals no sessions', () => {
  // The purpose of a key, and the constants of ChaCha20.
  for (const text of ['landfall session 1', 'expand 32']) {
    const has = (file) => read(file).includes(text)
    assert.deepEqual([has('dist/core.wasm'), has('dist/browser.wasm')], [true, false])
  }
})

/** Compiles a consumer in a strict project; answers what tsc complains about. @param {string} file @param {object} options */
const compile = async (file, options) => {
  writeFileSync(join(project, file), readFileSync(fileURLToPath(new URL(file, here))))
  const compilerOptions = {
    ...options,
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
  }
  const config = join(project, 'tsconfig.json')
  writeFileSync(config, JSON.stringify({ compilerOptions, files: [file] }))
  return packed.run(join(root, 'node_modules/.bin/tsc'), ['-p', config]).catch((error) => error.stdout)
}

const RESOLUTIONS = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
}
for (const [name, options] of Object.entries(RESOLUTIONS)) {
  test(`the declarations compile in a strict project, ${name} resolution, without skipLibCheck`, async () => {
    const strict = { ...options, types: [], skipLibCheck: false }
    for (const consumer of ['consumer.ts', 'types-consumer.ts'])
      assert.equal(await compile(consumer, strict), '', consumer)
  })
}

test('what toNodeHandler makes fits the servers of @types/node', async () => {
  const node = { types: ['node'], typeRoots: [join(root, 'node_modules/@types')], skipLibCheck: true }
  assert.equal(await compile('node-consumer.ts', { ...RESOLUTIONS.nodenext, ...node }), '')
})

test('the declarations use no WebAssembly types: not every project has them', () => {
  const declarations = FILES.filter((name) => name.endsWith('.d.ts'))
  assert.equal(declarations.length, MODULES.length + TYPES.length)
  for (const name of declarations) {
    const code = read(name, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
    assert.doesNotMatch(code, /WebAssembly/, name)
  }
})

test('no public type is `any`', () => {
  const code = (file) => read(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  const names = [
    'index',
    'browser',
    'node',
    'next',
    'sveltekit',
    'testing',
    'url',
    'slim',
    'plain',
    'plain-browser',
  ]
  const files = new Set(names.map((name) => `dist/${name}.d.ts`))
  // A set goes on with what is added on the way.
  for (const file of files)
    for (const [, name] of code(file).matchAll(/(?:\bfrom |\bimport\()['"](\.[^'"]+)\.js['"]/g))
      files.add(join(file, '..', `${name}.d.ts`))
  assert.ok(files.has('dist/types.d.ts') && files.has('dist/session.d.ts'))
  const wrong = [...files].filter((file) => /(?<!['"\w])any(?!['"\w])/.test(code(file)))
  assert.deepEqual(wrong, [])
})

test('nothing tells where the package was built', () => {
  const folders = /\/(home|Users|root|tmp|usr|opt|build)\/\w/
  for (const name of FILES) {
    const text = read(name, 'latin1')
    assert.ok(!text.includes(`${root}/`) && !text.includes(root.replaceAll('/', '\\')), name)
    if (name.startsWith('dist/') && !/(?:core|browser)-text\.js$|\.cjs$|iife\.js$/.test(name))
      assert.doesNotMatch(text.replace(/^#!.*/, ''), folders, name)
  }
})
