// The same for the pages of a test: it takes the browser at LANDFALL_BROWSER, and each profile loads dist/ with its mutants.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { root } from '../run.mjs'
import { file, note, on } from './loader.mjs'

const mutants = join(root, 'build/mutants/glue')
const SWITCHES = `{
  const reached = new Set()
  globalThis.landfallMutant = (number) => {
    if (!reached.has(number)) globalThis.landfallReach?.(number)
    reached.add(number)
    return number === ${on}
  }
}`

const answer = (route) => {
  const path = join(mutants, new URL(route.request().url()).pathname.slice('/dist/'.length))
  if (!existsSync(path)) return route.continue()
  return route.fulfill({ contentType: 'text/javascript', body: readFileSync(path, 'utf8') })
}

const { launch } = chromium
chromium.launch = async (options) => {
  // A test that wants another browser has it for itself.
  const browser = options?.ignoreDefaultArgs
    ? await launch.call(chromium, options)
    : await chromium.connect(/** @type {string} */ (process.env.LANDFALL_BROWSER))
  const { newContext } = browser
  browser.newContext = async (options) => {
    const context = await newContext.call(browser, options)
    if (file) await context.exposeBinding('landfallReach', (_, number) => note(number))
    await context.addInitScript(SWITCHES)
    await context.route(/\/dist\/.*\.js$/, answer)
    return context
  }
  return browser
}
