// As much of a page as createBrowserAuth needs to run in one: its address, its history, its cookies and its localStorage.
import { createBrowserAuth } from '../../../dist/browser.js'

/**
 * A page at this address.
 * @param {string} address @param {Map<string, string>} stored what is in localStorage
 */
export function inPage(address, stored = new Map()) {
  const cookies = new Map()
  const location = { href: address, origin: new URL(address).origin, assign() {} }
  const document = {
    get cookie() {
      return [...cookies].map((pair) => pair.join('=')).join('; ')
    },
    set cookie(line) {
      const [, name, value] = /^([^=]*)=([^;]*)/.exec(line)
      if (/max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    },
  }
  // Names of what is stored are properties of localStorage: Object.keys lists them.
  const localStorage = new Proxy(stored, {
    ownKeys: () => [...stored.keys()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    get: (_, name) =>
      ({
        getItem: (key) => stored.get(key) ?? null,
        setItem: (key, value) => void stored.set(key, value),
        removeItem: (key) => void stored.delete(key),
      })[name],
  })
  const history = {
    state: null,
    replaceState(_state, _title, href) {
      location.href = href
    },
  }
  const globals = { location, document, history, localStorage }
  /** Takes the page away as soon as `run` is done: other tests of this process know no page. */
  async function within(run) {
    const before = Object.fromEntries(
      Object.keys(globals).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]),
    )
    for (const [name, value] of Object.entries(globals))
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
    try {
      return await run()
    } finally {
      for (const [name, descriptor] of Object.entries(before)) {
        if (descriptor) Object.defineProperty(globalThis, name, descriptor)
        else delete globalThis[name]
      }
    }
  }
  return {
    cookies,
    /** What is global in the page. */
    globals,
    within,
    address: () => location.href,
    /** Finishes the sign-in whose answer is in the page's address. @param {object} options of createBrowserAuth */
    complete: (options) => within(() => createBrowserAuth(options).complete()),
  }
}
