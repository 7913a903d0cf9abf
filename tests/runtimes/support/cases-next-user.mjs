// Who is signed in, verified, where Next lets cookies be set (a route, a server action) and where it does not (a Server Component).
import assert from 'node:assert/strict'
import { createAuth } from '../../../dist/index.js'
import { BrowserJar } from '../../../stand-ins/browser-jar.mjs'
import { readStoredSession } from '../../../stand-ins/stored-session.mjs'

/** The life of an access token at the stand-in, in seconds. */
const LIFE = 3600
const DAY = 86400

const isSession = (line) => /(?:landfall-session|-auth-token)/.test(line) && !line.includes('Max-Age=0')
const manual = { redirect: 'manual' }

/** What a Server Component shows. @param {BrowserJar} jar @param {string} origin @param {'own' | 'supabase'} mode */
const visit = async (jar, origin, mode) => {
  const page = await jar.fetch(`${origin}/who/${mode}`)
  const html = await page.text()
  return { html, who: /<p id="who">(\w+)<\/p>/.exec(html)?.[1], kept: page.headers.getSetCookie() }
}

/** What the action says whose form is on that page. */
const submit = async (jar, origin, mode) => {
  const { html } = await visit(jar, origin, mode)
  const answer = await jar.submit(html, manual)
  const who = new URL(answer.headers.get('location'), origin).searchParams.get('who')
  return { who, kept: answer.headers.getSetCookie() }
}

/** What a route says. */
const ask = async (jar, origin, mode) => {
  const answer = await jar.fetch(`${origin}/who/ask/${mode}`)
  return { who: (await answer.json())?.provider ?? 'nobody', kept: answer.headers.getSetCookie() }
}

/** A browser whose access token has so many seconds left. */
const signInToSupabase = async ({ origin, supabase }, seconds) => {
  const jar = new BrowserJar()
  supabase.clock.advance(seconds - LIFE)
  await jar.fetch(`${origin}/supabase/sign-in?provider=bitbucket&next=/welcome`)
  supabase.clock.advance(LIFE - seconds)
  assert.ok(jar.cookies.names().some(isSession), jar.url)
  supabase.requests.length = 0
  const renewals = () => supabase.requests.filter(({ endpoint }) => endpoint === 'token').length
  return { jar, renewals }
}

const askBoth = async (world) => {
  for (const each of [submit, ask]) {
    const { jar, renewals } = await signInToSupabase(world, -1)
    const before = await visit(jar, world.origin, 'supabase')
    assert.deepEqual([before.who, before.kept, renewals()], ['nobody', [], 0], 'a page renews nothing')
    const { who, kept } = await each(jar, world.origin, 'supabase')
    assert.deepEqual([who, kept.some(isSession), renewals()], ['bitbucket', true, 1], each.name)
    const after = await visit(jar, world.origin, 'supabase')
    assert.deepEqual([after.who, after.kept, renewals()], ['bitbucket', [], 1], 'the new session is kept')
  }
}

const showSoonOver = async (world) => {
  const { jar, renewals } = await signInToSupabase(world, 60)
  const { who, kept } = await visit(jar, world.origin, 'supabase')
  assert.deepEqual([who, kept, renewals()], ['bitbucket', [], 0])
}

/** Whom the cookies name. */
const idOf = (jar, origin) => readStoredSession(jar.cookies.headerFor(origin)).user.id

/** The cookies of a session whose access token somebody changed. */
const forge = (jar, origin) => {
  const [name] = jar.cookies.names().filter((one) => /-auth-token(?:\.0)?$/.test(one))
  const { user, access_token, ...rest } = readStoredSession(jar.cookies.headerFor(origin))
  const [header, claims] = access_token.split('.')
  const stored = { ...rest, user: { id: user.id }, access_token: `${header}.${claims}.${'A'.repeat(86)}` }
  const value = `base64-${Buffer.from(JSON.stringify(stored)).toString('base64url')}`
  const forged = new BrowserJar()
  forged.cookies.store(`${name.replace(/\.0$/, '')}=${value}; Path=/`, origin)
  return forged
}

const verify = async (world) => {
  const { jar } = await signInToSupabase(world, LIFE)
  const forged = forge(jar, world.origin)
  assert.equal(idOf(forged, world.origin), idOf(jar, world.origin))
  for (const each of [visit, submit, ask])
    assert.equal((await each(forged, world.origin, 'supabase')).who, 'nobody', each.name)
}

/** A session of an app that is two days old, as the same app has made it. */
const signInBefore = ({ origin, secret }) => {
  const providers = { github: { clientId: 'demo-client', clientSecret: 'demo-secret' } }
  const auth = createAuth({ origin: new URL(origin).origin, secret, session: true, providers })
  const clock = Date.now
  Date.now = () => clock() - 2 * 1000 * DAY
  try {
    const { setCookie } = auth.createSession(new Request(origin), { user: { provider: 'work', sub: '7' } })
    const jar = new BrowserJar()
    for (const line of setCookie) jar.cookies.store(line, origin)
    return jar
  } finally {
    Date.now = clock
  }
}

const renewOwn = async (world) => {
  const { origin } = world
  for (const each of [submit, ask]) {
    const jar = signInBefore(world)
    const shown = await visit(jar, origin, 'own')
    assert.deepEqual([shown.who, shown.kept], ['work', []])
    const { who, kept } = await each(jar, origin, 'own')
    assert.equal(who, 'work')
    const line = kept.find(isSession)
    assert.match(line, /; Max-Age=604800(?:;|$)/, 'it outlives the browser, also in Next 14')
    const again = await each(jar, origin, 'own')
    assert.deepEqual([again.who, again.kept.filter(isSession)], ['work', []])
  }
}

const nobody = async ({ origin }) => {
  for (const mode of ['own', 'supabase'])
    for (const each of [visit, submit, ask]) {
      const { who, kept } = await each(new BrowserJar(), origin, mode)
      assert.deepEqual([who, kept], ['nobody', []])
    }
}

/** By title. @type {Record<string, (world: any) => Promise<void>>} */
export const USER_CASES = {
  'getUser: nobody': nobody,
  'getUser: a session of its own, which an action and a route keep for longer': renewOwn,
  'getUser: Supabase’s session that is over, renewed where it can be kept and nowhere else': askBoth,
  'getUser: in a Server Component, Supabase’s access token counts to its end': showSoonOver,
  'getUser: a token that somebody changed is nobody’s': verify,
}
