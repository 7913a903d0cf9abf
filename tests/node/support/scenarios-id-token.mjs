// The ID Token cases of callback_cases.json, each with the other forms that its comment names.
import assert from 'node:assert/strict'
import { callbackUrl, ISSUER, json, makeApp, makeRequest, PROVIDER, startSignIn } from './app.mjs'
import { CREATED, NOW } from './case-run.mjs'
import { resetClock, setClock } from './clock.mjs'
import { flipSignature, jwks, sign, signConfused, toBase64url, unsigned } from './id-token.mjs'
import { checkAnswer, checkClass, clears, readOutcome } from './outcome.mjs'
import { parseSealed, seal } from './transaction.mjs'

const RS256 = '{"alg":"RS256","kid":"key-RS256"}'

const usual = (nonce) => ({
  iss: ISSUER,
  aud: 'client-1',
  sub: 'user-1',
  exp: NOW + 300,
  iat: NOW,
  nonce,
})

/** `now-301` and the like; null leaves a claim out. @param {Record<string, any>} claims @param {Record<string, any>} base */
const withClaims = (claims, base) => {
  const all = { ...base, ...claims }
  for (const [name, value] of Object.entries(all)) {
    const relative = typeof value === 'string' && /^now([+-]\d+)$/.exec(value)
    if (relative) all[name] = NOW + Number(relative[1])
    if (value === '{{NONCE_CASEFLIP}}')
      all[name] = base.nonce.replace(/[A-Za-z]/, (c) => (/[a-z]/.test(c) ? c.toUpperCase() : c.toLowerCase()))
    if (value === null) delete all[name]
  }
  return all
}

/** Claims as JSON text with one member written by hand. */
const raw = (nonce, name, text) => {
  const { [name]: _, ...rest } = usual(nonce)
  return text === undefined ? JSON.stringify(rest) : `${JSON.stringify(rest).slice(0, -1)},"${name}":${text}}`
}
const rawForms = (name, texts) => texts.map((text) => (nonce) => sign(raw(nonce, name, text)))
const segments = (...texts) => texts.map((text) => () => text)
const header = (text) => (nonce) => unsigned(text, JSON.stringify(usual(nonce)), 'AAAA')

/** Id -> further tokens that have to come to the same. @type {Record<string, ((nonce: string) => string | Promise<string>)[]>} */
const FORMS = {
  H04: [(nonce) => sign(raw(nonce, 'nonce', JSON.stringify(nonce.slice(0, -1))))],
  H05: rawForms('nonce', ['true', '["x"]', '{}', '""']),
  H07: rawForms('iss', [undefined, 'null', '1', '""', `["${ISSUER}"]`]),
  H11: rawForms('aud', ['"client-10"', '"Client-1"', '"client-"', undefined]),
  H16: rawForms('aud', ['[]', '1', 'null', '[1]', '[["client-1"]]', '{"0":"client-1"}', '""']),
  H19: rawForms('exp', ['"1999999999"', 'null', 'true', '[1999999999]', '-1', '1e400', undefined]),
  H20: rawForms('iat', [undefined, '"1750000000"', 'null', '{}']),
  H22: rawForms('sub', [undefined, '""', '7', 'null', `"${'s'.repeat(256)}"`, '"\\u00e9"', '"a\\nb"']),
  H23: rawForms('at_hash', ['1', '""', '"AAAA="']),
  H24: [header('{"alg":"none"}'), (nonce) => unsigned('{"alg":"none"}', JSON.stringify(usual(nonce)))],
  H25: [(nonce) => signConfused(usual(nonce))],
  H27: ['"NONE"', '""', '1', 'null', '["RS256"]', '"rs256"', '"RS256 "', '"RS384"', '"RS256\\u0000"'].map(
    (alg) => header(`{"alg":${alg},"kid":"key-RS256"}`),
  ),
  H28: [header('{"alg":"RS256","kid":"key-RS256","crit":[]}'), header('{"alg":"RS256","crit":null}')],
  H31: [(nonce) => sign(usual(nonce), { header: { kid: 'k'.repeat(90_000) } })],
  H33: segments('a.b.c.d', 'a.b.c.d.e', 'a', '.', '..', 'e30.e30', `${toBase64url(RS256)}.e30.x.`),
  H34: segments('eyJ=.e30=.x=', 'e30=.e30=.AAAA', 'e3+0.e30.AAAA', 'e30.e3/0.AAAA', 'e31.e30.AAAA'),
  H35: ['[]', '"x"', 'null', '{"sub":"a","sub":"a"}', '{', ''].map(
    (payload) => () => unsigned(RS256, payload, 'AAAA'),
  ),
}

/** Id -> the token where the case only describes it. @type {Record<string, (nonce: string) => string | Promise<string>>} */
const DESCRIBED = {
  H24: (nonce) => unsigned('{"alg":"none"}', JSON.stringify(usual(nonce))),
  H25: (nonce) => signConfused(usual(nonce)),
  H26: (nonce) => sign(usual(nonce), { alg: 'ES256' }),
  H32: async (nonce) => flipSignature(await sign(usual(nonce))),
  H35: () => sign('{"sub":"a","sub":"b"}'),
  H36: (nonce) => sign({ ...usual(nonce), x: 'x'.repeat(1_000_000) }),
}

/** The token of a case. @param {any} theCase @param {string} nonce */
const caseToken = ({ id, idToken }, nonce) => {
  if (DESCRIBED[id]) return DESCRIBED[id](nonce)
  if (idToken.raw) return idToken.raw
  return sign(withClaims(idToken.claims ?? {}, usual(nonce)), { header: idToken.header })
}

/**
 * One sign-in with an ID Token.
 * @param {any} theCase @param {(nonce: string) => string | Promise<string>} makeToken
 * @param {(count: number) => Promise<any>} [keys] the key set at each asking
 */
const signIn = async (theCase, makeToken, keys = jwks) => {
  const { idToken, expect } = theCase
  const main = { ...PROVIDER, scopes: ['openid'], jwksUri: `${ISSUER}/jwks` }
  if (idToken.env?.registeredAlg) main.idTokenSignedResponseAlg = idToken.env.registeredAlg
  if (idToken.env?.maxAge) main.authorizationParams = { max_age: idToken.env.maxAge }
  if (idToken.userinfo) main.userinfoEndpoint = `${ISSUER}/userinfo`
  let token = ''
  const app = makeApp({ providers: { main } }, async ({ url }, count) => {
    if (url === `${ISSUER}/jwks`) return json(await keys(count))
    if (url === `${ISSUER}/userinfo`) return json(idToken.userinfo)
    assert.equal(url, `${ISSUER}/token`)
    return json({ access_token: 'at', token_type: 'Bearer', expires_in: 3600, id_token: token })
  })
  setClock(CREATED)
  const tx = await startSignIn(app)
  const parts = parseSealed(tx.value)
  assert.equal(tx.url.searchParams.get('nonce'), parts.nonce)
  const cookie = idToken.tx ? `${tx.name}=${await seal({ ...parts, nonce: '' })}` : tx.cookie
  token = await makeToken(parts.nonce)
  setClock(NOW)
  const response = await app.auth.callback(makeRequest(callbackUrl(tx.state), { cookie }))
  const outcome = { ...(await readOutcome(response, app.events[1])), app, tx, session: app.sessions[0] }
  outcome.tokenRequests = app.sent.filter(({ url }) => url === `${ISSUER}/token`)
  outcome.transaction = clears(outcome, tx.name) ? 'cleared' : 'kept'
  checkClass(outcome, expect)
  checkAnswer(outcome, {
    secrets: [tx.state, tx.value, parts.nonce, token.length > 32 ? token : '', 'abc123'],
  })
  if (outcome.class === 'ok') {
    assert.equal(outcome.session.id_token, token)
    assert.equal(outcome.session.claims.sub, 'user-1')
  } else {
    assert.equal(outcome.session, undefined)
  }
  return outcome
}

/** A key set that gets the new key at the second asking, or never; then the limit on asking again. */
const unknownKey = async (theCase) => {
  const makeToken = (nonce) => sign(usual(nonce), { header: { kid: 'new' } })
  const { keys } = await jwks()
  const renewed = keys.map((key) => (key.kty === 'RSA' && key.alg === 'RS256' ? { ...key, kid: 'new' } : key))
  const outcome = await signIn(theCase, makeToken, async (count) => ({ keys: count === 1 ? keys : renewed }))
  const refused = { ...theCase, expect: { class: 'error', code: 'id_token_key' } }
  const never = await signIn(refused, makeToken)
  assert.equal(never.app.sent.filter(({ url }) => url.endsWith('/jwks')).length, 2)
  return outcome
}

/** @param {any} theCase */
export const runIdToken = async (theCase) => {
  try {
    if (theCase.id === 'H30') return [await unknownKey(theCase)]
    const outcomes = [await signIn(theCase, (nonce) => caseToken(theCase, nonce))]
    for (const form of FORMS[theCase.id] ?? []) outcomes.push(await signIn(theCase, form))
    for (const { app } of outcomes) assert.ok(app.sent.every(({ url }) => new URL(url).host === 'as.example'))
    return outcomes
  } finally {
    resetClock()
  }
}
