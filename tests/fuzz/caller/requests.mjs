// Requests and responses that are nearly what they have to be: of the Fetch standard, of Node, and of an app's own fetch.
import { callbackUrl, ORIGIN } from '../../node/support/app.mjs'
import { damage, nearly, watch } from './damage.mjs'
import { noticed } from './values.mjs'

/** @typedef {import('./values.mjs').Values} Values */

const PATHS = [
  '/',
  '/other',
  '/auth/sign-in?provider=main&next=/x',
  '/auth/sign-in?provider=supabase',
  '/auth/callback?code=abc',
  callbackUrl('state'),
  callbackUrl('state', {}, 'posted'),
  '/auth/callback/posted',
  '/auth/confirm?token_hash=abc&type=email',
  '/auth/confirm',
  '/auth/auth-code-error?error=csrf',
  '/auth/sign-out?next=/bye',
]
const FORM_PATHS = ['/auth/callback/posted', '/auth/confirm', '/auth/sign-out']
const HEADERS = [
  'cookie',
  'host',
  'origin',
  'content-type',
  'forwarded',
  'x-forwarded-host',
  'sec-fetch-site',
  'referer',
]
const FORM = 'application/x-www-form-urlencoded'

/** @param {Values} values */
const makeUrl = (values) => {
  const path = values.pick(PATHS)
  if (values.oneIn(4)) return values.text()
  return (
    ORIGIN +
    path +
    (values.oneIn(4) ? `&next=${encodeURIComponent(values.text().toWellFormed?.() ?? '')}` : '')
  )
}

/** The headers of a form that may be posted. */
const FORM_HEADERS = { origin: ORIGIN, host: 'app.example', 'content-type': FORM, cookie: 'a=1' }

/** More chunks than any body is read for; a body of a provider may have a mebibyte. */
const MAX_CHUNKS = 1_200_000

/** An endless body of nothing. */
const makeEndless = () => {
  let reads = 0
  return async () => {
    if (reads++ < MAX_CHUNKS) return { done: false, value: new Uint8Array(0) }
    noticed.push('an endless body is read on and on')
    return { done: true }
  }
}

/** What looks like a stream, and gives chunks of its own. @param {Values} values @param {number} [rarity] of an endless one */
const makeReader = (values, rarity = 8) => {
  let left = values.pick([1, 3, 50])
  return {
    getReader: () => ({
      read: values.pick([
        async () => ({ done: left-- <= 0, value: values.bytes() }),
        async () => ({ done: left-- <= 0, value: values.any() }),
        async () => (left-- > 0 ? values.any() : { done: true }),
        () => ({ done: left-- <= 0, value: new Uint8Array(0) }),
        values.oneIn(rarity) ? makeEndless() : async () => ({ done: true }),
      ]),
      cancel: values.pick([async () => {}, values.own, values.fn(), async () => values.own()]),
    }),
    cancel: values.pick([async () => {}, values.own, values.fn()]),
  }
}

/** @param {Values} values */
const makeBody = (values) =>
  values.pick([() => null, () => undefined, values.stream, () => makeReader(values), () => values.any()])()

/** A real Request. @param {Values} values */
const makeRealRequest = (values) => {
  const isPost = values.oneIn(2)
  const headers = isPost ? FORM_HEADERS : { cookie: 'a=1' }
  const body = isPost
    ? values.pick(['code=1&state=x', 'token_hash=a&type=email', values.stream()])
    : undefined
  const init = { method: isPost ? 'POST' : 'GET', headers, body, duplex: 'half' }
  try {
    return new Request(makeUrl(values), /** @type {any} */ (init))
  } catch {
    return new Request(`${ORIGIN}/auth/callback/posted`, { method: 'POST', headers, body: 'code=1&state=x' })
  }
}

/** A form that is read, with its body in pieces. @param {Values} values */
const makeForm = (values) => ({
  method: 'POST',
  url: ORIGIN + values.pick(FORM_PATHS),
  headers: new Map(Object.entries(FORM_HEADERS)),
  body: values.oneIn(2) ? makeReader(values, 2) : makeBody(values),
  bodyUsed: false,
})

/** What has the members of a Request. @param {Values} values */
const makeRequestLike = (values) => {
  if (values.oneIn(3)) return makeForm(values)
  const given = values.oneIn(2) ? FORM_HEADERS : { [values.pick(HEADERS)]: values.text() }
  const odd = values.pick([() => values.any(), () => values.text(), values.own])
  const get = values.pick([
    (name) => (name === 'host' ? values.text() : given[name]),
    (name) => (values.oneIn(6) ? odd() : given[name]),
    values.fn(),
  ])
  // Not a plain object, which would be damaged: a `get` that is gone at the second look is the caller's own mistake.
  const headers = values.oneIn(3)
    ? new Map(Object.entries(given))
    : Object.assign(Object.create(null), { get })
  const method = values.pick(['GET', 'POST', 'HEAD', values.text()])
  return { method, url: makeUrl(values), headers, body: makeBody(values), bodyUsed: false }
}

/** A request of which each member is another one at the second look. @param {Values} values */
const makeFlipping = (values) => {
  const request = {}
  for (const [name, value] of Object.entries(makeRequestLike(values)))
    Object.defineProperty(request, name, { get: values.flipping(value), enumerable: true })
  return request
}

/** What is given to a handler: a real Request in one of four. @param {Values} values @returns {{ input: any, isReal: boolean }} */
export const makeInput = (values) => {
  const isReal = values.oneIn(4)
  const makeOther = values.pick([
    makeRequestLike,
    makeFlipping,
    () => nearly(makeRequestLike(values), values),
  ])
  const request = isReal ? makeRealRequest(values) : makeOther(values)
  return { input: values.oneIn(5) ? { request, params: values.any() } : request, isReal }
}

/** The request that a sign-in is started by. @param {Values} values */
export const makeStartedBy = (values) =>
  values.pick([
    () => makeRealRequest(values),
    () => damage(makeRequestLike(values), values),
    () => makeRequestLike(values),
  ])()

/** What an app's own fetch gives. @param {Values} values @param {Response} usual */
export const makeFetched = (values, usual) => {
  const like = {
    status: values.pick([200, 204, 302, 400, 500]),
    headers: { get: () => 'application/json' },
    body: makeBody(values),
    redirected: false,
    url: '',
  }
  return values.pick([
    () => usual,
    () => new Response(values.text()),
    () => watch(nearly(like, values)).proxy,
    () => nearly(like, values),
  ])()
}

/** What Node gives to a listener; it says at once that its body is at its end. @param {Values} values */
export const makeIncoming = (values) => {
  const emit = (event, listener) => {
    if (event !== 'data' && event !== 'end') return
    setImmediate(() => {
      try {
        listener(event === 'data' ? values.any() : undefined)
      } catch {
        // Node's own requests tell of their end once.
      }
    })
  }
  const incoming = {
    method: values.pick(['GET', 'POST']),
    url: makeUrl(values).replace(ORIGIN, ''),
    headers: { ...FORM_HEADERS },
    socket: { encrypted: values.oneIn(2) },
    readableEnded: values.oneIn(2),
    on: emit,
    off: () => {},
    pause: () => {},
    resume: () => {},
    body: values.pick([undefined, { code: '1', state: 'x' }, 'code=1', values.any()]),
  }
  return values.oneIn(4) ? incoming : damage(incoming, values)
}

/** @param {Values} values */
export const makeOutgoing = (values) => {
  const outgoing = {
    statusCode: 0,
    headersSent: false,
    ended: 0,
    getHeader: () => undefined,
    setHeader: () => {},
    write: () => true,
    end() {
      this.ended += 1
    },
    destroy() {
      this.ended += 1
    },
    on: () => {},
  }
  return values.oneIn(2) ? outgoing : damage(outgoing, values)
}
