// The app in a page of each browser engine: no server, but the same question and the same answer.
import { readFileSync } from 'node:fs'
import { ENGINES } from '../../browser/support/engines.mjs'
import { startSite } from '../../browser/support/site.mjs'

const POLICY = "default-src 'none'; img-src data:; script-src 'self' 'wasm-unsafe-eval'"
const PAGE = '<!doctype html><link rel="icon" href="data:,"><title>An app</title>'

const serveApp = (script) =>
  startSite(({ url }) => {
    if (url === '/') return { body: PAGE, headers: { 'content-security-policy': POLICY } }
    return url === '/app.mjs'
      ? { body: readFileSync(script), headers: { 'content-type': 'text/javascript' } }
      : undefined
  })

const fetchInPage = async (path) => {
  const { default: app } = await import('/app.mjs')
  return (await app.fetch(new Request(path))).text()
}

/** @type {Record<string, (project: object) => Promise<{ ask(path: string): Promise<string>, stop(): Promise<void> }>>} */
export const BROWSERS = Object.fromEntries(
  Object.entries(ENGINES).map(([name, launch]) => [
    name,
    async (project) => {
      const site = await serveApp(await project.bundleFor('browser'))
      const browser = await launch()
      const page = await browser.newPage()
      await page.goto(`${site.origin}/`)
      const stop = async () => {
        await browser.close()
        await site.close()
      }
      return { ask: (path) => page.evaluate(fetchInPage, path), stop }
    },
  ]),
)
