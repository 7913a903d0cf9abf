// WebKitGTK, through WebKitWebDriver on a screen of its own (Xvfb).
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChild } from '../../../stand-ins/child.mjs'
import { findPort } from '../../../stand-ins/port.mjs'
import { findProgram } from './program.mjs'

const BROWSER_FOLDERS = ['x86_64', 'aarch64'].flatMap((machine) =>
  ['4.1', '4.0', '6.0'].map((version) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-${version}`),
)
/** No graphics card, and no accessibility bus to wait for. */
const ENVIRONMENT = {
  WEBKIT_DISABLE_COMPOSITING_MODE: '1',
  LIBGL_ALWAYS_SOFTWARE: '1',
  NO_AT_BRIDGE: '1',
  GTK_A11Y: 'none',
}
/** The buttons of the window would keep it from being as narrow as a phone. */
const TOOLKIT_STYLE =
  '* { min-width: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; -gtk-icon-source: none }'
const SCRIPT_MILLISECONDS = 180_000

/** What runs in the page: gives what an expression is, also later, or what it throws. */
const evaluating = (expression) => `const done = arguments[arguments.length - 1]
Promise.resolve()
  .then(() => (${expression}))
  .then((value) => done({ value }), (error) => done({ thrown: String(error) }))`

/** @param {(method: string, path: string, body?: object) => Promise<any>} inPage a command to this tab */
const makePage = (inPage) => ({
  goto: (url) => inPage('POST', '/url', { url }),
  url: () => inPage('GET', '/url'),
  async evaluate(code, argument) {
    const expression = typeof code === 'function' ? `(${code})(${JSON.stringify(argument)})` : code
    const script = evaluating(expression)
    const { value, thrown } = await inPage('POST', '/execute/async', { script, args: [] })
    if (thrown !== undefined) throw new Error(thrown)
    return value
  },
  close: () => inPage('DELETE', '/window'),
})

/** A folder of settings for GTK, which the engine asks for what a person wants. @param {import('./engines.mjs').Conditions} conditions */
const makeSettings = ({ reducedMotion }) => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-webkit-'))
  for (const version of ['gtk-3.0', 'gtk-4.0']) {
    mkdirSync(join(folder, version))
    writeFileSync(
      join(folder, version, 'settings.ini'),
      `[Settings]\ngtk-enable-animations=${reducedMotion ? 0 : 1}\n`,
    )
    writeFileSync(join(folder, version, 'gtk.css'), TOOLKIT_STYLE)
  }
  return folder
}

/** A driver that listens, and the screen for its windows. @param {import('./engines.mjs').Conditions} conditions */
const startDriver = async (conditions) => {
  const settings = makeSettings(conditions)
  // It says on a line of its own which display was free; it complains of those that were not.
  const screen = await startChild(findProgram(['Xvfb']), ['-displayfd', '1', '-nolisten', 'tcp'], {
    ready: /^(\d+)\n/m,
  })
  const port = await findPort()
  const origin = `http://127.0.0.1:${port}`
  const driver = await startChild(findProgram(['WebKitWebDriver']), ['--host=127.0.0.1', `--port=${port}`], {
    env: {
      ...ENVIRONMENT,
      DISPLAY: `:${screen.match[1]}`,
      XDG_CONFIG_HOME: settings,
      ...(conditions.colorScheme && {
        GTK_THEME: conditions.colorScheme === 'dark' ? 'Adwaita:dark' : 'Adwaita',
      }),
    },
    ready: () =>
      fetch(`${origin}/status`).then(
        ({ ok }) => ok,
        () => false,
      ),
  })
  const stop = async () => {
    await driver.stop()
    await screen.stop()
    rmSync(settings, { recursive: true, force: true })
  }
  return { origin, stop }
}

/** @param {import('./engines.mjs').Conditions} [conditions] */
export async function launchWebKit(conditions = {}) {
  const { origin, stop } = await startDriver(conditions)
  const ask = async (method, path, body) => {
    const response = await fetch(origin + path, { method, body: body && JSON.stringify(body) })
    const { value } = await response.json()
    if (!response.ok) throw new Error(`WebKit: ${value.error}: ${value.message}`)
    return value
  }
  const options = { binary: findProgram(['MiniBrowser'], BROWSER_FOLDERS), args: ['--automation'] }
  const alwaysMatch = { 'webkitgtk:browserOptions': options, timeouts: { script: SCRIPT_MILLISECONDS } }
  const { sessionId, capabilities } = await ask('POST', '/session', { capabilities: { alwaysMatch } })
  const command = (method, path, body) => ask(method, `/session/${sessionId}${path}`, body)
  // A command goes to the tab that was chosen last: choosing and commanding must not mix with another tab's.
  let last = Promise.resolve()
  const makeInPage =
    (handle) =>
    (...given) => {
      const run = () => command('POST', '/window', { handle }).then(() => command(...given))
      last = last.then(run, run)
      return last
    }
  return {
    async newPage() {
      const { handle } = await command('POST', '/window/new', { type: 'tab' })
      const inPage = makeInPage(handle)
      const { width, height = 800 } = conditions
      if (width) await inPage('POST', '/window/rect', { width, height })
      return makePage(inPage)
    },
    version: () => capabilities.browserVersion,
    close: () => command('DELETE', '').finally(stop),
  }
}
