// Mutants of the JavaScript and of the module: the tests in Node load dist/ with all of them built in.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { toModule } from '../inline.mjs'
import { root, say } from '../run.mjs'
import { buildModule } from './core.mjs'
import { mutate } from './sites.mjs'

const folder = join(root, 'build/mutants/glue')
const tests = join(root, 'tests/node')
const cache = join(root, 'build/mutants/reach.json')
const reached = join(root, 'build/mutants/reached')
const loader = join(root, 'tools/mutants/loader.mjs')
/** A mutant may wait for ever. */
const LEAST_MILLISECONDS = 20_000
/** The fast tests of a site have to notice its mutants: slower ones than these together are not asked. */
const MOST_MILLISECONDS = 30_000

/** The files that get mutants. */
const listFiles = () =>
  readdirSync(join(root, 'js-glue'), { recursive: true })
    .filter((name) => name.endsWith('.js') && !name.startsWith('generated/'))
    .sort()

/** As tools/build.mjs does it: in dist/, the entries stand above the other modules. */
const put = (name, text) => {
  const isEntry = name.startsWith('entries/')
  const file = join(folder, isEntry ? name.slice('entries/'.length) : name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, isEntry ? text.replace(/(['"])\.\.\//g, '$1./') : text)
}

/** Runs a file of tests, and ends all that it started. @returns {Promise<{ failed: boolean, milliseconds: number }>} */
const runTest = (name, env, limit = 10 * 60_000) =>
  new Promise((resolve) => {
    const begin = performance.now()
    // Without NODE_TEST_CONTEXT, Node takes this for a run of its own and not for a part of another.
    const child = spawn(process.execPath, [join(tests, name)], {
      cwd: root,
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, NODE_TEST_CONTEXT: undefined, NODE_OPTIONS: `--import=${loader}`, ...env },
    })
    const end = () => {
      try {
        process.kill(-(/** @type {number} */ (child.pid)), 'SIGKILL')
      } catch {} // it has ended by itself
    }
    const timer = setTimeout(end, limit)
    child.once('close', (code) => {
      clearTimeout(timer)
      end()
      resolve({ failed: code !== 0, milliseconds: performance.now() - begin })
    })
  })

const hashOf = (...folders) => {
  const hash = createHash('sha256')
  for (const one of folders)
    for (const name of readdirSync(one, { recursive: true }).sort())
      if (statSync(join(one, name)).isFile()) hash.update(name).update(readFileSync(join(one, name)))
  return hash.digest('hex')
}

/** Runs a file of tests without a mutant, unless that was done since it, the JavaScript and what it uses have changed. */
const reachOf = async (name, known) => {
  const hash = createHash('sha256')
    .update(known.glue)
    .update(readFileSync(join(tests, name)))
    .digest('hex')
  if (known.tests[name]?.hash === hash) return known.tests[name]
  writeFileSync(reached, '')
  const { failed, milliseconds } = await runTest(name, { LANDFALL_REACHED: reached })
  // Some look at the built files themselves, which these are not.
  if (failed) say(`mutate: tests/node/${name} takes no package with switches, and is left out`)
  const text = failed ? '' : readFileSync(reached, 'utf8')
  const numbers = [...new Set(text.split('\n').slice(0, -1).map(Number))]
  return { hash, milliseconds, numbers }
}

/** The files of tests that reach each site, the fast ones first, and how long each takes. */
const findReach = async () => {
  const kept = existsSync(cache) ? JSON.parse(readFileSync(cache, 'utf8')) : {}
  const glue = hashOf(folder, join(tests, 'support'))
  const known = kept.glue === glue ? kept : { glue, tests: {} }
  const names = readdirSync(tests, { recursive: true }).filter((one) => one.endsWith('.test.mjs'))
  for (const name of names.sort()) {
    known.tests[name] = await reachOf(name, known)
    writeFileSync(cache, JSON.stringify(known))
  }
  const times = new Map(names.map((name) => [name, known.tests[name].milliseconds]))
  const reach = new Map()
  for (const name of names.sort((a, b) => times.get(a) - times.get(b)))
    for (const number of known.tests[name].numbers) {
      const list = reach.get(number) ?? []
      const sum = list.reduce((all, one) => all + times.get(one), times.get(name))
      if (sum <= MOST_MILLISECONDS || list.length === 0) reach.set(number, [...list, name])
    }
  return { reach, times }
}

/**
 * @param {number} first the number of the first mutant
 * @returns the sites, and `build`, which finds what each test reaches and gives what runs one mutant
 */
export const makeGlue = (first) => {
  rmSync(folder, { recursive: true, force: true })
  const sites = listFiles().flatMap((name) => {
    const file = `js-glue/${name}`
    const { sites, mutated } = mutate(file, readFileSync(join(root, file), 'utf8'), first)
    put(name, mutated)
    first += sites.length
    return sites
  })

  /** Gives what runs a mutant against the tests in Node: also one of the core's. */
  const build = async () => {
    const text = toModule(await buildModule())
    for (const name of ['core-text.js', 'browser-text.js']) put(`generated/${name}`, text)
    const { reach, times } = await findReach()
    /** How often a test noticed a mutant of a file: it goes first. */
    const noticed = new Map()
    /** @param {number} number @param {string} file @returns {Promise<boolean>} whether a test fails */
    return async (number, file) => {
      const score = (name) => noticed.get(`${file} ${name}`) ?? 0
      const names = [...(reach.get(number) ?? [])].sort((a, b) => score(b) - score(a))
      for (const name of names) {
        const limit = LEAST_MILLISECONDS + 3 * times.get(name)
        const { failed } = await runTest(name, { LANDFALL_MUTANT: String(number) }, limit)
        if (!failed) continue
        noticed.set(`${file} ${name}`, score(name) + 1)
        return true
      }
      return false
    }
  }
  return { sites, build }
}
