// People who stay signed in: the session's route, the tokens that are kept, and sign-out with the provider's own.

import { signIn } from './entries-openid.mjs'

/** @typedef {import('./entries-direct.mjs').Drive} Drive */

const WRONG_STATES = ['', '?state=', '?state=x', '?state=%ff', '?state=a&state=b']

/** Without the app's own session, the core revokes the token that it keeps. @param {import('./visit.mjs').Visit} visit */
const signOut = (visit) => {
  visit.jar.cookies.store('app-session=; Path=/; Max-Age=0', visit.origin)
  return visit.post('/auth/sign-out?next=/bye')
}

/** Goes to the provider's sign-out, and comes back. @param {string} provider @param {(state: string) => string} [change] @returns {Drive} */
const leave =
  (provider, change = (state) => state) =>
  async (visit, world) => {
    if (provider === 'basic') await signIn(provider)(visit, world)
    else await visit.open(visit.signInPath(provider))
    const { headers } = await signOut(visit)
    await visit.open('/auth/session')
    const state = change(new URL(headers.get('location')).searchParams.get('state'))
    await visit.send('GET', `/auth/sign-out?${new URLSearchParams({ state })}`)
  }

/** @type {Record<string, Drive>} */
export const SESSIONS = {
  nobody: async (visit) => {
    await visit.open('/auth/session')
    await visit.send('HEAD', '/auth/session')
    await visit.send('POST', '/auth/session')
  },
  'somebody who is signed in': async (visit) => {
    await visit.open(visit.signInPath('work'))
    await visit.open('/auth/session')
  },
  'somebody who links an account': async (visit) => {
    await visit.open(visit.signInPath('work'))
    await visit.open(visit.signInPath('work'), { from: `${visit.origin}/account` })
    await visit.open(visit.signInPath('work'), { from: 'https://evil.example/' })
  },
  'somebody who signs in at another provider too': async (visit, world) => {
    await visit.open(visit.signInPath('work'))
    await signIn('basic')(visit, world)
    await visit.open('/auth/session')
  },
  'the session for another site': async (visit) => {
    await visit.open(visit.signInPath('work'))
    const cookie = visit.jar.cookies.headerFor(visit.origin)
    for (const site of ['cross-site', 'same-site', 'none'])
      await visit.send('GET', '/auth/session', [
        ['cookie', cookie],
        ['sec-fetch-site', site],
        ['origin', 'https://evil.example'],
      ])
  },
  'a damaged session': async (visit) => {
    await visit.open(visit.signInPath('work'))
    const cookie = visit.jar.cookies.headerFor(visit.origin)
    for (const damaged of [
      cookie.replace(/(landfall-session=).{9}/, '$1AAAAAAAAA'),
      cookie.replace(/landfall-session=[^;]*/, 'landfall-session='),
      cookie.replaceAll('landfall-tokens=', 'landfall-session='),
    ])
      await visit.send('GET', '/auth/session', [['cookie', damaged]])
  },
  'two cookie headers': async (visit) => {
    await visit.open(visit.signInPath('work'))
    const cookies = visit.jar.cookies.headerFor(visit.origin).split('; ')
    await visit.send(
      'GET',
      '/auth/session',
      cookies.map((cookie) => ['cookie', cookie]),
    )
  },
  'an app that refuses the person': async (visit) => {
    await visit.open(visit.signInPath('work', '/refused'))
    await visit.open('/auth/session')
  },
  'a refresh token is revoked': async (visit) => {
    await visit.open(visit.signInPath('work'))
    await signOut(visit)
    await visit.open('/auth/session')
  },
  'the token that the app names is revoked': async (visit) => {
    await visit.open(visit.signInPath('work'))
    await visit.post('/auth/sign-out?next=/bye')
  },
  'the provider does not revoke it': async (visit, { plain }) => {
    await visit.open(visit.signInPath('work'))
    plain.script(({ endpoint }) => (endpoint === 'revoke' ? { status: 503 } : undefined))
    await signOut(visit)
    plain.script(null)
    await visit.open('/auth/session')
  },
  'an app that fails keeps the session': async (visit) => {
    await visit.open(visit.signInPath('work'))
    visit.jar.cookies.store('app-session=broken; Path=/', visit.origin)
    await visit.post('/auth/sign-out')
    await visit.open('/auth/session')
  },
  'on to the provider, and back': leave('left'),
  'on to a provider with OpenID Connect, and back': leave('basic'),
  'back with a state that was changed': leave('left', (state) => `${state.slice(0, -9)}AAAAAAAAA`),
  'back with no state of ours': async (visit) => {
    for (const query of WRONG_STATES) await visit.send('GET', `/auth/sign-out${query}`)
  },
}
