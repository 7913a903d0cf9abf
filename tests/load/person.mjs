// A person with a browser: signs in, answers what the provider asks, reloads what died on its way, and starts anew where an error
// page says so.
import { setTimeout as wait } from 'node:timers/promises'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'

const RELOAD_MILLISECONDS = 20
const MAX_RELOADS = 1000
const MAX_HOPS = 60
const LOST = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE'])
/** What a proxy says where the app died, and it may not ask another one. */
const BAD_GATEWAY = 502

export class Person {
  jar = new BrowserJar()

  /**
   * @param {string} name
   * @param {string} origin of the app
   * @param {{ reloads: number, errors: string[], atError?: () => Promise<void> }} counts of all people; `atError` is how long
   *   somebody looks at an error page
   */
  constructor(name, origin, counts) {
    this.name = name
    this.origin = origin
    this.counts = counts
  }

  /**
   * A whole sign-in, from the app and back to it.
   * @param {string} next
   * @param {Record<string, string>} [more] parameters of the sign-in
   * @returns {Promise<{ at: string, session: object }>}
   */
  async signIn(next, more = {}) {
    const start = `${this.origin}/auth/sign-in?${new URLSearchParams({ next, ...more })}`
    let session
    let ask = () => this.jar.fetch(start, { redirect: 'manual' })
    for (let hop = 0; hop < MAX_HOPS; hop++) {
      const response = await this.persist(ask)
      session = readSession(response) ?? session
      const location = response.headers.get('location')
      const target = new URL(location ?? response.url, response.url)
      if (target.pathname === '/auth/auth-code-error') {
        const code = target.searchParams.get('error')
        this.counts.errors.push(code)
        await this.counts.atError?.()
        ask = () => this.jar.fetch(start, { redirect: 'manual' })
      } else if (location) {
        ask = () => this.jar.fetch(target, { redirect: 'manual', from: response.url })
      } else if (target.origin === this.origin) {
        return { at: target.href.slice(this.origin.length), session }
      } else {
        const html = await response.text()
        if (response.status !== 200) throw new Error(`${this.name} is shown ${response.status}: ${html}`)
        ask = () => this.#answer(html, response.url)
      }
    }
    throw new Error(`${this.name} is sent around in circles`)
  }

  /** The provider asks for a name, then for consent. */
  #answer(html, at) {
    this.jar.url = at
    const decision = html.includes('name="username"') ? 'sign-in' : 'allow'
    return this.jar.submit(html, { fields: { username: this.name, decision }, redirect: 'manual' })
  }

  /** Does again what died on its way, as a reload does. @param {() => Promise<Response>} ask */
  async persist(ask) {
    for (let i = 0; i < MAX_RELOADS; i++) {
      try {
        const response = await ask()
        // What a browser keeps of old pages is not what is measured.
        this.jar.hops.length = 0
        if (response.status !== BAD_GATEWAY) return response
      } catch (error) {
        if (!LOST.has(error.code)) throw error
      }
      this.counts.reloads += 1
      await wait(RELOAD_MILLISECONDS)
    }
    throw new Error('The app does not come back')
  }
}

/** The session that an answer sets. @param {Response} response */
const readSession = (response) => {
  const line = response.headers.getSetCookie().find((one) => one.startsWith('app-session='))
  return line && JSON.parse(Buffer.from(line.split(/[=;]/)[1], 'base64url').toString())
}
