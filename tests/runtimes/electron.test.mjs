// The Electron example in the real program, on a desktop of its own: it opens the system's browser, and the system opens it by a link. The program is
// Electron 22, which comes inside of another package.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'
import { collectComplaints, useBrowser } from '../browser/support/browser.mjs'
import { listNextChecks } from '../node/support/vectors.mjs'
import { ELECTRON_CASES } from './support/cases-electron.mjs'
import { installElectron } from './support/electron-example.mjs'
import { whyNoElectron } from './support/electron-program.mjs'
import { takeTurns } from './support/turns.mjs'

const EMAIL = 'ada@example.test'
const LINK = 'myapp://auth/callback'
const BUTTON = 'Continue with Bitbucket'
const REFUSAL = `${LINK}?error=access_denied&error_description=No`

/** Chromium knows no page of a scheme of its own, so the page has this address there. */
const STAND_IN = 'https://landfall.example/'

/** A person in the system's browser, from the start of a sign-in to the link that opens the app. @param {string} url */
const visit = async (url) => {
  const jar = new BrowserJar()
  for (let next = url; ; ) {
    const response = await jar.fetch(next, { redirect: 'manual' })
    next = new URL(response.headers.get('location'), next).href
    if (next.startsWith('myapp:')) return next
  }
}

const press = ({ page }, name) => page.getByRole('button', { name }).click()
const says = ({ page }, text) => page.getByText(text).waitFor()
const isSignedOut = ({ page }) => page.getByRole('heading', { name: 'Welcome' }).waitFor()

/** The link of a sign-in that a person starts in the app. */
const startSignIn = async (desktop, app) => visit(await desktop.openedBy(() => press(app, BUTTON)))

const describeElectron = () => {
  const browser = useBrowser()
  let supabase
  let example
  before(async () => {
    supabase = await startSupabaseAuth({ siteUrl: 'https://app.example', allowList: ['myapp://**'] })
    example = await installElectron(supabase)
  })
  after(async () => {
    example?.remove()
    await supabase?.close()
  })

  /** A desktop on which nobody has started the app yet. */
  const open = async (t) => {
    const desktop = await example.makeDesktop()
    t.after(() => desktop.remove())
    return desktop
  }
  const openApp = async (t) => {
    const desktop = await open(t)
    return { desktop, app: await desktop.start() }
  }

  test('the button opens the system’s browser, the link ends the sign-in, and the session outlives the page and the app', async (t) => {
    const desktop = await open(t)
    assert.equal(desktop.registeredFor('myapp'), undefined)
    const app = await desktop.start()
    assert.equal(desktop.registeredFor('myapp'), 'landfall-example-electron.desktop')
    await desktop.openLink(await startSignIn(desktop, app))
    await says(app, EMAIL)
    assert.equal(app.page.url(), 'app://landfall/account')
    await app.page.reload()
    await says(app, EMAIL)
    await app.close()
    const again = await desktop.start()
    await says(again, EMAIL)
    await press(again, 'Sign out')
    await isSignedOut(again)
    assert.equal(supabase.sessions.rows.size, 0)
    assert.deepEqual(await again.page.evaluate(() => Object.keys(localStorage)), [])
    assert.deepEqual([app.complaints, again.complaints], [[], []])
  })

  test('a link that starts the app ends a sign-in from before', async (t) => {
    const { desktop, app } = await openApp(t)
    const link = await startSignIn(desktop, app)
    await app.close()
    const again = await desktop.start(link)
    await says(again, EMAIL)
    assert.deepEqual(again.complaints, [])
  })

  test('a refusal, and a link of a sign-in that was started elsewhere, sign nobody in', async (t) => {
    const { desktop, app } = await openApp(t)
    await desktop.openLink(REFUSAL)
    await says(app, 'provider_access_denied')
    const other = await openApp(t)
    await desktop.openLink(await startSignIn(other.desktop, other.app))
    await says(app, 'transaction_cookies_blocked')
    await isSignedOut(app)
  })

  test('links that come at once are all taken, and one of them signs in', async (t) => {
    const { desktop, app } = await openApp(t)
    const link = await startSignIn(desktop, app)
    const asked = supabase.stats.count('token', 200)
    await Promise.all(
      [link, `${LINK}?error=invalid_scope`, link, 'myapp://auth/callback'].map(desktop.openLink),
    )
    await says(app, EMAIL)
    // It waits behind them.
    await desktop.openLink(`${LINK}?error=access_denied`)
    await says(app, 'provider_access_denied')
    await says(app, EMAIL)
    assert.equal(supabase.stats.count('token', 200), asked + 1)
    assert.deepEqual(app.complaints, [])
  })

  test('links that wait together are taken in their order. The event is that of macOS, which the test plays', async (t) => {
    const { desktop, app } = await openApp(t)
    const links = [await startSignIn(desktop, app), REFUSAL]
    await app.program.evaluate(({ app }, given) => {
      for (const link of given) app.emit('open-url', { preventDefault() {} }, link)
    }, links)
    await says(app, EMAIL)
    await says(app, 'provider_access_denied')
  })

  for (const [title, run] of Object.entries(ELECTRON_CASES))
    test(title, async (t) => run({ ...(await openApp(t)), elsewhere: supabase.url }))

  test('a page of this version compiles no module of this size at once, so it has the plain core', async (t) => {
    const { app } = await openApp(t)
    const bytes = readFileSync(join(example.folder, 'node_modules/landfall/dist/browser.wasm'))
    const problem = await app.page.evaluate(
      (given) => {
        try {
          return String(new WebAssembly.Module(new Uint8Array(given)))
        } catch ({ message }) {
          return message
        }
      },
      [...bytes],
    )
    assert.match(problem, /4KB/)
  })

  test('in the Chromium of newer versions, the page signs in with WebAssembly under its policy', async () => {
    const page = await browser.open({ permissions: ['local-network-access'] })
    const complaints = collectComplaints(page)
    let open
    const opened = new Promise((resolve) => {
      open = resolve
    })
    await page.exposeFunction('openInBrowser', open)
    await page.addInitScript(() => {
      globalThis.desktop = {
        openBrowser: (url) => globalThis.openInBrowser(url),
        onLink: (take) => {
          globalThis.takeLink = take
        },
      }
    })
    await page.route(`${STAND_IN}**`, (route) => {
      const [, name = 'index.html'] = /\/(assets\/[\w-]+\.js)$/.exec(route.request().url()) ?? []
      return route.fulfill({ path: join(example.folder, 'dist-current', name) })
    })
    await page.goto(STAND_IN)
    await press({ page }, BUTTON)
    await page.evaluate((link) => globalThis.takeLink(link), await visit(await opened))
    await says({ page }, EMAIL)
    const hasRun = await page.evaluate(() => {
      const script = document.createElement('script')
      script.text = 'globalThis.hasRun = true'
      document.body.append(script)
      return globalThis.hasRun === true
    })
    assert.equal(hasRun, false)
    assert.equal(complaints.length, 1)
    assert.match(complaints[0], /inline script/)
  })

  test('the core runs in the main process', async (t) => {
    const { app } = await openApp(t)
    const checks = listNextChecks()
    const { wrong, versions } = await app.program.evaluate(
      (_, { from, given }) => {
        const { checkNext } = process.mainModule.require(from)
        return {
          versions: [process.versions.electron, process.versions.node],
          wrong: given
            .filter(({ next, origin, want }) => checkNext(next, origin) !== want)
            .map(({ id }) => id),
        }
      },
      { from: join(example.folder, 'node_modules/landfall'), given: checks },
    )
    assert.deepEqual(wrong, [])
    assert.match(versions[0], /^22\./)
    t.diagnostic(`Electron ${versions[0]} with Node ${versions[1]}`)
  })
}

if (whyNoElectron) test(`Electron is not run: ${whyNoElectron}`, { skip: true }, () => {})
else for (const name of takeTurns(['Electron'])) describe(name, describeElectron)
