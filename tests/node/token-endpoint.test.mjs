// The token endpoint over real sockets, as badly behaved as a server can be; and the Bitbucket preset against its stand-in.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { createAuth } from '../../dist/index.js'
import { startOAuthProvider } from '../servers/oauth-provider.mjs'
import { makeRequest, ORIGIN, SECRET, startSignIn, TOKEN_ANSWER } from './support/app.mjs'
import { checkAnswer, clears, readOutcome } from './support/outcome.mjs'

const MIB = 1 << 20
const CLIENT = { clientId: 'demo-client', clientSecret: 'demo-secret' }
const headers = { 'content-type': 'application/json' }
let provider
/** Somebody else, who must never hear anything. */
let stranger
const heard = []
before(async () => {
  provider = await startOAuthProvider()
  stranger = createServer((request, response) => {
    heard.push(request.url)
    response.end(TOKEN_ANSWER)
  })
  await new Promise((resolve) => stranger.listen(0, '127.0.0.1', resolve))
})
after(async () => {
  await provider.close()
  stranger.close()
  stranger.closeAllConnections()
})

const makeVisit = (providers, options = {}) => {
  const visit = { events: [], sessions: [] }
  visit.auth = createAuth({
    origin: ORIGIN,
    secret: SECRET,
    providers,
    onEvent: (event) => visit.events.push(event),
    onSession: (session) => void visit.sessions.push(session),
    ...options,
  })
  return visit
}

/** Signs in up to the callback's answer. @param {any} visit @param {(url: URL) => Promise<Response>} authorize */
const signIn = async (visit, authorize) => {
  const tx = await startSignIn(visit)
  const { headers } = await authorize(tx.url)
  const began = performance.now()
  const response = await visit.auth.callback(makeRequest(headers.get('location'), { cookie: tx.cookie }))
  const outcome = {
    ...(await readOutcome(response, visit.events[1])),
    tx,
    milliseconds: performance.now() - began,
  }
  checkAnswer(outcome, { secrets: [tx.state, tx.value, CLIENT.clientSecret] })
  assert.ok(
    clears(outcome, tx.name),
    JSON.stringify({ ...outcome.event, cause: outcome.event.cause?.message }),
  )
  return { ...outcome, visit }
}

/** One sign-in whose token request gets `answer`. @param {any} answer of oauth-provider.mjs */
const withAnswer = async (answer) => {
  const own = await startOAuthProvider()
  try {
    own.script(({ endpoint }) => (endpoint === 'token' ? answer : undefined))
    const visit = makeVisit({
      main: {
        ...CLIENT,
        authorizationEndpoint: `${own.origin}/site/oauth2/authorize`,
        tokenEndpoint: `${own.origin}/site/oauth2/access_token`,
      },
    })
    const outcome = await signIn(visit, (url) => fetch(url, { redirect: 'manual' }))
    const asked = own.requests.filter(({ endpoint }) => endpoint === 'token').length
    assert.equal(asked, 1, 'one token request, whatever comes')
    assert.equal(visit.sessions.length, outcome.class === 'ok' ? 1 : 0)
    return outcome
  } finally {
    await own.close()
  }
}

function* endless(text) {
  for (;;) yield text
}

/** Every answer at once: some take the ten seconds that a request may last. */
describe('answers', { concurrency: true }, () => {
  const bomb = gzipSync(Buffer.alloc(50 * MIB, 0x20))
  const gzip = { ...headers, 'content-encoding': 'gzip' }
  /** @type {Record<string, [string, any]>} */
  const table = {
    'in pieces of one byte': ['', { headers, body: TOKEN_ANSWER, byteByByte: 1 }],
    compressed: ['', { headers: gzip, body: gzipSync(TOKEN_ANSWER) }],
    'with a byte order mark': ['', { headers, body: Buffer.from(`\ufeff${TOKEN_ANSWER}`) }],
    'a second late': ['', { headers, body: TOKEN_ANSWER, delay: 1000 }],
    'just below the limit': ['', { headers, body: TOKEN_ANSWER.padEnd(MIB, ' ') }],
    'one byte above the limit': ['token_too_large', { headers, body: TOKEN_ANSWER.padEnd(MIB + 1, ' ') }],
    'ten megabytes': ['token_too_large', { headers, body: `{"a":"${'a'.repeat(10 * MIB)}"}` }],
    'without an end, at full speed': ['token_too_large', { headers, body: endless(' '.repeat(65_536)) }],
    'a gzip bomb': ['token_too_large', { headers: gzip, body: bomb }],
    'damaged gzip': ['token_network', { headers: gzip, body: 'not gzip' }],
    'a NUL behind it': ['token_json', { headers, body: Buffer.from(`${TOKEN_ANSWER}\0`) }],
    'a NUL in it': ['token_json', { headers, body: Buffer.from(TOKEN_ANSWER.replace('at', 'a\0t')) }],
    '100 000 arrays': ['token_json', { headers, body: '['.repeat(100_000) }],
    '100 000 objects': ['token_json', { headers, body: '{"a":'.repeat(100_000) }],
    'cut off in the middle': ['token_network', { headers, body: TOKEN_ANSWER, cutAfter: 20 }],
    'cut off before it begins': ['token_network', { headers, body: TOKEN_ANSWER, cutAfter: 0 }],
    'HTML with 502': [
      'token_status',
      { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad</h1>' },
    ],
    'HTML with 200': [
      'token_content_type',
      { headers: { 'content-type': 'text/html' }, body: '<h1>Hi</h1>' },
    ],
    'another length than was said': [
      'token_json',
      { headers: { ...headers, 'content-length': '20' }, body: TOKEN_ANSWER.slice(0, 20) },
    ],
    'a byte now and then, beyond the deadline': [
      'token_timeout',
      { headers, body: endless(' '), byteByByte: 500 },
    ],
    'no answer at all': ['token_timeout', { hang: true }],
  }
  for (const [name, [code, answer]] of Object.entries(table)) {
    test(`${name}: ${code || 'signed in'}`, async () => {
      const outcome = await withAnswer(answer)
      assert.equal(outcome.code, code)
      if (code === 'token_timeout') assert.ok(outcome.milliseconds > 9_500 && outcome.milliseconds < 13_000)
      else assert.ok(outcome.milliseconds < 9_500, `${outcome.milliseconds} ms`)
    })
  }
})

describe('redirects', () => {
  for (const status of [301, 302, 303, 307, 308]) {
    test(`${status}: nobody else hears of it`, async () => {
      for (const location of [`http://127.0.0.1:${stranger.address().port}/`, '/2.0/user', '']) {
        const { code } = await withAnswer({ status, headers: { location }, body: '' })
        assert.equal(code, 'token_redirect')
      }
      assert.deepEqual(heard, [])
    })
  }

  test('nobody listens at the address', async () => {
    const closed = await startOAuthProvider()
    await closed.close()
    const authorizationEndpoint = `${provider.origin}/site/oauth2/authorize`
    const visit = makeVisit({
      main: { ...CLIENT, authorizationEndpoint, tokenEndpoint: `${closed.origin}/token` },
    })
    const outcome = await signIn(visit, (url) => fetch(url, { redirect: 'manual' }))
    assert.equal(outcome.code, 'token_network')
  })
})

describe('the Bitbucket preset', () => {
  /** Sends what is meant for Bitbucket to the stand-in. */
  const hosts = new Set(['bitbucket.org', 'api.bitbucket.org'])
  const toStandIn = (url, init) => {
    const { protocol, host, pathname, search } = new URL(url)
    assert.ok(protocol === 'https:' && hosts.has(host), url)
    return fetch(provider.origin + pathname + search, { redirect: 'manual', ...init })
  }
  const visitBitbucket = (more = {}) => makeVisit({ bitbucket: { ...CLIENT, ...more } }, { fetch: toStandIn })

  test('tokens, profile and e-mail addresses arrive in the session', async () => {
    const visit = visitBitbucket()
    const { location } = await signIn(visit, toStandIn)
    assert.equal(location, '/dashboard#')
    const [session] = visit.sessions
    assert.equal(session.provider, 'bitbucket')
    assert.equal(session.token_type, 'Bearer')
    assert.equal(session.expires_in, 7200)
    assert.ok(session.access_token && session.refresh_token)
    assert.equal(session.scope, 'account email')
    assert.deepEqual([session.id_token, session.claims], [undefined, undefined])
  })

  test('the profile is asked for where the app wants it', async () => {
    const visit = visitBitbucket({ userinfo: true })
    await signIn(visit, toStandIn)
    const [{ userinfo, emails }] = visit.sessions
    assert.equal(userinfo.display_name, 'Ada Lovelace')
    assert.equal(emails.values.find((one) => one.is_primary).email, 'ada@example.test')
  })

  test('the request to sign in is what Bitbucket asks for', async () => {
    const { url } = await startSignIn(visitBitbucket())
    assert.equal(url.origin + url.pathname, 'https://bitbucket.org/site/oauth2/authorize')
    assert.equal(url.searchParams.get('scope'), 'account email')
    assert.equal(url.searchParams.get('client_id'), CLIENT.clientId)
  })

  test('a wrong secret, and a person who says no', async () => {
    const wrong = await signIn(visitBitbucket({ clientSecret: 'wrong' }), toStandIn)
    assert.equal(wrong.code, 'token_invalid_client')
    const denied = await signIn(visitBitbucket(), (url) => toStandIn(`${url}&decision=deny`))
    assert.equal(denied.code, 'provider_access_denied')
    assert.equal(denied.event.description, 'The user denied the request.')
  })
})
