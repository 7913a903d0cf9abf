// The one way in which tests start Chromium: headless, and unable to reach anything but this machine.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { after, before } from 'node:test'
import { chromium } from 'playwright-core'

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

function findChromium() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      try {
        accessSync(join(folder, name), constants.X_OK)
        return join(folder, name)
      } catch {}
    }
  }
  throw new Error(`none of ${NAMES.join(', ')} is on the PATH`)
}

/**
 * Starts a browser for the tests of a file, and ends it after them.
 *
 * @returns {{ open(options?: object): Promise<import('playwright-core').Page> }} `open` gives a page in a profile of
 *   its own; `page.context().newPage()` is another tab of the same
 */
export function useBrowser() {
  /** @type {import('playwright-core').Browser} */
  let browser
  before(async () => {
    browser = await chromium.launch({ executablePath: findChromium(), headless: true, args: ARGUMENTS })
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
