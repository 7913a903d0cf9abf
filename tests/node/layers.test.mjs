// The shape of the source: layers, sizes, and who may name which library.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** From top to bottom: a file includes from its own layer and from those below. */
const LAYERS = ['abi', 'codec', 'flow', 'pages', 'rules', 'web', 'json', 'base']
const MAX_LINES = 250

/** @param {string} file */
const read = (file) => readFileSync(join(ROOT, file), 'utf8')

/** @param {string} folder @param {RegExp} pattern @returns {string[]} */
const find = (folder, pattern) =>
  readdirSync(join(ROOT, folder), { recursive: true })
    .map((file) => join(folder, String(file)))
    .filter((file) => pattern.test(file) && statSync(join(ROOT, file)).isFile())
    .sort()

const CORE = find('wasm', /\.(?:cpp|hpp|h|def)$/)
const layerOf = (/** @type {string} */ file) => file.split('/')[1]

/** @param {string} file */
const includes = (file) =>
  [...read(file).matchAll(/^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]/gm)].map(([, kind, name]) => ({
    kind,
    name,
  }))

test('every file of the core is in a layer', () => {
  assert.ok(CORE.length > 0)
  for (const file of CORE) assert.ok(LAYERS.includes(layerOf(file)), file)
})

test('#include arrows only go down, and name what is there', () => {
  const wrong = []
  for (const file of CORE) {
    for (const { kind, name } of includes(file)) {
      if (kind !== '"') continue
      const target = `wasm/${name}`
      // The build writes what stands here as a template.
      const isThere = CORE.includes(target) || existsSync(join(ROOT, `${target}.in`))
      const goesDown = LAYERS.indexOf(layerOf(target)) >= LAYERS.indexOf(layerOf(file))
      if (!isThere || !goesDown) wrong.push(`${file} includes ${name}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('Boost is named in web/ alone, nlohmann/json in json/ alone', () => {
  const wrong = []
  for (const [library, prefix, layer] of [
    ['boost', /^boost\//, 'web'],
    ['nlohmann', /^nlohmann\//, 'json'],
  ]) {
    for (const file of CORE) {
      if (layerOf(file) === layer) continue
      const isIncluded = includes(file).some(({ name }) => prefix.test(name))
      if (isIncluded || read(file).includes(`${library}::`)) wrong.push(`${file} names ${library}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('a .cpp has the header of its own name', () => {
  const hasHeader = (/** @type {string} */ file) => {
    const header = file.replace(/\.cpp$/, '.hpp')
    return CORE.includes(header) && includes(file)[0]?.name === header.replace('wasm/', '')
  }
  assert.deepEqual(
    CORE.filter((file) => file.endsWith('.cpp') && !hasHeader(file)),
    // These define what others declare: the exports of the module and of the library, libc, Boost.
    [
      'wasm/abi/exports.cpp',
      'wasm/abi/freestanding.cpp',
      'wasm/abi/landfall_c.cpp',
      // The checks that complete_config.hpp declares.
      'wasm/codec/complete_own_session.cpp',
      'wasm/codec/complete_project.cpp',
      'wasm/codec/complete_provider.cpp',
      'wasm/codec/complete_routes.cpp',
      'wasm/web/boost.cpp',
    ],
  )
})

/** What each folder of the glue may import beside itself, the modules on top, and what is generated. */
const GLUE = {
  '': [],
  entries: ['browser', 'doctor', 'init', 'next', 'node', 'server', 'sveltekit', 'terminal', 'testing'],
  server: [],
  browser: [],
  node: ['server'],
  next: ['server'],
  sveltekit: ['server'],
  testing: ['server'],
  doctor: ['node', 'server', 'terminal'],
  init: ['terminal'],
  terminal: [],
}
/** One file for each way of loading: each for a server or for a page, but the one for modules that somebody compiled. */
const LOADS_BOTH = 'js-glue/entries/slim.js'

test('the glue: a page loads nothing of a server, a server nothing of a page', () => {
  // Templates are files of other projects.
  const files = find('js-glue', /\.js$/).filter((file) => !/\/(?:generated|templates)\//.test(file))
  const folderOf = (file) => file.split('/').slice(1, -1).join('/')
  const wrong = []
  for (const file of files) {
    const own = folderOf(file)
    assert.ok(Object.hasOwn(GLUE, own), file)
    const names = [...read(file).matchAll(/(?:\bfrom|^import) '(\.[^']+)'/gm)].map(([, name]) => name)
    const targets = names.filter((name) => !name.includes('.wasm')).map((name) => join(file, '..', name))
    const folders = new Set(targets.map(folderOf))
    for (const folder of folders)
      if (!['', own, ...GLUE[own]].includes(folder) && !/^generated\b/.test(folder))
        wrong.push(`${file} imports ${folder}/`)
    if (folders.has('server') && folders.has('browser') && file !== LOADS_BOTH)
      wrong.push(`${file} is for a server and for a page`)
  }
  assert.deepEqual(wrong, [])
})

test('the glue: no line is longer than 120 characters, and a tag of JSDoc has a line of its own', () => {
  const TAG = /(?<![`{\w])@(?:param|returns|throws|property|typedef|template|type)(?=\s)/
  const wrong = []
  for (const file of find('js-glue', /\.(?:js|d\.c?ts)$/).filter((file) => !/generated\/.*\.js$/.test(file)))
    for (const [index, line] of read(file).split('\n').entries()) {
      // An inline comment casts what follows it; any other stands on lines of its own.
      const comment = /^\s*(?:\/\*\*|\*)(?!\/)((?:(?!\*\/).)*)(?:\*\/)?$/.exec(line)?.[1].trim() ?? ''
      if (line.length > 120) wrong.push(`${file}:${index + 1} is long`)
      if (TAG.test(comment.slice(1))) wrong.push(`${file}:${index + 1} has a tag behind other text`)
    }
  assert.deepEqual(wrong, [])
})

test('every source is built, and nothing else is', () => {
  const text = read('CMakeLists.txt') + read('cmake/wasm.cmake')
  const built = new Set(text.match(/wasm\/[\w/]+\.cpp/g))
  assert.deepEqual(
    [...built].sort(),
    CORE.filter((file) => file.endsWith('.cpp')),
  )
})

test('every native test is built', () => {
  const built = new Set(read('cmake/tests.cmake').match(/tests\/native\/\w+\.cpp/g))
  assert.deepEqual([...built].sort(), find('tests/native', /\.cpp$/))
})

test(`no file has more than ${MAX_LINES} lines`, () => {
  const files = [
    ...CORE,
    ...find('js-glue', /\.(?:mjs|js|d\.ts)$/).filter((file) => !file.includes('/generated/')),
    ...readdirSync(join(ROOT, 'web-demo'))
      .filter((file) => file.endsWith('.mjs'))
      .map((file) => join('web-demo', file)),
    ...find('tests/native', /\.(?:cpp|hpp)$/),
  ]
  const long = files.filter((file) => read(file).split('\n').length - 1 > MAX_LINES)
  assert.deepEqual(long, [])
})
