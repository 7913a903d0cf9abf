// Mutants of the JavaScript: the tests in Node load dist/ with all of them built in.
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root, Stop } from '../run.mjs'
import { mutate } from './sites.mjs'

const folder = join(root, 'build/mutants/glue')
const tests = join(root, 'tests/node')
const loader = join(root, 'tools/mutants/loader.mjs')
/** A mutant may wait for ever. */
const LEAST_MILLISECONDS = 20_000

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

  const build = async () => {
    const reach = new Map()
    const times = new Map()
    for (const name of readdirSync(tests)
      .filter((one) => one.endsWith('.test.mjs'))
      .sort()) {
      const reached = join(folder, 'reached')
      writeFileSync(reached, '')
      const { failed, milliseconds } = await runTest(name, { LANDFALL_REACHED: reached })
      if (failed) throw new Stop(`mutate: tests/node/${name} fails without a mutant`)
      times.set(name, milliseconds)
      for (const number of new Set(readFileSync(reached, 'utf8').split('\n').slice(0, -1).map(Number)))
        reach.set(number, [...(reach.get(number) ?? []), name])
    }
    for (const names of reach.values()) names.sort((a, b) => times.get(a) - times.get(b))
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
