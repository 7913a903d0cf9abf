// What an app of Electron keeps apart: its page, the system, and other programs of the person. Each case begins with the app that runs.
import assert from 'node:assert/strict'
import { until } from './until.mjs'

const LINK = 'myapp://auth/callback'
const REFUSAL = `${LINK}?error=access_denied&error_description=No`
const HOME = 'app://landfall/'

/** How a call of the bridge fails. */
const REFUSED = /^Error invoking remote method 'open-browser'/

/** Waits until the page says what the link above means. */
const saysRefusal = ({ page }) =>
  until(page, "/provider_access_denied/.test(document.getElementById('error').textContent)")

/** What the page's call of the bridge ends with. */
const openFromPage = ({ page }, address) =>
  page.evaluate(
    (given) =>
      globalThis.desktop.openBrowser(given).then(
        () => 'opened',
        ({ message }) => message,
      ),
    address,
  )

/** @type {Record<string, (world: { desktop: any, app: any, elsewhere: string }) => Promise<void>>} `elsewhere` is a page of the web */
export const ELECTRON_CASES = {
  'a second start opens no second window, and of its arguments only a link counts': async ({
    desktop,
    app,
  }) => {
    await app.page.getByRole('heading', { name: 'Welcome' }).waitFor()
    await app.page.evaluate(() => {
      globalThis.told = []
      const note = ([{ target }]) => globalThis.told.push(target.textContent)
      new MutationObserver(note).observe(document.getElementById('error'), { childList: true })
    })
    const query = 'error=server_error'
    for (const args of [
      [],
      [`evil://auth/callback?${query}`],
      ['--inspect=0', `app://landfall/?${query}`],
      [`--link=${LINK}?${query}`],
    ])
      await desktop.startAgain(...args)
    // It waits behind them.
    await desktop.openLink(REFUSAL)
    await saysRefusal(app)
    assert.equal((await app.page.evaluate(() => globalThis.told)).length, 1)
    const windows = await app.program.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
    )
    assert.deepEqual([windows, app.page.url(), desktop.opened()], [[HOME], HOME, []])
  },

  'the page opens web addresses in the system’s browser, and no others': async ({ desktop, app }) => {
    const allowed = 'https://example.com/a?b=c%20d'
    assert.equal(await desktop.openedBy(() => openFromPage(app, allowed)), allowed)
    for (const address of [
      'file:///etc/passwd',
      'http://example.com/',
      'http://127.0.0.1.example.com/',
      'http://127.0.0.1@example.com/',
      'javascript:alert(1)',
      'data:text/html,x',
      'smb://example.com/share',
      'myapp://auth/callback',
      'ms-msdt:/id',
      '/usr/bin/true',
      '--help',
      '',
      null,
      {},
    ])
      assert.match(await openFromPage(app, address), REFUSED, address)
    assert.deepEqual(desktop.opened(), [allowed])
  },

  'another page that has the bridge opens nothing': async ({ desktop, app }) => {
    const asked = await app.program.evaluate(async ({ app, BrowserWindow }) => {
      const preload = `${app.getAppPath()}/electron/preload.cjs`
      const window = new BrowserWindow({ show: false, webPreferences: { preload } })
      await window.loadURL('data:text/html,another')
      const ask = "desktop.openBrowser('https://example.com/').catch(({ message }) => message)"
      const message = await window.webContents.executeJavaScript(ask)
      window.destroy()
      return message
    })
    assert.match(asked, REFUSED)
    assert.deepEqual(desktop.opened(), [])
  },

  'the page has nothing of Node, and no other page runs in its window': async ({
    desktop,
    app,
    elsewhere,
  }) => {
    const found = await app.page.evaluate(() => ({
      node: [typeof globalThis.require, typeof globalThis.process, typeof globalThis.module],
      bridge: Object.keys(globalThis.desktop).sort(),
    }))
    assert.deepEqual(found, {
      node: ['undefined', 'undefined', 'undefined'],
      bridge: ['onLink', 'openBrowser'],
    })
    for (const url of [elsewhere, 'file:///etc/hostname', 'data:text/html,x'])
      await app.page.evaluate((address) => {
        globalThis.open(address)
        globalThis.location.href = address
      }, url)
    await desktop.openLink(REFUSAL)
    await saysRefusal(app)
    assert.deepEqual([app.page.url(), app.program.windows().length, desktop.opened()], [HOME, 1, []])
  },

  'its scheme gives the page’s own files alone': async ({ app }) => {
    const read = (path) =>
      app.program.evaluate(async ({ BrowserWindow }, url) => {
        const window = new BrowserWindow({ show: false })
        const text = await window.loadURL(url).then(
          () => window.webContents.executeJavaScript('document.documentElement.outerHTML'),
          ({ code }) => code,
        )
        window.destroy()
        return text
      }, HOME + path)
    const index = await read('')
    assert.match(index, /<title>Landfall</)
    assert.equal(await read('account'), index)
    for (const path of [
      '../package.json',
      '..%2fpackage.json',
      '%2e%2e/package.json',
      '..\\package.json',
      '..%5cpackage.json',
    ])
      assert.doesNotMatch(await read(path), /"name"/, path)
  },
}
