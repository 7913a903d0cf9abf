// The sentences under `must` and `mustNot` of callback_cases.json as checks of an outcome.
import assert from 'node:assert/strict'
import { ORIGIN } from './app.mjs'
import { ALWAYS, isFast, SCENARIO, tokenUnused } from './must-checks.mjs'
import { TOKEN_MUSTS } from './musts-token.mjs'
import { parseSealed } from './transaction.mjs'

const noTokenRequest = ({ tokenRequests }) => assert.equal(tokenRequests.length, 0)
const isKept = ({ isCleared, tokenRequests }) => assert.ok(!isCleared && tokenRequests.length === 0)
const isCleared = (outcome) => assert.ok(outcome.isCleared)
const codeIs = (code, encoded) => (outcome) => {
  if (outcome.class !== 'ok') return
  assert.equal(outcome.form.get('code'), code)
  if (encoded) assert.match(outcome.tokenRequests[0].body, new RegExp(`(^|&)code=${encoded}(&|$)`))
}
const detailIs =
  (detail) =>
  ({ event }) =>
    assert.equal(event.detail ?? '', detail)
const isBounded = ({ event, location }) => {
  assert.ok((event.detail ?? '').length <= 128 && (event.description ?? '').length <= 512)
  assert.ok(location.length <= 256)
}
const isOrdinary = ({ class: name, form, location }) => {
  if (name !== 'ok') return
  assert.equal(form.get('redirect_uri'), `${ORIGIN}/auth/callback/main`)
  assert.equal(location, '/dashboard#')
}
const isUnpolluted = () => {
  assert.equal({}.x, undefined)
  assert.equal({}.admin, undefined)
  assert.equal({}.access_token, undefined)
}
const nextIs =
  (next) =>
  ({ location, class: name }) =>
    name === 'ok' && assert.equal(location, `${next}#`)
const saysTryAgain = ({ event }) => assert.match(event.message, /Try again/)
/** @type {Record<string, (outcome: any) => void>} */
export const MUSTS = {
  '303 (or 302) to tx.next': nextIs('/dashboard'),
  '303 (POST becomes GET)': ({ response }) => assert.equal(response.status, 303),
  'one token request with code=abc123, code_verifier from tx, redirect_uri from tx': ({ form, tx }) => {
    assert.equal(form.get('code'), 'abc123')
    assert.equal(form.get('code_verifier'), parseSealed(tx.value).code_verifier)
    assert.equal(form.get('redirect_uri'), tx.url.searchParams.get('redirect_uri'))
  },
  'the transaction cookie is cleared': isCleared,
  'the transaction cookie is not cleared': isKept,
  'code not redeemed, tx kept': isKept,
  'better not to redeem the code': isKept,
  'if refused, tx kept': isKept,
  'no token request is sent': noTokenRequest,
  'code is not sent to either token endpoint': noTokenRequest,
  'Cache-Control: no-store': ALWAYS,
  'Referrer-Policy: no-referrer': ALWAYS,
  'no uncaught exception / no 5xx from our code': ALWAYS,
  'if accepted, the non-empty value is used (RFC: empty = omitted)': codeIs('abc123'),
  'token request carries the code "a b" (form-encoded once)': codeIs('a b', 'a\\+b'),
  'same as A: code is "a b"': codeIs('a b', 'a\\+b'),
  'token body has code=a%2Bb, not a+b': codeIs('a+b', 'a%2Bb'),
  'code is 4/0AX4XfWh, decoded exactly once': codeIs('4/0AX4XfWh'),
  'code is &=%?#; and is encoded again in the token body': codeIs('&=%?#;', '%26%3D%25%3F%23%3B'),
  'code is a%2Fb': codeIs('a%2Fb', 'a%252Fb'),
  'if ok, code is the literal a%zz (WHATWG form decoding)': codeIs('a%zz'),
  'query never overrides the body': codeIs('abc123'),
  'linear time, bounded memory': isFast,
  'linear time': isFast,
  'linear time (no quadratic duplicate check)': isFast,
  'bounded work': isFast,
  'no allocation by index': isFast,
  'no prototype pollution': isUnpolluted,
  'no pollution': isUnpolluted,
  'no prototype pollution; token not read through the prototype': isUnpolluted,
  'no crash in logging': ALWAYS,
  'C++ core does not treat the name as a C string': noTokenRequest,
  'compare by length and bytes, not strcmp': noTokenRequest,
  'token never stored': tokenUnused,
  'no token is used or stored': tokenUnused,
  'use the token as Bearer': tokenUnused,
  'if ok, the front-channel id_token is not used': ({ session }) =>
    assert.equal(session?.id_token, undefined),
  'success redirect elsewhere must not inherit a fragment (see J)': ALWAYS,
  'token endpoint called once': SCENARIO,
  'documented limit of stateless transactions: the AS refuses the code; an optional used-set refuses earlier':
    SCENARIO,
  'at least one ends signed in': SCENARIO,
  'the loser does not sign the user out nor clear the session cookie': SCENARIO,
  'if a session exists, a redirect to the default page is acceptable': SCENARIO,
  'each tab uses its own verifier and next': SCENARIO,
  'number of tx cookies stays bounded': SCENARIO,
  'Cookie header stays below 8 KB': SCENARIO,
  'purpose is bound into the seal': noTokenRequest,
  'send a token request without code_verifier': noTokenRequest,
  'send a fixed "decoy" verifier': noTokenRequest,
  'redirect goes to the default path; next is checked again at the end': nextIs('/'),
  'redirect to tx.next': nextIs('/dashboard'),
  'session identifier is replaced, never kept (fixation)': ({ setCookie }) =>
    assert.ok(setCookie.includes('app-session=new; Path=/; HttpOnly')),
  'existing session untouched': ({ setCookie }) => assert.deepEqual(setCookie, []),
  'token request host is as.example': ({ tokenRequests }) =>
    assert.equal(new URL(tokenRequests[0].url).host, 'as.example'),
  'report it as the provider’s error': ({ event }) => assert.equal(event.detail ?? '', 'access_denied'),
  'providerError=access_denied': detailIs('access_denied'),
  'providerError=foo_bar': detailIs('foo_bar'),
  'providerError=login_required': detailIs('login_required'),
  'providerError=invalid_grant': detailIs('invalid_grant'),
  'providerError replaced by a fixed token (e.g. invalid)': ({ event }) =>
    assert.doesNotMatch(event.detail, /["\\]/),
  'no request value is reflected unescaped': ({ body, location }) =>
    assert.doesNotMatch(body + location, /[<>"]|script|onmouseover|onerror/),
  'no header or log line injection': ALWAYS,
  'no header injection': ALWAYS,
  'not shown raw': ALWAYS,
  'output bounded': isBounded,
  'description cut (e.g. 512)': isBounded,
  'redirect/cookie stays small': isBounded,
  'expose error_uri as a link': ({ location, event }) =>
    assert.doesNotMatch(location + JSON.stringify(event), /javascript/),
  'redirect to error_uri': ({ location, event }) =>
    assert.doesNotMatch(location + JSON.stringify(event), /evil/),
  'show error_description': ({ event }) => assert.equal(event.description, undefined),
  'marked retryable': saysTryAgain,
  retryable: saysTryAgain,
  'retryable flag; body not reflected': (outcome) => {
    saysTryAgain(outcome)
    assert.doesNotMatch(JSON.stringify(outcome.event) + outcome.location, /gateway/)
  },
  'description is "Permissions error."': ({ event }) => assert.equal(event.description, 'Permissions error.'),
  'Location is /login?error=<our code>, nothing else from the request': ({ location }) =>
    assert.equal(location, '/login?error=provider_access_denied&provider=main&next=%2Fdashboard#'),
  'the forged one is never used': codeIs('abc123'),
  'never half-stripped': noTokenRequest,
  'a comma is data inside one line': ALWAYS,
  'the deletion also carries Secure; Path=/ and no Domain': ({ setCookie, tx }) =>
    assert.ok(
      setCookie.includes(
        `${tx.name}=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax`,
      ),
    ),
  'getSetCookie().length equals cookies set': ({ setCookie }) => assert.equal(setCookie.length, 3),
  'no Object.fromEntries(headers) or headers.get("set-cookie") copy': ({ setCookie }) =>
    assert.equal(setCookie.length, 3),
  'origin from config/request URL': isOrdinary,
  'header ignored in redirect_uri, Location, cookies': isOrdinary,
  'no effect on origin, redirect_uri or Location': isOrdinary,
  'redirect_uri and Location use the configured origin': isOrdinary,
  'credentials dropped': isOrdinary,
  'x-forwarded-* rules alone apply': isOrdinary,
  'treated as absent': isOrdinary,
  'lower-cased': isOrdinary,
  'origin serialises without :443': isOrdinary,
  'one fixed rule, documented; evil.example never used': isOrdinary,
  'fixed rule; never downgrades Secure': isOrdinary,
  'only http/https can come out': isOrdinary,
  'cookies keep Secure and the __Host- name': ({ tx, setCookie }) => {
    assert.match(tx.name, /^__Host-/)
    assert.ok(setCookie.every((line) => line.startsWith('app-') || /^__Host-.*; Secure/.test(line)))
  },
  'never reaches Location, redirect_uri or a log unescaped': ({
    location,
    event,
    tokenRequests,
    theCase,
  }) => {
    assert.equal(tokenRequests.length, 0)
    const value = theCase.request.headers[0][1]
    assert.ok(!(location + JSON.stringify(event)).includes(value))
  },
  ...TOKEN_MUSTS,
  'no CORS headers': ALWAYS,
  'status 303 or 302, never 301/307/308': ({ response }) => assert.equal(response.status, 303),
  'Location printable ASCII only': ALWAYS,
  'empty or constant body': ALWAYS,
  'no ETag': ALWAYS,
  'Content-Type with charset and X-Content-Type-Options: nosniff when a body is sent': ALWAYS,
  'the browser must not land on next#access_token=EVIL: Location needs its own fragment (bare "#" or "#_") or the app must ignore fragments':
    nextIs('/dashboard'),
  'one documented rule; redirect_uri stays exact': ({ form }) =>
    assert.equal(form.get('redirect_uri'), `${ORIGIN}/auth/callback/main`),
  'works in Node, Deno, Workers (Response.redirect("/x") throws there) and keeps Set-Cookie (its headers are immutable)':
    ({ setCookie }) => assert.equal(setCookie.length, 3),
}

/** Checks every `must` and `mustNot` of a case. @param {any} outcome @param {{ must?: string[], mustNot?: string[] }} expected */
export const checkMusts = (outcome, { must = [], mustNot = [] }) => {
  for (const sentence of [...must, ...mustNot]) {
    const check = MUSTS[sentence]
    assert.ok(check, `no check for: ${sentence}`)
    check(outcome)
  }
}
