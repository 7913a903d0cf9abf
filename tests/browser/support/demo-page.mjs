// The static demo page, built: from a web server with a strict policy, or from disk.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { collectComplaints } from './browser.mjs'
import { startSite } from './site.mjs'

const FOLDER = new URL('../../../dist/demo/', import.meta.url)
const TYPES = { html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript' }

export const FILE = new URL('index.html', FOLDER).href
export const readPage = (name) => readFileSync(fileURLToPath(new URL(name, FOLDER)))

/**
 * @param {string} [connect] what the page may speak to besides
 * @param {string} [plain] its script, with the core as plain JavaScript: then the policy allows no WebAssembly
 */
export const servePage = (connect = "'none'", plain) => {
  const scripts = plain ? "'self'" : "'self' 'wasm-unsafe-eval'"
  const policy = `default-src 'none'; script-src ${scripts}; style-src 'self'; img-src data:; connect-src ${connect}`
  return startSite(({ url }) => {
    const [, name = 'index.html'] = /^\/(page\.(?:css|js))$/.exec(url) ?? []
    const type = TYPES[name.split('.').at(-1)]
    if (name === 'index.html' && !/^\/(\?|$)/.test(url)) return undefined
    return {
      body: name === 'page.js' && plain ? plain : readPage(`hosted/${name}`),
      headers: { 'content-type': type, 'content-security-policy': policy },
    }
  }, 'localhost')
}

/** Opens the page, and collects what it complains of and what it asks for. */
export async function openPage(page, url) {
  const complaints = collectComplaints(page)
  const requests = []
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(url)
  await page.locator('#sequence button').first().waitFor()
  return { complaints, requests }
}

/** What `#kind` is set to for each kind of sign-in. */
export const CHOICES = { direct: 'bitbucket', supabase: 'supabase:bitbucket' }

/** Runs one sign-in of the first section, and gives what it came to. @param {string} kind of CHOICES, or a provider's name */
export async function runBreak(page, kind, name) {
  await page.locator('#exchange').evaluate((one) => one.replaceChildren())
  await page.locator('#kind').selectOption(CHOICES[kind] ?? kind)
  await page.locator('#break').selectOption(name)
  await page.locator('#took').getByText('without the network').waitFor()
  return page.evaluate(() => {
    const texts = (selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent)
    return {
      steps: texts('#sequence .title'),
      codes: texts('#sequence .end'),
      check: document.querySelector('#stopped').textContent,
      outcome: document.querySelector('#outcome').textContent,
      button: document.querySelector('#outcome .button')?.textContent,
      stopped: texts('#exchange .stopped > span:nth-child(2)'),
      notAsked: texts('#exchange .not-asked').length,
    }
  })
}
