// Supabase Auth: sign-ins that the host starts and sign-ins that supabase-js starts, e-mail links, sign-out.
import { clientInJar, loadNewest, startWith } from '../../../stand-ins/supabase-libraries.mjs'

/** @typedef {import('./entries-direct.mjs').Drive} Drive */

const PAIR = await loadNewest()

/** Whom Supabase's own library sees in the browser's cookies. @type {Drive} */
const readSession = async (visit, { supabase }) => {
  const { auth } = clientInJar(PAIR, supabase, visit.jar, visit.origin)
  const { data } = await auth.getSession()
  const { data: asked } = await auth.getUser()
  visit.found.session = {
    members: Object.keys(data.session ?? {}).sort(),
    provider_token: typeof data.session?.provider_token,
    email: asked.user?.email ?? null,
  }
}

/** @param {string} next @returns {Drive} */
const signIn = (next) => async (visit, world) => {
  await visit.open(visit.signInPath('bitbucket', next))
  await readSession(visit, world)
}

/** @param {(visit: import('./visit.mjs').Visit, world: any) => Promise<unknown>} go @returns {Drive} */
const withSession = (go) => async (visit, world) => {
  await visit.open(visit.signInPath('bitbucket'))
  await go(visit, world)
  await readSession(visit, world)
}

/** @param {string} type of the e-mail @param {string} [next] @returns {Drive} */
const openLink = (type, next) => async (visit, world) => {
  const token_hash = world.supabase.issueTokenHash({ type })
  const page = await visit.open(
    `/auth/confirm?${new URLSearchParams({ token_hash, type, ...(next && { next }) })}`,
  )
  await visit.submit(page)
  await readSession(visit, world)
  await visit.submit(page)
}

/** @type {Record<string, Drive>} */
export const SUPABASE = {
  'the host starts': signIn('/welcome'),
  'supabase-js starts': async (visit, world) => {
    const client = clientInJar(PAIR, world.supabase, visit.jar, visit.origin)
    await visit.open(await startWith(client, `${visit.origin}/auth/callback?next=/welcome`))
    await readSession(visit, world)
  },
  'an app that refuses the person': signIn('/refused'),
  'an app that sends the person elsewhere': signIn('/first'),
  'an app that sends the person astray': signIn('/astray'),
  denied: async (visit, { supabase }) => {
    supabase.leg.outcome = 'denied'
    await visit.open(visit.signInPath('bitbucket'))
    supabase.leg.outcome = 'approved'
  },
  'Supabase is busy once': async (visit, world) => {
    let count = 0
    world.supabase.script(({ endpoint }) =>
      endpoint === 'token' && count++ === 0 ? { status: 503, body: '' } : undefined,
    )
    await signIn('/welcome')(visit, world)
    world.supabase.script(null)
  },
  'Supabase is down': async (visit, world) => {
    world.supabase.script(({ endpoint }) => (endpoint === 'token' ? { status: 503, body: '' } : undefined))
    await signIn('/welcome')(visit, world)
    world.supabase.script(null)
  },
  'a code that comes to the Site URL': async (visit, world) => {
    const start = await visit.open(visit.signInPath('bitbucket'), { redirect: 'manual' })
    const authorize = await visit.jar.fetch(start.headers.get('location'), { redirect: 'manual' })
    const leg = await visit.jar.fetch(authorize.headers.get('location'), { redirect: 'manual' })
    const back = await visit.jar.fetch(leg.headers.get('location'), { redirect: 'manual' })
    const { search } = new URL(back.headers.get('location'))
    await visit.send('POST', `/${search}`)
    await visit.open(`/${search}`)
    await readSession(visit, world)
  },
  'an error that comes to the Site URL': (visit) =>
    visit.open('/?error=access_denied&error_code=otp_expired&error_description=Email+link+is+invalid'),
  'the site itself': (visit) => visit.open('/?utm_source=mail'),
  'an e-mail link': openLink('email', '/welcome'),
  'an e-mail link for a new password': openLink('recovery'),
  'an e-mail link, and the app refuses': openLink('magiclink', '/refused'),
  'an e-mail link that is wrong': async (visit) => {
    for (const query of [
      '',
      '?token_hash=abc&type=email',
      '?token_hash=abc&type=<b>',
      '?token_hash=%22%3E&type=email',
    ])
      await visit.open(`/auth/confirm${query}`)
    await visit.post('/auth/confirm', { token_hash: 'a'.repeat(56), type: 'email', next: '/a"><script>' })
    await visit.post(
      '/auth/confirm',
      { token_hash: 'a'.repeat(56), type: 'email' },
      { from: 'https://evil.example' },
    )
  },
  'an e-mail link that is loaded ahead': async (visit, { supabase }) => {
    const link = `/auth/confirm?token_hash=${supabase.issueTokenHash({ type: 'email' })}&type=email`
    await visit.open(link, { headers: { 'sec-purpose': 'prefetch' } })
    await visit.send('HEAD', link)
  },
  'sign-out': withSession((visit) => visit.post('/auth/sign-out', {})),
  'sign-out of other devices': withSession((visit) => visit.post('/auth/sign-out?scope=others&next=/bye')),
  'sign-out while Supabase is down': withSession(async (visit, { supabase }) => {
    supabase.script(({ endpoint }) => (endpoint === 'logout' ? { status: 503, body: '' } : undefined))
    await visit.post('/auth/sign-out')
    supabase.script(null)
  }),
  'sign-out by another site': withSession((visit) =>
    visit.post('/auth/sign-out', {}, { from: 'https://evil.example' }),
  ),
  'sign-out that is loaded ahead': withSession((visit) =>
    visit.post('/auth/sign-out', {}, { headers: { 'sec-purpose': 'prefetch' } }),
  ),
}
