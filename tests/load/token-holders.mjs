// People who are signed in, and who ask one instance for access tokens: what they get, and what is left in memory. It does what its
// parent says, one message after another. Runs with --expose-gc.
import { createAuth } from '../../dist/index.js'
import { countHeap } from './heap.mjs'

const SIGN_INS_AT_ONCE = 50
const REMOVED = /; Max-Age=0(;|$)/

/** The clock of this process, which runs ahead by as much as the parent says. */
let ahead = 0
const clock = Date.now
Date.now = () => clock() + 1000 * ahead

let auth
/** @type {Holder[]} */
let people = []

class Holder {
  #cookies = new Map()
  /** The Cookie header before the last answers came. */
  before = ''

  get cookie() {
    return [...this.#cookies.values()].join('; ')
  }

  /** Whether the browser still has the provider's tokens. */
  get hasTokens() {
    return [...this.#cookies.keys()].some((name) => name.includes('landfall-tokens'))
  }

  /** @param {string[]} lines */
  keep(lines) {
    for (const line of lines) {
      const [pair] = line.split(';')
      const [name] = pair.split('=')
      if (REMOVED.test(line)) this.#cookies.delete(name)
      else this.#cookies.set(name, pair)
    }
  }

  request(url, cookie = this.cookie) {
    return new Request(url, { headers: { cookie } })
  }

  async signIn(origin) {
    const { url, setCookie } = auth.start({ provider: 'work' })
    this.keep(setCookie)
    const { headers } = await fetch(url, { redirect: 'manual' })
    const response = await auth.callback(this.request(headers.get('location')))
    this.keep(response.headers.getSetCookie())
    if (auth.getSession(this.request(origin)).session === null) throw new Error('nobody is signed in')
  }

  /** Asks so many times at once. @returns {Promise<{ tokens: string[], errors: string[] }>} */
  async ask(origin, count, isLate) {
    const cookie = isLate ? this.before : this.cookie
    if (!isLate) this.before = cookie
    const asking = Array.from({ length: count }, () => auth.getAccessToken(this.request(origin, cookie)))
    const tokens = []
    const errors = []
    for (const { value, reason } of await Promise.allSettled(asking)) {
      this.keep((value ?? reason).setCookie)
      if (value) tokens.push(value.accessToken)
      else errors.push(reason.code ?? String(reason))
    }
    return { tokens: [...new Set(tokens)], errors }
  }
}

/** What the parent may say. */
const DOES = {
  async open({ options, count }) {
    auth = createAuth(options)
    people = Array.from({ length: count }, () => new Holder())
    const rest = [...people]
    const keepBusy = async () => {
      for (let one = rest.pop(); one; one = rest.pop()) await one.signIn(options.origin)
    }
    await Promise.all(Array.from({ length: SIGN_INS_AT_ONCE }, keepBusy))
  },
  /** Everybody asks at once, `seconds` later. */
  async ask({ origin, seconds, each, isLate }) {
    ahead += seconds
    const answers = await Promise.all(people.map((one) => one.ask(origin, each, isLate)))
    const isSignedIn = (one) => auth.getSession(one.request(origin)).session !== null
    return {
      tokens: answers.map(({ tokens }) => tokens),
      errors: answers.flatMap(({ errors }) => errors),
      signedIn: people.filter(isSignedIn).length,
      withTokens: people.filter(({ hasTokens }) => hasTokens).length,
      heap: await countHeap(),
    }
  },
}

process.on('message', async ({ does, ...given }) => {
  try {
    process.send({ result: await DOES[does](given) })
  } catch (error) {
    process.send({ failure: error.stack })
  }
})
