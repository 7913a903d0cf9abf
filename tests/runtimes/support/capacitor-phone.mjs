// A stand-in for a phone with an app of Capacitor: Chromium is its web view, at the address that Android gives to a page, and this file is
// the other end of Capacitor's bridge. The bridge itself is the one that @capacitor/android puts into its pages.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const BRIDGE = 'node_modules/@capacitor/android/capacitor/src/main/assets/native-bridge.js'
const ORIGIN = 'https://localhost'
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css' }

const methods = (...names) => names.map((name) => ({ name, rtype: 'promise' }))
const LISTEN = [{ name: 'addListener' }, { name: 'removeListener', rtype: 'promise' }]
const PLUGINS = [
  { name: 'App', methods: [...LISTEN, ...methods('getLaunchUrl')] },
  { name: 'Browser', methods: [...LISTEN, ...methods('open', 'close')] },
]

/**
 * @param {import('playwright-core').Page} page
 * @param {string} folder of the app
 */
export const makePhone = async (page, folder) => {
  const opened = []
  const refused = []
  let launchUrl
  let listener
  let arrived = () => {}
  /** What the phone does for the methods of the plugins. */
  const METHODS = {
    'Browser.open': ({ url }) => {
      opened.push(url)
      arrived(url)
    },
    'Browser.close': () => {},
    'App.getLaunchUrl': () => launchUrl && { url: launchUrl },
    'App.addListener': ({ eventName }, { callbackId }) => {
      if (eventName === 'appUrlOpen') listener = callbackId
    },
  }
  const answer = (message) =>
    page.evaluate((data) => globalThis.androidBridge.onmessage({ data }), JSON.stringify(message))

  await page.exposeFunction('toPhone', async (text) => {
    const call = JSON.parse(text)
    const name = `${call.pluginId}.${call.methodName}`
    const isListener = call.methodName === 'addListener'
    if (!Object.hasOwn(METHODS, name)) return refused.push(name)
    const data = METHODS[name](call.options, call)
    if (!isListener) await answer({ ...call, success: true, data, save: false })
  })
  await page.addInitScript((plugins) => {
    globalThis.androidBridge = { postMessage: (text) => globalThis.toPhone(text) }
    globalThis.Capacitor = { PluginHeaders: plugins, DEBUG: false, isLoggingEnabled: false }
  }, PLUGINS)
  await page.addInitScript({ path: join(folder, BRIDGE) })
  await page.route(`${ORIGIN}/**`, (route) => {
    const path = new URL(route.request().url()).pathname
    const name = /\.\w+$/.test(path) ? path : '/index.html'
    const contentType = TYPES[name.split('.').at(-1)]
    return route.fulfill({ body: readFileSync(join(folder, 'dist', name)), contentType })
  })

  return {
    opened,
    /** What the app asked of the phone that this stand-in has not. */
    refused,
    /** Starts the app, with the link that opened it. @param {string} [link] */
    start: async (link) => {
      launchUrl = link
      await page.goto(`${ORIGIN}/`)
    },
    /** What the app opens in the system's browser next. @param {() => Promise<unknown>} act */
    openedBy: async (act) => {
      const url = new Promise((resolve) => {
        arrived = resolve
      })
      await act()
      return url
    },
    /** The system opens the running app by a link. @param {string} url */
    openLink: (url) =>
      answer({
        callbackId: listener,
        pluginId: 'App',
        methodName: 'addListener',
        success: true,
        data: { url },
        save: true,
      }),
  }
}
