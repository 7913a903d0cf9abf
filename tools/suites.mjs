// How each suite runs, and how its tests are counted.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { run as runTests } from 'node:test'
import { spec } from 'node:test/reporters'
import { configure } from './configure.mjs'
import { capture, root, run, Stop } from './run.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** A file of tests may take so long, and so many files run at once. One that builds whole apps runs alone. */
const LIGHT = { timeout: 600_000, concurrency: availableParallelism() }
const HEAVY = { timeout: 900_000, concurrency: 1 }

/** What CTest wrote down, as JUnit does. @param {string} report @param {number} code how CTest ended @returns {Count} */
const readReport = (report, code) => {
  const suite = existsSync(report) ? /<testsuite\b[^>]*>/.exec(readFileSync(report, 'utf8'))?.[0] : undefined
  if (suite === undefined) return { passed: 0, failed: 1, skipped: 0 }
  const numberOf = (name) => {
    const found = new RegExp(`\\s${name}="(\\d+)"`).exec(suite)
    if (!found) throw new Stop(`${report}: the suite has no ${name}`)
    return Number(found[1])
  }
  const failures = numberOf('failures')
  const skipped = numberOf('skipped') + numberOf('disabled')
  const passed = numberOf('tests') - failures - skipped
  return { passed, failed: Math.max(failures, code === 0 ? 0 : 1), skipped }
}

/** The C++ tests, with sanitizers. Each is a process of its own, so a sanitizer's report ends one test and not the suite. */
const runNative = async () => {
  const report = join(root, 'build/native-debug/tests.xml')
  await configure('native-debug')
  await run('cmake', ['--build', '--preset', 'native-debug'], { quiet: true })
  rmSync(report, { force: true })
  const { code } = await capture('ctest', ['--preset', 'native-debug', '--output-junit', report], {
    quiet: false,
  })
  return readReport(report, code)
}

/** @param {string[]} files @param {{ timeout: number, concurrency: number }} weight */
const runFiles = (files, weight) =>
  /** @type {Promise<Count>} */ (
    new Promise((resolve, reject) => {
      const count = { passed: 0, failed: 0, skipped: 0 }
      // A file is only reported as a test itself when it breaks while it loads, or when it has no test.
      const isFile = ({ name }) => files.some((file) => file === name || file.endsWith(`/${name}`))
      const isGroup = ({ details }) => details.type === 'suite'
      const stream = runTests({ files, ...weight })
      stream.on('test:pass', (test) => {
        if (isGroup(test)) return
        if (isFile(test)) count.failed += 1
        else if (test.skip !== undefined || test.todo !== undefined) count.skipped += 1
        else count.passed += 1
      })
      stream.on('test:fail', (test) => {
        if (!isGroup(test)) count.failed += 1
      })
      stream.on('error', reject)
      const report = stream.compose(new spec())
      report.on('end', () => resolve(count))
      report.pipe(process.stdout, { end: false })
    })
  )

/** @param {string} name @param {{ timeout: number, concurrency: number }} [weight] */
const runFolder = async (name, weight = LIGHT) => {
  const folder = join(root, 'tests', name)
  const files = readdirSync(folder).filter((file) => file.endsWith('.test.mjs'))
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0 }
  const paths = files.sort().map((file) => join(folder, file))
  return runFiles(paths, weight)
}

/** @type {Record<string, () => Promise<Count>>} */
export const SUITES = {
  native: runNative,
  node: () => runFolder('node'),
  'supabase-project': () => runFolder('supabase-project'),
  browser: () => runFolder('browser'),
  package: () => runFolder('package'),
  load: () => runFolder('load', HEAVY),
  fleet: () => runFolder('fleet', HEAVY),
  hosts: () => runFolder('hosts', HEAVY),
  runtimes: () => runFolder('runtimes', HEAVY),
}

/** The folders of hosts/ whose tests run by name, too: `npm run test:hosts -- go`. */
export const LANGUAGES = ['go', 'python', 'rust', 'jvm']

/** What takes long or needs large tools is only run by name: `npm run test:everywhere`. */
export const EVERYWHERE = ['fleet', 'hosts', 'runtimes']
export const EVERYDAY = Object.keys(SUITES).filter((name) => !EVERYWHERE.includes(name))

/** @param {string} name */
export const isThere = (name) => existsSync(join(root, 'tests', name))
