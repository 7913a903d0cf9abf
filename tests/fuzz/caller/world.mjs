// One app and one page that live as long as the fuzzing does, and the sign-in of the next person, who has done nothing wrong.
import { createBrowserAuth } from '../../../dist/browser.js'
import { createAuth } from '../../../dist/index.js'
import { inPage } from '../../node/known-problems/page.mjs'
import {
  callbackUrl,
  json,
  makeRequest,
  ORIGIN,
  PROVIDER,
  readStart,
  SECRET,
  TOKEN_ANSWER,
} from '../../node/support/app.mjs'
import { startFixed, touched } from './instances.mjs'

export const SUPABASE = { url: 'https://abcd.supabase.co', key: 'sb_publishable_0123456789abcdef' }

/** The options of the app, without its functions. */
export const OPTIONS = {
  origin: ORIGIN,
  secret: SECRET,
  providers: {
    main: {
      ...PROVIDER,
      clientSecret: 'a secret of a client',
      revocationEndpoint: `${PROVIDER.issuer}/revoke`,
    },
    posted: { ...PROVIDER, issuer: 'https://posted.example', responseMode: 'form_post' },
  },
  supabase: SUPABASE,
}
/** Those of a page: public clients alone. */
export const PAGE_OPTIONS = { providers: { main: PROVIDER }, secret: SECRET, supabase: SUPABASE }

const USER = {
  id: 'u1',
  aud: 'authenticated',
  created_at: '2026-01-01T00:00:00Z',
  app_metadata: {},
  user_metadata: {},
}
const SUPABASE_SESSION = {
  access_token: `${btoa('{"alg":"HS256"}')}.${btoa('{"sub":"u1","exp":4000000000}')}.c2ln`.replaceAll(
    '=',
    '',
  ),
  token_type: 'bearer',
  expires_in: 3600,
  expires_at: 4_000_000_000,
  refresh_token: 'refresh',
  user: USER,
}

/** What a healthy server says. @param {string} url */
export const answerOf = (url) => {
  const { pathname } = new URL(url)
  if (pathname.startsWith('/auth/v1/user')) return json(USER)
  if (pathname.startsWith('/auth/v1/logout')) return new Response(null, { status: 204 })
  if (pathname.startsWith('/auth/v1/')) return json(SUPABASE_SESSION)
  return json(TOKEN_ANSWER)
}

/**
 * Functions of an app, each of which does what `plan` says, or what is usual.
 * @param {Record<string, Function>} plan @param {any[]} sent @param {any[]} sessions
 */
export const makeFunctions = (plan, sent = [], sessions = []) => ({
  fetch: (url, init) => {
    sent.push(`${init.method} ${url} ${[...new URLSearchParams(init.body).keys()]}`)
    return plan.fetch ? plan.fetch(url, init) : Promise.resolve(answerOf(url))
  },
  onSession: (session, context) => {
    sessions.push(session)
    return plan.onSession ? plan.onSession(session, context) : { headers: { 'set-cookie': 'session=1' } }
  },
  onSignOut: (context) => plan.onSignOut?.(context),
  onEvent: (event) => plan.onEvent?.(event),
})

/** What of an answer is the same for everybody. @param {Response} response */
const toPlain = async (response) => ({
  status: response.status,
  headers: [...response.headers].map(([name, value]) => [
    name,
    value.replace(/landfall-[\w-]+(=[^;]*)?/g, 'tx'),
  ]),
  body: await response.text(),
})

/** An address without what is random in it. @param {string} address */
const toAddress = (address) => {
  const { origin, pathname, searchParams } = new URL(address)
  for (const name of ['state', 'code_challenge', 'nonce'])
    if (searchParams.has(name)) searchParams.set(name, 'random')
  return `${origin}${pathname}?${searchParams}`
}

const withoutTime = ({ expires_at, ...session }) => session

/** @param {() => any} run @returns {Promise<{ result: any, instance: any }>} the instance that `run` used first */
const watched = async (run) => {
  touched.clear()
  const result = await run()
  return { result, instance: [...touched][0] }
}

export const makeWorld = () => {
  /** @type {Record<string, Function>} what the functions of the app and of the page do in this run */
  const plan = {}
  const sent = []
  const sessions = []
  const auth = createAuth(/** @type {any} */ ({ ...OPTIONS, ...makeFunctions(plan, sent, sessions) }))

  /** The same app, which keeps sessions. */
  const keeper = createAuth(/** @type {any} */ ({ ...OPTIONS, session: true }))

  const page = inPage('https://app.example/')
  const { onSession, onSignOut, ...pageFunctions } = makeFunctions(plan, sent)
  /** @type {any} */
  let pageAuth

  const signIn = async () => {
    const { url, setCookie } = auth.start({ provider: 'main', next: '/mine' })
    const tx = readStart(new URL(url), setCookie)
    const request = makeRequest(callbackUrl(tx.state), { cookie: tx.cookie })
    const response = await toPlain(await auth.callback(request))
    return {
      url: toAddress(url),
      response,
      sessions: sessions.map(withoutTime),
      sent: [...sent],
      read: auth.getSession(request),
    }
  }

  const signInPage = async () => {
    page.globals.location.href = 'https://app.example/'
    page.cookies.clear()
    const started = await pageAuth.signInWithOAuth({ provider: 'main', options: { next: '/mine' } })
    page.globals.location.href = ORIGIN + callbackUrl(started.data.flowId)
    const { data, error } = await pageAuth.complete()
    const session = data.session && withoutTime(data.session)
    return {
      url: toAddress(started.data.url),
      error,
      session,
      next: data.next,
      at: page.address(),
      sent: [...sent],
    }
  }

  /** The whole sign-in of somebody else, on the server and in the page, and what is left in the core afterwards. */
  const nextPerson = async () => {
    for (const name of Object.keys(plan)) delete plan[name]
    sent.length = sessions.length = 0
    const server = await watched(signIn)
    const started = startFixed(server.instance)
    sent.length = 0
    const inPage = await page.within(() => {
      pageAuth ??= createBrowserAuth(/** @type {any} */ ({ ...PAGE_OPTIONS, ...pageFunctions }))
      return watched(signInPage)
    })
    return {
      server: server.result,
      page: inPage.result,
      started,
      images: [server, inPage].map(({ instance }) => instance.image.toString('latin1')),
    }
  }

  return { plan, auth, keeper, page, getPageAuth: () => pageAuth, nextPerson }
}

/** @typedef {ReturnType<typeof makeWorld>} World */
