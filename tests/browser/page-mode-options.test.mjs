// How a page makes its sign-in: which options it takes, when it takes them, and what it does where a page is not as pages are.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import { complete, realSession, signIn, signOut, visit, withoutProfile } from './support/in-page.mjs'
import { startPageApp } from './support/page-app.mjs'

const NAME = 'sb-127-auth-token'

const browser = useBrowser()
let app
before(async () => {
  app = await startPageApp()
})
after(() => app?.close())

async function open(storage = 'cookies') {
  const page = await browser.open()
  await page.addInitScript((value) => localStorage.setItem('test-storage', value), storage)
  await visit(page, `${app.origin}/app`)
  return page
}

test('options that are wrong throw at once, and a hook of a server says what to use', async () => {
  const page = await open()
  const messages = await page.evaluate(() =>
    [{ onSession() {} }, { onSignOut() {} }, { onSession: undefined }, { colour: 'red' }].map((more) => {
      try {
        return globalThis.makeAuth(more)
      } catch ({ code, message }) {
        return `${code} ${message}`
      }
    }),
  )
  const server = (hook) =>
    `config_invalid landfall: createBrowserAuth: \`${hook}\` is an option for servers; in a page, \`complete\` gives the session.`
  assert.deepEqual(messages, [
    server('onSession'),
    server('onSignOut'),
    server('onSession'),
    'config_invalid landfall: createBrowserAuth: `colour` is not an option.',
  ])
})

test('a function gives the options at the first use, and again as long as it throws', async () => {
  const page = await open()
  const seen = await page.evaluate(async () => {
    const { createBrowserAuth } = await import('/dist/browser.js')
    let calls = 0
    const auth = createBrowserAuth(() => {
      calls += 1
      if (calls < 3) throw new Error('not yet')
      return { supabase: { url: undefined, key: 'a-key' } }
    })
    const outcomes = [calls]
    for (let i = 0; i < 4; i++)
      try {
        outcomes.push(auth.check().map(({ option }) => option))
      } catch ({ message }) {
        outcomes.push(message)
      }
    return [...outcomes, calls]
  })
  assert.deepEqual(seen, [0, 'not yet', 'not yet', ['supabase.url'], ['supabase.url'], 3])
})

test('the origin is the page’s, unless the options name another', async () => {
  const page = await browser.open()
  await page.context().grantPermissions(['local-network-access'])
  const ORIGIN = 'https://app.example'
  await page.route(`${ORIGIN}/`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>A page</title>' }),
  )
  await page.goto(ORIGIN)
  const targets = await page.evaluate(
    async ([server, url]) => {
      const { createBrowserAuth } = await import(`${server}/dist/browser.js`)
      const targets = []
      for (const more of [{}, { origin: 'https://other.example' }]) {
        const auth = createBrowserAuth({ supabase: { url, key: 'a-key' }, ...more })
        const options = { skipBrowserRedirect: true }
        const { data } = await auth.signInWithOAuth({ provider: 'github', options })
        targets.push(new URL(data.url).searchParams.get('redirect_to').split('?')[0])
      }
      return targets
    },
    [app.origin, app.supabase.url],
  )
  assert.deepEqual(targets, [`${ORIGIN}/auth/callback`, 'https://other.example/auth/callback'])
})

test('a sign-in that starts, and one that cannot, are told', async () => {
  const page = await open()
  const told = await page.evaluate(async () => {
    const { auth, events } = globalThis
    await auth.signInWithOAuth({ provider: 'github', options: { skipBrowserRedirect: true } })
    await auth.signInWithOAuth({ provider: 'a b' })
    return events.map(({ type, ok, code, provider, cause }) => ({ type, ok, code, provider, cause }))
  })
  assert.deepEqual(told, [
    { type: 'sign_in', ok: true, code: undefined, provider: 'github', cause: undefined },
    { type: 'sign_in', ok: false, code: 'provider_unknown', provider: 'a b', cause: undefined },
  ])
})

test('in a frame without an origin and without storage, nothing is thrown, and the cause is told', async () => {
  const page = await open()
  await page.setContent('<iframe sandbox="allow-scripts" srcdoc="<title>A frame</title>"></iframe>')
  const frame = page.frames().at(-1)
  await frame.waitForSelector('title', { state: 'attached' })
  const seen = await frame.evaluate(
    async ([origin, url]) => {
      const { createBrowserAuth } = await import(`${origin}/dist/browser.js`)
      const told = []
      const supabase = { url, key: 'a-key', storage: 'localStorage' }
      const onEvent = ({ type, code, cause }) => told.push({ type, code, cause: cause?.name })
      const auth = createBrowserAuth({ supabase, onEvent })
      const { data, error } = await auth.signInWithOAuth({ provider: 'github' })
      return { data, code: error.code, told, completed: await auth.complete() }
    },
    [app.origin, app.supabase.url],
  )
  assert.deepEqual(seen, {
    data: { provider: 'github', url: null, flowId: null },
    code: 'internal_error',
    told: [{ type: 'sign_in', code: 'internal_error', cause: 'SecurityError' }],
    completed: { data: { session: null, user: null, next: null, redirectType: null }, error: null },
  })
})

test('in localStorage, a large session is read whole, and what is not Supabase’s is not read', async () => {
  const page = await open('localStorage')
  await signIn(page, { redirectTo: `${app.origin}/app` })
  const others = { x: 17, 'sb-127-auth-token-other': 1, 'my-sb-127-auth-token': 1 }
  await page.evaluate(
    ([others, length]) => {
      const large = 'x'.repeat(1_000_000)
      for (const [name, times] of Object.entries(others)) localStorage.setItem(name.repeat(times), large)
      localStorage.setItem('y'.repeat(length), large)
    },
    [others, NAME.length],
  )
  const { data, error } = await complete(page)
  assert.equal(error, null)
  assert.deepEqual(await realSession(page), withoutProfile(data.session))

  await page.evaluate((name) => {
    const session = JSON.parse(localStorage.getItem(name))
    // A byte more or less anywhere in this list, and it is no JSON.
    Object.assign(session.user.user_metadata, { name: 'é', lists: Array.from({ length: 9000 }, () => []) })
    localStorage.setItem(name, JSON.stringify(session))
  }, NAME)
  const count = () =>
    app.supabase.requests.filter(({ endpoint, method }) => endpoint === 'logout' && method === 'POST').length
  const before = count()
  assert.deepEqual(await signOut(page), { data: undefined, error: null })
  assert.equal(count(), before + 1)
  assert.equal(await realSession(page), null)
})
