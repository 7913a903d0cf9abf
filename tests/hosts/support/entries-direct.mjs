// A provider that is spoken to directly, with OAuth 2.0: what goes well, what an attacker tries, what a browser does by itself.
import { Visit } from './visit.mjs'

/** @typedef {(visit: Visit, world: import('./world.mjs').World) => Promise<unknown>} Drive */

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const EVIL = [
  ...[
    '//evil.example',
    'https://evil.example/',
    '/\\evil.example',
    '/%5cevil.example',
    '/a/../b',
    '/\t/evil.example',
  ],
  ...[
    'javascript:alert(1)',
    'welcome',
    '/@evil.example',
    '/%2f/evil.example',
    '/auth/sign-in?provider=work',
    '/ä?ö=ü',
  ],
]
const NOT_OURS = [
  ...[
    '/',
    '/welcome',
    '/auth',
    '/auth/callback/nobody',
    '/auth/%63allback/work',
    '//auth/sign-in',
    '/Auth/sign-in',
  ],
  ...['/auth/sign-in/x', '/auth/confirm', '/auth/sign-in//', '/?code=x'],
]
const MANY = 100

/** @type {Drive} */
const refuseMethod = async (visit) => {
  await visit.send('POST', visit.signInPath('work'))
  await visit.send('PUT', '/auth/callback/work?code=a&state=b')
  await visit.send('GET', '/auth/sign-out')
  await visit.send('DELETE', '/auth/auth-code-error?error=state_mismatch')
}

/** @param {string} decision of the person at the provider */
const decide = (decision) => (url) => url.searchParams.set('decision', decision)

/** @type {Drive} */
const signInAgain = async (visit) => {
  const callback = await visit.callbackOf('work')
  await visit.open(callback)
  await visit.open(callback)
}

/** A hundred people at once; what each of them saw, counted. @type {Drive} */
const crowd = async (visit, { mask }) => {
  const seen = await Promise.all(
    Array.from({ length: MANY }, async () => {
      const one = new Visit(visit.origin)
      await one.open(one.signInPath('work'))
      return JSON.stringify(one.outcome(mask, [], []))
    }),
  )
  const counts = {}
  for (const outcome of seen) counts[outcome] = (counts[outcome] ?? 0) + 1
  visit.found.counts = Object.values(counts)
  visit.found.first = JSON.parse(seen[0])
}

/** What a browser loads ahead. @param {Record<string, string>} headers @returns {Drive} */
const prefetch = (headers) => async (visit) => {
  const callback = await visit.callbackOf('work')
  const init = { headers, redirect: 'manual' }
  for (const address of [callback, visit.signInPath('work'), '/auth/sign-out', '/auth/auth-code-error'])
    await visit.open(address, init)
  await visit.post('/auth/sign-out', {}, init)
  await visit.open(callback)
}

/** @type {Record<string, Drive>} */
export const DIRECT = {
  'a whole sign-in': (visit) => visit.open(visit.signInPath('work')),
  'a next with query and fragment': (visit) =>
    visit.open(visit.signInPath('work', '/a b?tab=1&x=%C3%A4#top')),
  'no next': (visit) => visit.open(visit.signInPath('work', '')),
  'an evil next': async (visit) => {
    for (const next of EVIL) await visit.open(visit.signInPath('work', next))
  },
  'a next that is written badly': async (visit) => {
    for (const query of ['next=%', 'next=/a&next=/b', 'next=%ff', `next=/${'a'.repeat(3000)}`])
      await visit.open(`/auth/sign-in?provider=work&${query}`)
  },
  'no provider, and one that nobody knows': async (visit) => {
    await visit.open('/auth/sign-in')
    await visit.open(visit.signInPath('nobody'))
  },
  denied: async (visit) => visit.open(await visit.callbackOf('work', '/welcome', decide('deny'))),
  'the profile and the e-mail addresses': async (visit, { plain }) => {
    const start = await visit.open(visit.signInPath('bitbucket'), { redirect: 'manual' })
    const { pathname, search } = new URL(start.headers.get('location'))
    const { headers } = await visit.open(plain.origin + pathname + search, { redirect: 'manual' })
    await visit.open(headers.get('location'))
  },
  'the response as a form': async (visit, { plain }) => {
    const { pathname, searchParams } = await visit.callbackOf('form')
    await visit.post(pathname, Object.fromEntries(searchParams), { from: plain.origin })
  },
  'a form that is none': async (visit) => {
    const { pathname, search } = await visit.callbackOf('form')
    const cookie = visit.jar.cookies.headerFor(visit.origin)
    const send = (headers, body) =>
      visit.send('POST', pathname, [...Object.entries(headers), ['cookie', cookie]], body)
    await send(FORM, '')
    await send({ 'content-type': 'application/json' }, search.slice(1))
    await send({}, search.slice(1))
    await send(FORM, `${search.slice(1)}&${search.slice(1)}`)
    await send(FORM, search.slice(1).padEnd(70_000, '&x=y'))
    await send(FORM, `${search.slice(1)}&x=%ff%00`)
    await send(FORM, search.slice(1))
  },
  'the callback twice': signInAgain,
  'the callback in another browser': async (visit) => {
    const callback = await visit.callbackOf('work')
    visit.jar.cookies.delete()
    await visit.open(callback)
  },
  'a state that was changed': async (visit) => {
    const callback = await visit.callbackOf('work')
    const state = callback.searchParams.get('state')
    callback.searchParams.set('state', `${state.slice(0, -1)}${state.endsWith('A') ? 'B' : 'A'}`)
    await visit.open(callback)
  },
  'a code that came to the callback of another provider': async (visit) => {
    const callback = await visit.callbackOf('work')
    callback.pathname = '/auth/callback/good'
    await visit.open(callback)
  },
  'a callback with nothing, with little, with too much': async (visit) => {
    for (const query of [
      '',
      '?',
      '?code=x',
      '?state=x',
      '?code=a&code=b&state=c',
      '?error=access_denied',
      '?code=%',
    ])
      await visit.open(`/auth/callback/work${query}`)
  },
  'two cookie headers': async (visit) => {
    const { pathname, search } = await visit.callbackOf('work')
    const cookie = visit.jar.cookies.headerFor(visit.origin)
    await visit.send('GET', pathname + search, [
      ['cookie', 'theme=dark'],
      ['cookie', cookie],
    ])
  },
  'a cookie that is not ASCII': async (visit) => {
    const { pathname, search } = await visit.callbackOf('work')
    const cookie = visit.jar.cookies.headerFor(visit.origin)
    await visit.send('GET', pathname + search, [['cookie', `name=J\u00f6rg; ${cookie}`]])
  },
  'what a browser loads ahead (Sec-Purpose)': prefetch({ 'sec-purpose': 'prefetch;prerender' }),
  'what a browser loads ahead (Purpose)': prefetch({ purpose: 'prefetch' }),
  'what Next.js loads ahead': prefetch({ 'next-router-prefetch': '1' }),
  HEAD: async (visit) => {
    const { pathname, search } = await visit.callbackOf('work')
    for (const target of [
      visit.signInPath('work'),
      pathname + search,
      '/auth/auth-code-error?error=state_mismatch',
      '/auth/sign-out',
      '/',
    ])
      await visit.send('HEAD', target)
  },
  'other methods': refuseMethod,
  'addresses that are not ours': async (visit) => {
    for (const target of NOT_OURS) await visit.send('GET', target)
  },
  'a slash at the end': async (visit) => {
    await visit.send('GET', '/auth/sign-in/?provider=work')
    await visit.send('GET', '/auth/auth-code-error/')
  },
  'the error page': async (visit) => {
    for (const query of [
      '',
      '?error=state_mismatch&provider=work&next=%2Fa%22%3E%3Cscript%3E',
      '?error=%3Cb%3Epay%20here%3C%2Fb%3E',
      '?error=internal_error&provider=nobody&next=//evil.example',
    ])
      await visit.open(`/auth/auth-code-error${query}`)
  },
  'an app that refuses the person': (visit) => visit.open(visit.signInPath('work', '/refused')),
  'an app that sends the person elsewhere': (visit) => visit.open(visit.signInPath('work', '/first')),
  'an app that sends the person astray': (visit) => visit.open(visit.signInPath('work', '/astray')),
  'a hundred at once': crowd,
}
