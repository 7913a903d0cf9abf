// Which tests reach each site, and how a run of tests with a mutant ends.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, Stop, say } from '../run.mjs'

const tests = join(root, 'tests')
const cache = join(root, 'build/mutants/reach.json')
const reached = join(root, 'build/mutants/reached')
const tools = join(root, 'tools/mutants')
/** The pages of these load the package module by module. */
const IN_PAGE = /^browser\/(?:page-mode.*|watch-session)\.test\.mjs$/
const OF_PAGES = /^js-glue\/(?:browser\/|app\.js$)/
/** A mutant may wait for ever. */
const LEAST_MILLISECONDS = 20_000
/** A file that takes longer than this is of no use here: it builds something. */
const MOST_MILLISECONDS = 150_000
/** Of a file that takes longer than this, only the tests run that reach the site. */
const SHORT_MILLISECONDS = 4000
/** Of the tests that do not name the source, slower ones than these together are not asked. */
const ENOUGH_MILLISECONDS = 30_000

/**
 * Some tests of a file.
 * @typedef {object} Selection
 * @property {string} file
 * @property {string[]} names empty for the whole file
 * @property {number} milliseconds
 */

const literally = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/**
 * Runs tests up to the first that fails, and ends all that they started.
 * @param {Pick<Selection, 'file' | 'names'>} selection
 * @param {Record<string, string>} env
 * @param {number} limit
 * @returns {Promise<{ failed: boolean, milliseconds: number }>}
 */
export const runTests = ({ file, names }, env, limit) =>
  new Promise((resolve) => {
    const begin = performance.now()
    const loader = join(tools, IN_PAGE.test(file) ? 'page.mjs' : 'loader.mjs')
    const pattern = names.length > 0 ? [`--test-name-pattern=^(?:${names.map(literally).join('|')})$`] : []
    // Without NODE_TEST_CONTEXT, Node takes this for a run of its own and not for a part of another.
    const child = spawn(process.execPath, ['--test-reporter=tap', ...pattern, join(tests, file)], {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...process.env,
        NODE_TEST_CONTEXT: undefined,
        NODE_OPTIONS: `--import=${pathToFileURL(loader)}`,
        ...env,
      },
    })
    const end = () => {
      try {
        process.kill(-(/** @type {number} */ (child.pid)), 'SIGKILL')
      } catch {} // it has ended by itself
    }
    const timer = setTimeout(end, limit)
    child.stdout.on('data', (lines) => /^\s*not ok /m.test(lines) && end())
    child.once('exit', (code) => {
      clearTimeout(timer)
      end()
      resolve({ failed: code !== 0, milliseconds: performance.now() - begin })
    })
  })

/** The limit of a run that takes so long without a mutant. */
export const limitOf = ({ milliseconds }) => LEAST_MILLISECONDS + 3 * milliseconds

/** @param {string} folder */
const hashOf = (folder) => {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder, { recursive: true }).sort())
    if (statSync(join(folder, name)).isFile()) hash.update(name).update(readFileSync(join(folder, name)))
  return hash.digest('hex')
}

/** What the loader wrote. @returns {{ times: Record<string, number>, reach: Record<string, number[]> }} by test */
const read = (text) => {
  const times = Object.create(null)
  const reach = Object.create(null)
  for (const [, kind, number, name] of text.matchAll(/^(time|reach) (\d+) (.*)$/gm))
    if (kind === 'time') times[name] = Number(number)
    else reach[name] = [...(reach[name] ?? []), Number(number)]
  return { times, reach }
}

/** Runs a file of tests without a mutant, unless that was done since it and what it uses have changed. */
const reachOf = async (file, env, known) => {
  const hash = createHash('sha256')
    .update(known.support[dirname(file)] ?? '')
    .update(readFileSync(join(tests, file)))
    .digest('hex')
  const last = known.tests[file]
  const isSame = last?.hash === hash && (last.glue === known.glue || Object.keys(last.reach).length === 0)
  if (isSame) return last
  const log = join(reached, file.replaceAll('/', '-'))
  const run = () => {
    writeFileSync(log, '')
    return runTests({ file, names: [] }, { ...env, LANDFALL_REACHED: log }, MOST_MILLISECONDS)
  }
  const first = await run()
  // The machine may have been busy.
  const { failed, milliseconds } =
    first.failed && first.milliseconds < MOST_MILLISECONDS ? await run() : first
  if (milliseconds >= MOST_MILLISECONDS) say(`mutate: tests/${file} takes too long, and is left out`)
  else if (failed) throw new Stop(`mutate: tests/${file} fails without a mutant`)
  return { hash, glue: known.glue, failed, milliseconds, ...read(readFileSync(log, 'utf8')) }
}

/**
 * Finds the tests that reach each site: first those of its source, then others, the fast ones first.
 * @param {string} folder the package with switches
 * @param {Record<string, string>} env
 * @param {string[]} sources the files whose mutants will be asked for: without one of a page, no browser runs
 * @returns {Promise<(number: number, file: string) => Selection[]>} for a mutant, and the file that it is in
 */
export const findReach = async (folder, env, sources) => {
  const kept = existsSync(cache) ? JSON.parse(readFileSync(cache, 'utf8')) : { tests: {} }
  const support = Object.fromEntries(
    ['node', 'browser'].map((name) => [name, hashOf(join(tests, name, 'support'))]),
  )
  const known = { glue: hashOf(folder), support, tests: kept.tests }
  const hasPages = sources.some((one) => OF_PAGES.test(one))
  const files = readdirSync(tests, { recursive: true })
    .filter((one) => /^node\/.*\.test\.mjs$/.test(one) || (hasPages && IN_PAGE.test(one)))
    .sort()
  mkdirSync(reached, { recursive: true })
  const queue = [...files]
  const worker = async () => {
    for (let file = queue.shift(); file; file = queue.shift()) {
      known.tests[file] = await reachOf(file, env, known)
      writeFileSync(cache, JSON.stringify(known))
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))

  /** @type {Map<number, Map<string, string[]>>} */
  const reach = new Map()
  for (const file of files.filter((one) => !known.tests[one].failed))
    for (const [name, numbers] of Object.entries(known.tests[file].reach))
      for (const number of numbers) {
        if (!reach.has(number)) reach.set(number, new Map())
        const byFile = reach.get(number)
        byFile.set(file, [...(byFile.get(file) ?? []), ...(name ? [name] : [])])
      }

  /** @returns {Selection} */
  const select = (file, names) => {
    const { milliseconds, times } = known.tests[file]
    const sum = (list) => list.reduce((all, name) => all + (times[name] ?? 0), 0)
    if (milliseconds < SHORT_MILLISECONDS || names.length === 0) return { file, names: [], milliseconds }
    return { file, names, milliseconds: Math.max(milliseconds - sum(Object.keys(times)), 0) + sum(names) }
  }
  /** The tests of a source import it themselves, or have its name or its folder's; those of pages are the only ones in pages. */
  const isOwn = ({ file }, source) => {
    if (IN_PAGE.test(file)) return true
    const path = source.slice('js-glue/'.length, -'.js'.length)
    const isNamed = path.split('/').some((name) => new RegExp(`^node/${name}\\b`).test(file))
    return isNamed || readFileSync(join(tests, file), 'utf8').includes(`/dist/${path}.js'`)
  }
  return (number, source) => {
    let rest = ENOUGH_MILLISECONDS
    const all = [...(reach.get(number) ?? [])]
      .filter(([file]) => OF_PAGES.test(source) || !IN_PAGE.test(file))
      .map(([file, names]) => select(file, names))
      .sort((a, b) => a.milliseconds - b.milliseconds)
    const own = all.filter((one) => isOwn(one, source))
    const others = all.filter((one) => {
      if (own.includes(one)) return false
      rest -= one.milliseconds
      return rest > 0
    })
    return [...own, ...others]
  }
}
