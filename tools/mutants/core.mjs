// Mutants of the core: all of them in one native test program.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { dropOfAnother } from '../configure.mjs'
import { capture, root, run, Stop } from '../run.mjs'
import { MOST } from './most.mjs'
import { mutate } from './sites.mjs'

const FOLDERS = ['rules', 'web', 'json', 'flow', 'codec']
const tree = join(root, 'build/mutants/core')
const native = join(tree, 'build/native')
const program = join(native, 'landfall_tests')
const wasm = join(tree, 'build/wasm')
/** A mutant may have a loop without an end. All tests together take a third of this, since they are built without optimisation. */
const SECONDS_OF_CPU = 25
/** Such a loop may also take memory. The tests take a tenth of this. */
const BYTES_OF_MEMORY = 2 ** 31

const put = (file, text) => {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/** A file that is as it was keeps its time, for the build. */
const copyWasm = () => {
  mkdirSync(tree, { recursive: true })
  for (const name of ['CMakeLists.txt', 'package.json', 'cmake', 'tests']) {
    // A link of a checkout that was moved or copied leads to the other one.
    rmSync(join(tree, name), { force: true })
    symlinkSync(join(root, name), join(tree, name))
  }
  const from = join(root, 'wasm')
  for (const file of readdirSync(from, { recursive: true, withFileTypes: true }))
    if (file.isFile()) {
      const path = join(file.parentPath ?? file.path, file.name)
      const isMutated =
        FOLDERS.some((folder) => path.startsWith(join(from, folder, '/'))) && /\.[ch]pp$/.test(path)
      if (!isMutated) put(join(tree, path.slice(root.length)), readFileSync(path, 'utf8'))
    }
}

/** The files that get mutants. */
export const listFiles = () =>
  FOLDERS.flatMap((folder) =>
    readdirSync(join(root, 'wasm', folder), { recursive: true })
      .filter((name) => /\.[ch]pp$/.test(name))
      .map((name) => `wasm/${folder}/${name}`),
  ).sort()

const LIMITS = [`--cpu=${SECONDS_OF_CPU}`, `--as=${BYTES_OF_MEMORY}`]

const ask = (args, env) => capture('prlimit', [...LIMITS, program, ...args], { env })

/** @param {string} folder @param {string} target @param {string} flags of the compiler @param {string[]} options of CMake */
const compile = async (folder, target, flags, ...options) => {
  const all = `-include ${join(root, 'tools/mutants/switch.hpp')} -DLANDFALL_MOST_MUTANTS=${MOST} -w ${flags}`
  const mode = ['-DCMAKE_BUILD_TYPE=Mutants', `-DCMAKE_CXX_FLAGS_MUTANTS=${all}`]
  dropOfAnother(folder, tree)
  await run('cmake', ['-G', 'Ninja', '-S', tree, '-B', folder, ...mode, ...options], { quiet: true })
  await run('cmake', ['--build', folder, '--target', target], { quiet: true })
}

/** The module with all mutants and their switches, for the tests in Node. @returns {Promise<Buffer>} */
export const buildModule = async () => {
  await compile(
    wasm,
    'core_linked',
    '-Oz -DNDEBUG',
    `-DCMAKE_TOOLCHAIN_FILE=${join(root, 'cmake/emscripten.cmake')}`,
  )
  return readFileSync(join(wasm, 'core_linked.wasm'))
}

const listTests = async () => {
  const { output } = await ask(['--gtest_list_tests'])
  let suite = ''
  const tests = []
  for (const line of output.split('\n'))
    if (/^\S+\.$/.test(line.split(' ')[0])) suite = line.split(' ')[0]
    else if (line.startsWith('  ')) tests.push(suite + line.trim().split(' ')[0])
  return tests
}

/**
 * @param {number} first the number of the first mutant
 * @returns the sites, and `build`, which makes the program and gives what runs one mutant
 */
export const makeCore = (first) => {
  copyWasm()
  const sites = listFiles().flatMap((file) => {
    const { sites, mutated } = mutate(file, readFileSync(join(root, file), 'utf8'), first)
    put(join(tree, file), mutated)
    first += sites.length
    return sites
  })
  if (first > MOST) throw new Stop(`mutate: there are ${first} mutants, and ${MOST} have a switch`)

  /** Gives what runs a mutant against the native tests. */
  const build = async () => {
    await compile(native, 'landfall_tests', '-O1', '-DLANDFALL_TESTS=ON')
    const { code, output } = await ask(['--gtest_brief=1'])
    if (code !== 0) throw new Stop(`mutate: the native tests fail without a mutant\n${output}`)
    const reach = new Map()
    for (const name of await listTests()) {
      const env = { LANDFALL_REACHED: join(tree, 'reached') }
      await ask([`--gtest_filter=${name}`], env)
      for (const number of readFileSync(env.LANDFALL_REACHED, 'utf8').split('\n').slice(0, -1).map(Number))
        reach.set(number, [...(reach.get(number) ?? []), name])
    }
    /** @param {number} number @returns {Promise<boolean>} whether a test fails */
    return async (number) => {
      const tests = reach.get(number)
      if (!tests) return false
      const env = { LANDFALL_MUTANT: String(number) }
      const { code } = await ask(
        ['--gtest_fail_fast', '--gtest_brief=1', `--gtest_filter=${tests.join(':')}`],
        env,
      )
      return code !== 0
    }
  }
  return { sites, build }
}
