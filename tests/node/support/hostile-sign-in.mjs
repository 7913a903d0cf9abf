// A person's sign-in at an app whose token endpoint is hostile: real handlers, the runtime's own fetch, one jar of cookies.
import { createAuth } from '../../../dist/index.js'
import { BrowserJar } from '../../../stand-ins/browser-jar.mjs'
import { ORIGIN, SECRET } from './app.mjs'
import { readOutcome } from './outcome.mjs'

export const CLIENT = { clientId: 'demo-client', clientSecret: 'the-secret-of-the-client' }
export const KEY = 'sb_publishable_0123456789abcdefghij'

/** Options of createAuth for an app with its token endpoint at an origin. @type {Record<string, (origin: string) => object>} */
export const APPS = {
  plain: (origin) => ({
    secret: SECRET,
    providers: {
      main: {
        ...CLIENT,
        authorizationEndpoint: `${origin}/authorize`,
        tokenEndpoint: `${origin}/token`,
      },
    },
  }),
  supabase: (origin) => ({ supabase: { url: origin, key: KEY } }),
}

/** @param {'plain' | 'supabase'} kind @param {string} origin of the token endpoint */
export const makePerson = (kind, origin) => {
  const person = {
    events: [],
    sessions: [],
    beforeCallback: async () => {},
    jar: /** @type {any} */ (null),
    signIn: /** @type {any} */ (null),
  }
  const auth = createAuth({
    ...APPS[kind](origin),
    origin: ORIGIN,
    onEvent: (event) => person.events.push(event),
    onSession: (session) => void person.sessions.push(session),
  })
  const provider = kind === 'plain' ? 'main' : 'bitbucket'
  let outcome
  const visitApp = async (request) => {
    if (!new URL(request.url).pathname.startsWith('/auth/callback')) return auth.handle(request)
    await person.beforeCallback()
    const began = performance.now()
    const response = await auth.handle(request)
    const milliseconds = performance.now() - began
    const event = person.events.findLast(({ type }) => type === 'callback')
    outcome = { ...(await readOutcome(response.clone(), event)), milliseconds }
    return response
  }
  person.jar = new BrowserJar({ sites: { [ORIGIN]: visitApp } })
  /** Signs in and says what the callback answered. */
  person.signIn = async () => {
    const landing = await person.jar.fetch(`${ORIGIN}/auth/sign-in?provider=${provider}&next=/dashboard`)
    return { ...outcome, page: await landing.text() }
  }
  return person
}
