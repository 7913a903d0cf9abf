// The Bitbucket preset against its stand-in.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createAuth } from '../../dist/index.js'
import { startOAuthProvider } from '../../stand-ins/oauth-provider.mjs'
import { makeRequest, ORIGIN, SECRET, startSignIn } from './support/app.mjs'
import { checkAnswer, clears, readOutcome } from './support/outcome.mjs'

const CLIENT = { clientId: 'demo-client', clientSecret: 'demo-secret' }
let provider
before(async () => {
  provider = await startOAuthProvider()
})
after(() => provider.close())

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
  const response = await visit.auth.callback(makeRequest(headers.get('location'), { cookie: tx.cookie }))
  const outcome = await readOutcome(response, visit.events[1])
  checkAnswer(outcome, { secrets: [tx.state, tx.value, CLIENT.clientSecret] })
  assert.ok(
    clears(outcome, tx.name),
    JSON.stringify({ ...outcome.event, cause: outcome.event.cause?.message }),
  )
  return outcome
}

describe('the Bitbucket preset', () => {
  /** Sends what is meant for Bitbucket to the stand-in. */
  const hosts = new Set(['bitbucket.org', 'api.bitbucket.org'])
  const toStandIn = async (url, init) => {
    const { protocol, host, pathname, search } = new URL(url)
    assert.ok(protocol === 'https:' && hosts.has(host), url)
    const answer = await fetch(provider.origin + pathname + search, { redirect: 'manual', ...init })
    // One of our own: a Response that names another address counts as a redirect.
    return new Response(answer.body, answer)
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
