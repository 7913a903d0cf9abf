// What is not set: nothing fails where the app is built or starts, and what needs a value says which, and to whom.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createAuth } from '../../dist/index.js'
import { callbackUrl, makeApp, makeRequest, PROVIDER, SECRET, startSignIn } from './support/app.mjs'

const LOCAL = 'http://localhost:3000'
const github = { ...PROVIDER, clientId: undefined, clientSecret: '' }
const create = (options) => {
  const events = []
  const auth = createAuth({
    origin: 'https://app.example',
    secret: SECRET,
    onEvent: (event) => events.push(event),
    ...options,
  })
  return { auth, events }
}

describe('an option without a value', () => {
  const table = {
    'a client_id': [
      { providers: { github: { ...PROVIDER, clientId: undefined } } },
      'providers.github.clientId',
    ],
    'an empty client_secret': [
      { providers: { github: { ...PROVIDER, clientSecret: '' } } },
      'providers.github.clientSecret',
    ],
    'an issuer': [{ providers: { github: { ...PROVIDER, issuer: undefined } } }, 'providers.github.issuer'],
    'a provider': [{ providers: { github: undefined } }, 'providers.github.clientId'],
    'a secret': [{ secret: undefined, providers: { github: PROVIDER } }, 'secret'],
    'a secret in a list': [{ secret: [undefined, SECRET], providers: { github: PROVIDER } }, 'secret'],
    'an origin': [{ origin: '', providers: { github: PROVIDER } }, 'origin'],
    'trusted hosts': [{ origin: { trustedHosts: undefined }, providers: { github: PROVIDER } }, 'origin'],
    'a Supabase URL': [{ supabase: { url: undefined, key: 'k' } }, 'supabase.url'],
    'a Supabase key': [{ supabase: { url: 'https://abc.supabase.co', key: '' } }, 'supabase.key'],
  }
  const variables = {
    'providers.github.clientId': 'GITHUB_CLIENT_ID',
    'providers.github.clientSecret': 'GITHUB_CLIENT_SECRET',
    'providers.github.issuer': 'GITHUB_ISSUER',
    secret: 'AUTH_SECRET',
    origin: 'APP_ORIGIN',
    'supabase.url': 'SUPABASE_URL',
    'supabase.key': 'SUPABASE_ANON_KEY',
  }
  for (const [name, [options, option]] of Object.entries(table)) {
    test(`${name}: nothing is thrown, check() names it, and who uses it is told`, async () => {
      const { auth, events } = create(options)
      assert.deepEqual(auth.check(), [{ option, variable: variables[option] }])
      const isAll = option === 'secret' || option === 'origin'
      const code = isAll ? 'config_missing' : 'provider_not_configured'

      const response = await auth.signIn(makeRequest('/auth/sign-in?provider=github&next=/a'))
      assert.equal(response.status, 303)
      assert.match(response.headers.get('location'), new RegExp(`^/auth/auth-code-error\\?error=${code}`))
      assert.deepEqual(response.headers.getSetCookie(), [])
      assert.deepEqual([events[0].code, events[0].blame, events[0].parameter], [code, 'app', option])
      assert.ok(events[0].message.includes(`\`${option}\``) && events[0].message.includes(variables[option]))

      assert.throws(
        () => auth.start({ provider: 'github' }),
        (error) => {
          assert.deepEqual([error.name, error.code], ['LandfallError', code])
          return error.message.includes(`\`${option}\``) && error.message.includes(variables[option])
        },
      )
      const callback = option.startsWith('supabase')
        ? '/auth/callback?code=c'
        : callbackUrl('s', {}, 'github')
      const back = await auth.handle(makeRequest(callback))
      assert.match(back.headers.get('location'), new RegExp(`error=${code}`))
      const page = await auth.error(makeRequest(`/auth/auth-code-error?error=${code}`))
      assert.equal(page.status, 200)
      assert.ok(!(await page.text()).includes(variables[option]), 'the public page names no variable')
    })
  }

  test('on this machine, a page names the option and the variable', async () => {
    for (const origin of [LOCAL, undefined, 'http://[::1]:3000', { trustedHosts: ['app.example'] }]) {
      const { auth, events } = create({ origin, providers: { github } })
      const url = `${typeof origin === 'string' ? origin : LOCAL}/auth/sign-in?provider=github`
      const headers = [['host', new URL(url).host]]
      const response = await auth.handle(makeRequest(url, { headers }))
      assert.equal(response.status, 500)
      assert.match(response.headers.get('content-type'), /^text\/html/)
      const text = await response.text()
      assert.ok(text.includes('<code data-option>providers.github.clientId</code>'), text)
      assert.ok(text.includes('<code data-variable>GITHUB_CLIENT_ID</code>'))
      assert.equal(events[0].blame, 'app')
    }
  })

  test('an origin without a value blocks nothing on this machine', async () => {
    for (const local of [LOCAL, 'http://[::1]:3000']) {
      const { auth } = create({ origin: undefined, secret: SECRET, providers: { main: PROVIDER } })
      const headers = [['host', new URL(local).host]]
      const response = await auth.handle(makeRequest(`${local}/auth/sign-in`, { headers }))
      const { searchParams } = new URL(response.headers.get('location'))
      assert.equal(searchParams.get('redirect_uri'), `${local}/auth/callback/main`)
      assert.deepEqual(
        auth.check().map(({ option }) => option),
        ['origin'],
      )
    }
  })

  test('blocks what needs it, and nothing else', async () => {
    const app = makeApp({
      providers: { main: PROVIDER, github, bitbucket: { clientId: undefined } },
      supabase: { url: undefined, key: undefined },
    })
    const tx = await startSignIn(app, { provider: 'main' })
    const response = await app.auth.handle(makeRequest(callbackUrl(tx.state), { cookie: tx.cookie }))
    assert.equal(response.headers.get('location'), '/dashboard#')
    const out = await app.auth.signOut(
      makeRequest('/auth/sign-out', { method: 'POST', headers: [['origin', 'https://app.example']] }),
    )
    assert.equal(out.status, 303)
    assert.deepEqual(
      app.auth.check().map(({ variable }) => variable),
      [
        'SUPABASE_URL',
        'SUPABASE_ANON_KEY',
        'GITHUB_CLIENT_ID',
        'GITHUB_CLIENT_SECRET',
        'BITBUCKET_CLIENT_ID',
      ],
    )
    await assert.rejects(app.auth.getUser(makeRequest('/')), { code: 'provider_not_configured' })
  })

  test('never makes a public client or a derived key', () => {
    const { clientSecret, ...open } = { ...PROVIDER, clientSecret: 'x'.repeat(32) }
    for (const options of [
      { providers: { github: { ...open, clientSecret: undefined } } },
      { secret: undefined, providers: { github: { ...open, clientSecret } } },
      { secret: '', supabase: { url: 'https://abc.supabase.co', key: 'k' } },
    ]) {
      const { auth } = create(options)
      assert.throws(() => auth.start({ provider: 'github' }), /has no value/)
    }
    assert.ok(create({ providers: { github: open } }).auth.start({ provider: 'github' }).url)
  })

  test('ready() loads what there is, and fails for nothing that is not set', async () => {
    const issuer = { clientId: 'c', issuer: 'https://as.example' }
    const asked = []
    const { auth } = create({
      secret: undefined,
      providers: { main: issuer, github: { ...issuer, clientId: undefined } },
      fetch: async (url) => {
        asked.push(url)
        const endpoints = {
          authorization_endpoint: 'https://as.example/a',
          token_endpoint: 'https://as.example/t',
        }
        return Response.json({ issuer: issuer.issuer, jwks_uri: 'https://as.example/j', ...endpoints })
      },
    })
    await auth.ready()
    assert.equal(asked.length, 1)
  })

  test('what is wrong whatever the environment throws at once', () => {
    for (const providers of [
      { github: { ...github, clientid: 'x' } },
      { github: { ...github, tokenEndpoint: 'nowhere' } },
      { github: { ...github, userinfo: 'yes' } },
      { git: github, github },
    ])
      assert.throws(() => create({ providers }), { code: 'config_invalid' })
  })
})

describe('options of a function', () => {
  const options = { origin: 'https://app.example', secret: SECRET, providers: { main: PROVIDER } }

  test('are read at the first use, once', async () => {
    let calls = 0
    const auth = createAuth(() => {
      calls++
      return options
    })
    assert.equal(calls, 0)
    assert.equal(auth.handle(makeRequest('/elsewhere')), undefined)
    assert.equal((await auth.signIn(makeRequest('/auth/sign-in'))).status, 303)
    assert.deepEqual(auth.check(), [])
    assert.equal(calls, 1)
  })

  test('are asked for again as long as it throws', async () => {
    let isReady = false
    const auth = createAuth(() => {
      if (!isReady) throw new Error('the environment is not there yet')
      return options
    })
    await assert.rejects(auth.signIn(makeRequest('/auth/sign-in')), /not there yet/)
    assert.throws(() => auth.start(), /not there yet/)
    isReady = true
    assert.equal((await auth.signIn(makeRequest('/auth/sign-in'))).status, 303)
  })

  test('that are no options are refused at the first use, a promise by name', () => {
    assert.throws(() => createAuth(async () => options).check(), {
      code: 'config_invalid',
      message: /promise/,
    })
    for (const given of [() => undefined, () => 'x', () => ({ ...options, provders: {} })])
      assert.throws(() => createAuth(given).check(), { code: 'config_invalid' })
  })
})

describe('a hook', () => {
  const base = { origin: 'https://app.example', secret: SECRET, providers: { main: PROVIDER } }

  for (const hook of ['onSession', 'onSignOut'])
    test(`${hook} that is undefined lets nobody past it`, async () => {
      for (const missing of [undefined, null]) {
        const events = []
        const auth = createAuth({ ...base, [hook]: missing, onEvent: (event) => events.push(event) })
        assert.deepEqual(auth.check(), [{ option: hook, variable: '' }])
        const response = await auth.signIn(makeRequest('/auth/sign-in'))
        assert.match(response.headers.get('location'), /error=config_missing/)
        assert.match(events[0].message, new RegExp(`\`${hook}\` is undefined when createAuth reads it`))
      }
      assert.deepEqual(createAuth({ ...base, onEvent: undefined, fetch: undefined }).check(), [])
    })

  test('is a function, and no other option is', () => {
    for (const name of ['onSession', 'onSignOut', 'onEvent', 'fetch'])
      for (const value of [true, false, 'x', {}, 1])
        assert.throws(() => createAuth({ ...base, [name]: value }), {
          code: 'config_invalid',
          message: new RegExp(`\`${name}\` has the wrong type`),
        })
    const supabase = { url: 'https://abc.supabase.co', key: 'k', verifyOnGet: () => false }
    assert.throws(() => createAuth({ ...base, supabase }), {
      message: /`supabase.verifyOnGet` has the wrong type/,
    })
  })
})

test('only an option’s own members count', () => {
  const { prototype } = Object
  const names = ['fetch', 'onSession', 'onSignOut', 'onEvent', 'supabase', 'clientSecret', 'callback']
  try {
    for (const name of names)
      Object.defineProperty(prototype, name, {
        value: () => assert.fail(name),
        configurable: true,
        enumerable: false,
      })
    const { auth } = {
      auth: createAuth({ origin: 'https://app.example', secret: SECRET, providers: { main: PROVIDER } }),
    }
    assert.ok(auth.start({ provider: 'main' }).url.includes('callback%2Fmain'))
    const supabase = Object.create(
      { url: 'https://evil.supabase.co' },
      { key: { value: 'k', enumerable: true } },
    )
    assert.throws(
      () => createAuth({ origin: 'https://app.example', secret: SECRET, supabase }),
      /supabase.url/,
    )
    const inherited = Object.create({ providers: { main: PROVIDER } }, {})
    assert.throws(() => createAuth(inherited), { code: 'config_invalid', message: /providers/ })
  } finally {
    for (const name of names) delete prototype[name]
  }
})
