// Mutants of the JavaScript and of the module: the tests in Node, and the pages of those in a browser, load dist/ with all
// of them built in.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { chromium } from 'playwright-core'
import { chromiumOptions } from '../../tests/browser/support/browser.mjs'
import { TEXTS, toModule } from '../inline.mjs'
import { root } from '../run.mjs'
import { buildModule } from './core.mjs'
import { findReach, limitOf, runTests } from './reach.mjs'
import { mutate } from './sites.mjs'

const folder = join(root, 'build/mutants/glue')

/** What no test loads as it is: data, and texts that init writes into projects. */
const NO_MODULE = /^(?:generated|init\/templates)\//

/** The files that get mutants. */
const listFiles = () =>
  readdirSync(join(root, 'js-glue'), { recursive: true })
    .filter((name) => name.endsWith('.js') && !NO_MODULE.test(name))
    .sort()

/** As tools/build.mjs does it: in dist/, the entries stand above the other modules. */
const put = (name, text) => {
  const isEntry = name.startsWith('entries/')
  const file = join(folder, isEntry ? name.slice('entries/'.length) : name)
  const written = isEntry ? text.replace(/(['"])\.\.\//g, '$1./') : text
  if (existsSync(file) && readFileSync(file, 'utf8') === written) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, written)
}

/**
 * @param {number} first the number of the first mutant
 * @returns the sites, `build`, which finds what each test reaches and gives what runs one mutant, and `close`
 */
export const makeGlue = (first) => {
  const sites = listFiles().flatMap((name) => {
    const file = `js-glue/${name}`
    const { sites, mutated } = mutate(file, readFileSync(join(root, file), 'utf8'), first)
    put(name, mutated)
    first += sites.length
    return sites
  })

  /** One browser serves all tests: each has profiles of its own. @type {import('playwright-core').BrowserServer | undefined} */
  let browser

  /**
   * Gives what runs a mutant against the tests in Node and in pages.
   * @param {boolean} isCoreToo whether the module has its mutants, too
   * @param {string[]} sources the files whose mutants will run
   */
  const build = async (isCoreToo, sources) => {
    const module = isCoreToo ? await buildModule() : undefined
    for (const [name, encode] of Object.entries(TEXTS))
      put(
        `generated/${name}`,
        module ? toModule(encode(module)) : readFileSync(join(root, 'dist/generated', name), 'utf8'),
      )
    browser = await chromium.launchServer({ ...chromiumOptions(), host: '127.0.0.1' })
    // Playwright takes the signal for the browser alone.
    process.once('SIGTERM', () => process.exit(1))
    const env = { LANDFALL_BROWSER: browser.wsEndpoint() }
    const reach = await findReach(folder, env, sources).catch(async (error) => {
      await browser?.close()
      throw error
    })
    /** How often a file of tests noticed a mutant of a source: it goes first. */
    const noticed = new Map()
    /** The selections that pass without a mutant: a test may lean on an earlier one. @type {Map<string, boolean>} */
    const sound = new Map()
    const isSound = async (selection) => {
      if (selection.names.length === 0) return true
      const key = JSON.stringify([selection.file, selection.names])
      if (!sound.has(key)) sound.set(key, !(await runTests(selection, env, limitOf(selection))).failed)
      return sound.get(key)
    }
    const fails = async (selection, number) => {
      const { failed } = await runTests(selection, { ...env, LANDFALL_MUTANT: number }, limitOf(selection))
      return failed
    }
    /** @param {number} number @param {string} source @returns {Promise<boolean>} whether a test fails */
    return async (number, source) => {
      const score = ({ file }) => noticed.get(`${source} ${file}`) ?? 0
      for (const one of reach(number, source).sort((a, b) => score(b) - score(a))) {
        const isKilled =
          (await fails(one, String(number))) &&
          ((await isSound(one)) || (await fails({ ...one, names: [] }, String(number))))
        if (!isKilled) continue
        noticed.set(`${source} ${one.file}`, score(one) + 1)
        return true
      }
      return false
    }
  }
  return { sites, build, close: () => browser?.close() }
}
