// Three browser engines behind one face, for what has to hold in each. A browser is one profile; its pages are tabs of it.
//   for (const [name, launch] of Object.entries(ENGINES)) test(name, async () => { const browser = await launch() … })
import { launchChromium } from './browser.mjs'
import { launchFirefox } from './firefox.mjs'
import { launchWebKit } from './webkit.mjs'

/**
 * @typedef {object} Page
 * @property {(url: string) => Promise<unknown>} goto waits until the page is loaded
 * @property {() => string | Promise<string>} url
 * @property {(code: string | Function, argument?: unknown) => Promise<any>} evaluate runs in the page and waits for the outcome, which
 *   is JSON
 * @property {() => Promise<unknown>} close
 */

/**
 * What a person has or asks for; what is left out is the engine's own.
 * @typedef {object} Conditions
 * @property {number} [width] of the page, in CSS pixels @property {number} [height] WebKit's pages have less of it
 * @property {'light' | 'dark'} [colorScheme]
 * @property {boolean} [reducedMotion]
 * @property {boolean} [forcedColors] WebKit has none
 */

/** @type {Record<string, (conditions?: Conditions) => Promise<{ newPage(): Promise<Page>, version(): string | Promise<string>,
 *   close(): Promise<unknown> }>>} */
export const ENGINES = {
  async Chromium({ width, height = 800, colorScheme, reducedMotion, forcedColors } = {}) {
    const browser = await launchChromium()
    const context = await browser.newContext({
      ...(width && { viewport: { width, height } }),
      ...(colorScheme && { colorScheme }),
      ...(reducedMotion && { reducedMotion: 'reduce' }),
      ...(forcedColors && { forcedColors: 'active' }),
    })
    const version = () => browser.version()
    return { newPage: () => context.newPage(), version, close: () => browser.close() }
  },
  Firefox: launchFirefox,
  WebKit: launchWebKit,
}
