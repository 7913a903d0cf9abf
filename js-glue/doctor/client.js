/**
 * A direct provider as a server sees it: Landfall itself starts a sign-in and redeems a code that nobody has, with the
 * doctor's own requests. So the rules for metadata, endpoints and clients are those of an app.
 */
import { getModule } from '../node/module.js'
import { withModule } from '../server/with-module.js'
import { toPublic } from './address.js'
import { ask } from './ask.js'
import { issuerOf } from './row.js'

/** @typedef {import('./app.js').App} App */
/** @typedef {import('./ask.js').Asked} Asked */
/** @typedef {import('../event.js').FailedEvent} FailedEvent */

const { createAuth } = withModule(getModule)

/** A code and a client that do not exist. */
const NOBODY = 'landfall-doctor'

/**
 * What the doctor is told of a direct provider. Without `issuer` and `tokenEndpoint`, its row has the addresses.
 * @typedef {object} Settings
 * @property {string} issuer empty for a provider without metadata
 * @property {string} tokenEndpoint of such a provider; empty for another one
 * @property {import('./row.js').Row | undefined} [row] of a provider whose addresses nobody gives
 * @property {string} [tenant] that the app names to it
 * @property {Record<string, string>} client the options of the client: clientId, and clientSecret or those of a key;
 *   without a value, empty
 * @property {Record<string, string>} variables the environment variables of these options, and of others of the row
 */

/**
 * The result of one route of the app.
 * @typedef {object} Outcome
 * @property {Asked | undefined} [answer] the provider's last one
 * @property {string} url the address that gave it; empty where nobody was asked
 * @property {boolean} [isBasic] whether the request for it named the client in a header
 * @property {FailedEvent} [failure]
 */

/**
 * The environment variables of a provider's options, as `auth.check()` names them.
 * @param {string} provider
 * @param {string[]} names of the options
 * @returns {Record<string, string>}
 * @throws {import('../error.js').LandfallError} config_invalid for a name that createAuth does not take
 */
export const variablesOf = (provider, names) => {
  const unset = Object.fromEntries(names.map((name) => [name, undefined]))
  const options = { clientId: undefined, issuer: 'https://landfall-doctor.invalid', ...unset }
  const notSet = createAuth({ providers: { [provider]: options } }).check()
  const find = (/** @type {string} */ name) => notSet.find(({ option }) => option.endsWith(`.${name}`))
  return Object.fromEntries(names.map((name) => [name, find(name)?.variable ?? '']))
}

/**
 * Whether every option of the client has a value.
 * @param {Settings} settings
 */
export const isWhole = ({ client }) => Object.values(client).every(Boolean)

/**
 * The answer as Landfall gets it. That of a server that does not answer is an error: Response takes no status 0.
 * @param {Asked} answer
 */
const toResponse = ({ status, headers, text }) => {
  const isBare = [204, 205, 304].includes(status)
  return new Response(isBare ? null : text, { status, headers })
}

/**
 * The options of a provider. Landfall takes an authorization endpoint beside a token endpoint; nobody is sent there.
 * @param {Settings} settings
 * @param {boolean} isOpenid
 */
const toOptions = ({ issuer, tokenEndpoint, row, tenant, client }, isOpenid) => ({
  clientId: NOBODY,
  ...Object.fromEntries(Object.entries(client).filter(([, value]) => value)),
  ...(tenant && { tenant }),
  ...(issuer && { issuer }),
  // They decide where metadata are.
  ...(!row?.authorizationEndpoint && { scopes: isOpenid ? 'openid' : 'profile' }),
  ...(tokenEndpoint && { tokenEndpoint, authorizationEndpoint: tokenEndpoint, scopes: 'profile' }),
})

/** A sign-in of an app whose provider has these settings. */
export class Client {
  #auth
  #signIn
  #callback
  #issuer
  #cookie = ''
  #state = ''
  #isForm = false
  /** @type {Promise<Asked> | undefined} */
  #asking
  /** @type {Outcome} */
  #outcome = { url: '' }

  /**
   * @param {App} app
   * @param {Settings} settings
   * @param {boolean} isOpenid
   * @param {object} [more] options of the provider
   * @throws {import('../error.js').LandfallError} config_invalid
   */
  constructor({ origin, callback, provider }, settings, isOpenid, more = {}) {
    const home = toPublic(origin)
    this.#signIn = `${home}/auth/sign-in?${new URLSearchParams({ provider })}`
    this.#callback = `${home}${callback}/${provider}`
    this.#issuer = issuerOf(settings)
    this.#auth = createAuth({
      origin: home,
      secret: crypto.randomUUID(),
      paths: { callback },
      providers: { [provider]: { ...toOptions(settings, isOpenid), ...more } },
      fetch: (url, init) => this.#ask(`${url}`, init),
      onEvent: (event) => {
        if (!event.ok) this.#outcome.failure = event
      },
    })
  }

  /**
   * @param {string} url
   * @param {any} init
   */
  async #ask(url, { method = 'GET', headers, body }) {
    this.#outcome.isBasic = new Headers(headers).has('authorization')
    this.#outcome.url = url
    this.#asking = ask(url, headers, { method, body })
    return toResponse(await this.#asking)
  }

  /**
   * Opens a route of the app.
   * @param {(request: Request) => Promise<Response>} route
   * @param {Request} request
   */
  async #open(route, request) {
    this.#outcome = { url: '' }
    this.#asking = undefined
    const response = await route(request)
    // Landfall's deadline may pass a moment before the doctor's, which has the reason.
    const answer = await /** @type {Promise<Asked> | undefined} */ (this.#asking)
    return { response, outcome: { ...this.#outcome, answer } }
  }

  /**
   * Starts the sign-in: this reads the metadata.
   * @returns {Promise<Outcome>}
   */
  async start() {
    const { response, outcome } = await this.#open(this.#auth.signIn, new Request(this.#signIn))
    const { headers } = response
    const cookies = headers.getSetCookie().map((line) => line.split(';')[0])
    this.#cookie = cookies.join('; ')
    const { searchParams } = new URL(headers.get('location') ?? '', this.#signIn)
    this.#state = searchParams.get('state') ?? ''
    this.#isForm = searchParams.get('response_mode') === 'form_post'
    return outcome
  }

  /**
   * Redeems a code that nobody has.
   * @returns {Promise<Outcome>}
   */
  async redeem() {
    const body = new URLSearchParams({ code: NOBODY, state: this.#state, iss: this.#issuer })
    const headers = { cookie: this.#cookie }
    const request = this.#isForm
      ? new Request(this.#callback, { method: 'POST', headers, body })
      : new Request(`${this.#callback}?${body}`, { headers })
    return (await this.#open(this.#auth.callback, request)).outcome
  }
}
