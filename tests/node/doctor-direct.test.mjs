// npx landfall doctor with a provider that the app asks directly: where it comes back to, and whether only there.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { diagnose, HOSTS, startAuthorize } from './support/doctor.mjs'
import { startDirectApp, toError } from './support/doctor-app.mjs'

/**
 * An app and its provider.
 * @param {import('node:test').TestContext} t @param {object} [how] of the app @param {object} [provider]
 */
const startBoth = async (t, how = {}, provider = {}) => {
  const authorize = await startAuthorize(t, provider)
  const app = await startDirectApp(t, { endpoint: authorize.url, ...how })
  return { app, authorize }
}

test('a provider with a callback of its own: all is well, and that callback is the one that is asked', async (t) => {
  const { app, authorize } = await startBoth(t)
  const found = await diagnose([app.origin])
  assert.deepEqual([found.code, found.wrong, found.unsure], [0, [], []], JSON.stringify(found.byId))
  assert.equal(found.fine.length, 16)
  assert.equal(found.byId.callback.title, 'The callback is at /auth/callback/bitbucket')
  assert.ok(app.paths.every((path) => path !== '/auth/callback'))
  // The app's own address, one beside it and one below it; nothing that says who asks, and no request that could succeed.
  assert.deepEqual(
    authorize.requests.map(({ query }) => [query.get('redirect_uri'), query.get('response_type')]),
    ['bitbucket', 'landfall-doctor', 'bitbucket/landfall-doctor'].map((end) => [
      `${app.origin}/auth/callback/${end}`,
      'landfall-doctor',
    ]),
  )
  for (const { headers } of authorize.requests)
    assert.deepEqual(
      [headers.cookie, headers.authorization, headers.referer],
      [undefined, undefined, undefined],
    )
})

test('a callback whose path the app names: --callback names it too, and without it the path is told', async (t) => {
  const callback = '/oauth/bitbucket-is-back'
  const { app } = await startBoth(t, { callback }, { accepts: (one) => one.endsWith(callback) })
  const named = await diagnose([app.origin, '--callback', callback])
  assert.deepEqual([named.code, named.wrong, named.unsure], [0, [], []], JSON.stringify(named.byId))
  const found = await diagnose([app.origin])
  assert.deepEqual([found.code, found.wrong, found.unsure], [1, ['callback'], []])
  assert.deepEqual(found.byId.callback, {
    id: 'callback',
    result: 'wrong',
    title: 'The callback is at /auth/callback/bitbucket',
    detail: `The sign-in comes back to ${callback}, and the callback answers there.`,
    fix: `If this is intended, use --callback ${callback}. Otherwise change paths.callback or providers.bitbucket.callback.`,
  })
})

test('a callback that no provider has: the fix names the provider’s own', async (t) => {
  const { app } = await startBoth(t, { answers: { '/auth/callback/bitbucket': toError('callback_unknown') } })
  const found = await diagnose([app.origin])
  assert.deepEqual([found.code, found.wrong, found.unsure], [1, ['callback'], []])
  assert.match(found.byId.callback.detail, /callback_unknown at \/auth\/callback\/bitbucket/)
  assert.match(
    found.byId.callback.fix,
    /Mount auth\.callback at \/auth\/callback\/bitbucket for bitbucket, and register http:/,
  )
})

test('a sign-in that does not start says nothing of the callback: neither kind of provider is known', async (t) => {
  const { app } = await startBoth(t, { answers: { '/auth/sign-in': toError('provider_unknown') } })
  const found = await diagnose([app.origin, '--provider', 'github'])
  assert.deepEqual([found.code, found.wrong, found.unsure], [1, ['sign-in'], []], JSON.stringify(found.byId))
  assert.match(found.byId.callback.title, /^The callback is at \/auth\/callback/)
})

test('a provider that comes back to any address: wrong, and what to register', async (t) => {
  const { app } = await startBoth(t, {}, { accepts: () => true })
  const found = await diagnose([app.origin])
  assert.deepEqual([found.code, found.wrong, found.unsure], [1, ['redirect-uri'], []])
  const { detail, fix } = found.byId['redirect-uri']
  const base = `${app.origin}/auth/callback`
  assert.equal(
    detail,
    `It comes back to any address that begins with ${base}, such as ${base}/landfall-doctor.`,
  )
  assert.equal(
    fix,
    `Register the full address ${base}/bitbucket at the provider, and remove shorter ones, such as ${base}.`,
  )
})

test('a provider that matches by prefix, with the full address: unsure, for nobody can change it', async (t) => {
  const accepts = (one) => /\/auth\/callback\/bitbucket(\/|$)/.test(one)
  const { app } = await startBoth(t, {}, { accepts })
  const found = await diagnose([app.origin])
  assert.deepEqual([found.code, found.wrong, found.unsure], [0, [], ['redirect-uri']])
  assert.match(
    found.byId['redirect-uri'].detail,
    /begins with http:\S+\/auth\/callback\/bitbucket: let no other route answer/,
  )
})

test('an OpenID provider is asked with prompt=none, and its response_type stays', async (t) => {
  const how = { query: { scope: 'openid email' } }
  const { app, authorize } = await startBoth(t, how, { accepts: () => true })
  const found = await diagnose([app.origin])
  assert.deepEqual(found.wrong, ['redirect-uri'])
  for (const { query } of authorize.requests)
    assert.deepEqual([query.get('prompt'), query.get('response_type')], ['none', 'code'])
})

test('a provider that does not know the app’s address: wrong, in the words of each', async (t) => {
  for (const answer of [
    (outgoing) => outgoing.writeHead(400).end('<p>Invalid parameter: redirect_uri</p>'),
    (outgoing) => outgoing.writeHead(401).end('The redirect URI included is not valid.'),
    (outgoing) => outgoing.writeHead(403).end('Callback URL mismatch.'),
    (outgoing) => outgoing.writeHead(200).end('AADSTS50011: The redirect URI does not match'),
    (outgoing) =>
      outgoing.writeHead(302, { location: 'https://a.example/?error=redirect_uri_mismatch&x' }).end(),
  ]) {
    const { app } = await startBoth(t, {}, { answer })
    const found = await diagnose([app.origin])
    assert.deepEqual([found.code, found.wrong, found.unsure], [1, ['redirect-known'], []])
    const address = `${app.origin}/auth/callback/bitbucket`
    assert.equal(found.byId['redirect-known'].detail, `It refuses the redirect_uri ${address}.`)
    assert.equal(found.byId['redirect-known'].fix, `Register exactly ${address} at bitbucket.`)
  }
})

test('a provider that knows the other name of this machine: which one, and why it matters', async (t) => {
  const { app } = await startBoth(t, {}, { accepts: (one) => one.startsWith('http://localhost:') })
  const found = await diagnose([app.origin])
  assert.deepEqual([found.code, found.wrong, found.unsure], [1, ['redirect-known'], []])
  const { detail, fix } = found.byId['redirect-known']
  const twin = app.origin.replace('127.0.0.1', 'localhost')
  assert.ok(
    detail.includes(
      ` It takes ${twin}/auth/callback/bitbucket, to which browsers do not send the cookies of 127`,
    ),
  )
  assert.ok(fix.endsWith(`, or open the app at ${twin}.`), fix)
})

test('a provider that does not tell: the check is not listed', async (t) => {
  for (const answer of [
    (outgoing) => outgoing.writeHead(302, { location: '/login?return_to=%2Fauthorize' }).end(),
    (outgoing) => outgoing.writeHead(200).end('<form>Sign in</form>'),
    // The app's own address is refused as well: so it is not the address.
    (outgoing) => outgoing.writeHead(400).end('unknown response_type'),
    // It says what it was asked.
    (outgoing, query) => outgoing.writeHead(400).end(`No such page: /authorize?${query}`),
    (outgoing) => outgoing.writeHead(429).end('too many requests for this redirect_uri'),
    (outgoing) => outgoing.writeHead(503).end('redirect_uri'),
    (outgoing) => outgoing.destroy(),
    (outgoing, query) => outgoing.writeHead(302, { location: `/?to=${query.get('redirect_uri')}` }).end(),
  ]) {
    const { app } = await startBoth(t, {}, { answer })
    const found = await diagnose([app.origin])
    assert.deepEqual([found.code, found.wrong, found.unsure], [0, [], []], JSON.stringify(found.byId))
    assert.ok(!('redirect-uri' in found.byId) && !('redirect-known' in found.byId))
  }
})

test('an endpoint is not asked where the app is elsewhere and it is on this machine, or with a password', async (t) => {
  const asked = []
  const local = createServer((socket) => {
    asked.push(socket.remotePort)
    socket.destroy()
  })
  await once(local.listen(0, '127.0.0.1'), 'listening')
  t.after(() => local.close())
  const { port } = /** @type {import('node:net').AddressInfo} */ (local.address())
  const apps = [await startDirectApp(t, { endpoint: `http://ada:secret@127.0.0.1:${port}` })]
  for (const host of [
    '127.0.0.1',
    'localhost',
    'x.localhost',
    'localhost.',
    '0.0.0.0',
    '[::ffff:127.0.0.1]',
    '[::ffff:0.0.0.0]',
  ])
    for (const scheme of ['http', 'https'])
      apps.push(
        await startDirectApp(t, {
          host: 'app.example',
          endpoint: `${scheme}://${host}:${port}/admin?delete=all`,
        }),
      )
  for (const app of apps) {
    const found = await diagnose([app.origin], HOSTS)
    assert.ok(found.fine.includes('reachable') && !('redirect-uri' in found.byId))
  }
  assert.deepEqual(asked, [])
})
