// Two projects of other people: one adds the sources, one finds the installed library. Both get <landfall/landfall.hpp> and nothing else.
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { capture, root, run } from '../../tools/run.mjs'
import { buildAgainst, buildProject, installLibrary } from './support/native.mjs'

const COMPILER = 'c++'
const SAID = /^2 0 \S*Landfall\S*\napp\.example\nexceptions work\n$/
const folder = mkdtempSync(join(tmpdir(), 'landfall-consumers-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** What the program says. @param {string} build its folder */
const runProgram = async (build) => {
  const { code, output } = await capture(join(build, 'consumer'), [])
  assert.equal(code, 0, output)
  return output
}

/** The files in a folder, from there. @param {string} from */
const list = (from) =>
  readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(from.length + 1))
    .sort()

describe('add_subdirectory', () => {
  const build = join(folder, 'added')
  before(() =>
    buildProject('tests/consumers/added', build, `-DLANDFALL_SOURCE=${root}`, '-DCMAKE_BUILD_TYPE=Debug'),
  )

  test('the program works', async () => assert.match(await runProgram(build), SAID))

  test('the library is built with the flags of the project, without errors for warnings', () => {
    const ninja = readFileSync(join(build, 'build.ninja'), 'utf8')
    const flags = [...ninja.matchAll(/^ {2}FLAGS = (.*)$/gm)].map(([, line]) => line)
    assert.ok(flags.length > 10)
    for (const line of flags) assert.match(line, /-O0 -g3 -DCONSUMER_DEBUG/)
    assert.doesNotMatch(ninja, /-Werror|-fsanitize|landfall_tests|-O1/)
    // The library's own flags stay its own.
    const consumer = /^build CMakeFiles\/consumer\.dir\/.*\n(?: {2}.*\n)*/m.exec(ninja)?.[0] ?? ''
    assert.match(consumer, /FLAGS = /)
    assert.doesNotMatch(consumer, /-fno-exceptions|-fno-rtti|-Wall|BOOST|JSON/)
  })

  test('no tests, no compile_commands.json', async () => {
    assert.ok(!existsSync(join(build, 'compile_commands.json')))
    assert.ok(!existsSync(join(build, 'CTestTestfile.cmake')))
  })

  test('nothing of it is installed', async () => {
    const installed = join(folder, 'installed-by-consumer')
    await run('cmake', ['--install', build, '--prefix', installed], { quiet: true })
    assert.deepEqual(list(installed), ['bin/consumer'])
  })
})

describe('find_package', () => {
  const build = join(folder, 'found')
  let installed
  before(async () => {
    installed = await installLibrary(folder, COMPILER)
    await buildAgainst('tests/consumers/found', build, installed, COMPILER)
  })

  test('the program works', async () => assert.match(await runProgram(build), SAID))

  test('its Boost has names of its own', async () => {
    const { output } = await capture('nm', ['-C', join(installed, 'lib/liblandfall.a')])
    assert.match(output, / T landfall_boost::/)
    assert.doesNotMatch(output, / [TVWB] boost::/)
  })

  test('the headers stand in landfall/, and are those of a build', () => {
    const headers = list(join(installed, 'include'))
    assert.ok(headers.includes('landfall/landfall.hpp'))
    for (const name of headers) assert.match(name, /^landfall\//)
    assert.deepEqual(list(join(folder, 'library/include')), headers)
  })
})
