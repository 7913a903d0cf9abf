// The one way in which tests start Chromium: headless, and unable to reach anything but this machine.
import { after, before } from 'node:test'
import { chromium } from 'playwright-core'
import { findProgram } from './program.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Where a redirect leads away, nothing of it leaves the machine: the test sees the failed request.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
]
const TIMEOUT_MILLISECONDS = 10_000

export const chromiumOptions = () => ({ executablePath: findProgram(NAMES), headless: true, args: ARGUMENTS })

/** @param {object} [more] options of launch */
export const launchChromium = (more) => chromium.launch({ ...chromiumOptions(), ...more })

/**
 * Starts a browser for the tests of a file, and ends it after them.
 *
 * @param {object} [more] options of launch
 * @returns {{ open(options?: object): Promise<import('playwright-core').Page> }} `open` gives a page in a profile of
 *   its own; `page.context().newPage()` is another tab of the same
 */
export function useBrowser(more) {
  /** @type {import('playwright-core').Browser} */
  let browser
  before(async () => {
    browser = await launchChromium(more)
  })
  after(() => browser?.close())
  return {
    async open(options) {
      const context = await browser.newContext(options)
      context.setDefaultTimeout(TIMEOUT_MILLISECONDS)
      return context.newPage()
    },
  }
}

/** Collects what a page complains about: blocked by its policy, not found, thrown. */
export function collectComplaints(page) {
  const complaints = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}
