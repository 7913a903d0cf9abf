// The desktop of a person who has an app of Electron: a screen of its own (Xvfb), and the system's own xdg-open and xdg-settings with settings
// of their own. Only the browser is a stand-in: it notes what it is asked to open.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { _electron as electron } from 'playwright-core'
import { startChild } from '../../../stand-ins/child.mjs'
import { collectComplaints } from '../../browser/support/browser.mjs'
import { findProgram } from '../../browser/support/program.mjs'
import { baseEnv, run } from './example.mjs'

const WAIT_MILLISECONDS = 20_000
const POLL_MILLISECONDS = 50

/** No graphics card, no buses to ask, and no address but this machine. */
const FLAGS = '--no-sandbox --disable-gpu --host-resolver-rules="MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"'
const ENVIRONMENT = {
  NO_AT_BRIDGE: '1',
  DBUS_SESSION_BUS_ADDRESS: 'disabled:',
  XDG_CURRENT_DESKTOP: '',
  XDG_SESSION_TYPE: 'x11',
  // What xdg-open falls back to.
  BROWSER: 'false',
}

/** A program as the desktop lists it. @param {string} command @param {string[]} schemes of the links that it takes */
const makeEntry = (command, schemes) => `[Desktop Entry]
Type=Application
Name=${command}
Exec=${command} %u
MimeType=${schemes.map((scheme) => `x-scheme-handler/${scheme};`).join('')}
`

/** Its home folder, with the app and a browser. @param {{ program: string, name: string, scheme: string }} app */
const makeHome = ({ program, name, scheme }) => {
  const home = mkdtempSync(join(tmpdir(), 'landfall-electron-'))
  const at = (...path) => join(home, ...path)
  for (const folder of ['bin', 'config', 'data/applications', 'run'])
    mkdirSync(at(folder), { recursive: true, mode: 0o700 })
  const commands = {
    browser: `printf '%s\\n' "$1" >> ${at('opened')}`,
    app: `exec '${program}' ${FLAGS} $DRIVEN "$@"`,
    // What drives the app gives its arguments here. They reach the app also where the system starts it by a link.
    drive: `export DRIVEN="$*"; if [ "$LINK" ]; then exec xdg-open "$LINK"; else exec ${at('bin/app')}; fi`,
  }
  for (const [command, line] of Object.entries(commands)) {
    writeFileSync(at('bin', command), `#!/bin/sh\n${line}\n`)
    chmodSync(at('bin', command), 0o755)
  }
  writeFileSync(at('data/applications/browser.desktop'), makeEntry(at('bin/browser'), ['http', 'https']))
  writeFileSync(at('data/applications', `${name}.desktop`), makeEntry(at('bin/app'), [scheme]))
  writeFileSync(at('opened'), '')
  const env = { XDG_CONFIG_HOME: at('config'), XDG_DATA_HOME: at('data'), XDG_RUNTIME_DIR: at('run') }
  return { home, at, env: { ...baseEnv, ...ENVIRONMENT, HOME: home, ...env } }
}

/** @param {{ program: string, name: string, scheme: string }} app its program, its name in package.json, the scheme of its links */
export const makeDesktop = async (app) => {
  const { home, at, env } = makeHome(app)
  const screen = await startChild(findProgram(['Xvfb']), ['-displayfd', '1', '-nolisten', 'tcp'], {
    ready: /^(\d+)\n/m,
  })
  env.DISPLAY = `:${screen.match[1]}`
  // Where the app does not run any more, a link starts it, and nothing else would end it.
  const ask = (...command) => run('timeout', ['--kill-after=1', '20', ...command], home, env)
  for (const scheme of ['http', 'https'])
    await ask('xdg-mime', 'default', 'browser.desktop', `x-scheme-handler/${scheme}`)
  const running = new Set()
  const opened = () => readFileSync(at('opened'), 'utf8').split('\n').filter(Boolean)

  return {
    /** All that the browser was asked to open. */
    opened,
    /** What the browser is asked to open next. @param {() => Promise<unknown>} act */
    async openedBy(act) {
      const { length } = opened()
      await act()
      const deadline = Date.now() + WAIT_MILLISECONDS
      while (opened().length === length && Date.now() < deadline) await setTimeout(POLL_MILLISECONDS)
      return opened()[length]
    },
    /** Starts the app: by itself, or by a link that the system opens. @param {string} [link] */
    async start(link = '') {
      const executablePath = at('bin/drive')
      const program = await electron.launch({ executablePath, env: { ...env, LINK: link } })
      running.add(program)
      program.once('close', () => running.delete(program))
      const page = await program.firstWindow()
      page.setDefaultTimeout(WAIT_MILLISECONDS)
      return {
        program,
        page,
        complaints: collectComplaints(page),
        /** The person closes the window. This ends the app. */
        async close() {
          const ended = program.waitForEvent('close')
          await page.close()
          await ended
        },
      }
    },
    /** The system opens a link while the app runs. @param {string} link */
    openLink: (link) => ask('xdg-open', link),
    /** The app is started once more while it runs. That start ends by itself. @param {string[]} args */
    startAgain: (...args) => ask(at('bin/app'), ...args),
    /** The program that is registered for the links of a scheme, or undefined. @param {string} scheme */
    registeredFor(scheme) {
      const settings = readFileSync(at('config/mimeapps.list'), 'utf8')
      return new RegExp(`^x-scheme-handler/${scheme}=(.*)$`, 'm').exec(settings)?.[1]
    },
    async remove() {
      for (const program of running) await program.close()
      await screen.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
