// npx landfall doctor <url>, run as a program against real servers: a good app, and one for each thing that goes wrong in practice.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose, HOSTS, notFound, startBehindProxy } from './support/doctor.mjs'
import { serve } from './support/node-servers.mjs'

const LOOKED_AT = [
  ...['reachable', 'https', 'clock', 'sign-in', 'origin', 'cookie', 'cookie-size', 'cache', 'next'],
  ...['redirect-known', 'redirect-uri', 'callback', 'callback-cache', 'prefetch', 'error-page', 'policy'],
]

test('a good app: everything is fine, and nothing is left behind in it', async (t) => {
  const app = await startBehindProxy(t)
  const found = await diagnose([app.origin])
  assert.deepEqual([found.code, found.ok, found.stderr], [0, true, ''])
  assert.deepEqual([found.fine, found.wrong, found.unsure], [LOOKED_AT, [], []])
  // No session, no request to the provider, and no sign-in that counts as one.
  assert.deepEqual([app.sessions, app.sent], [[], []])
  assert.deepEqual(
    app.events.filter(({ type, ok }) => type === 'callback' && ok),
    [],
  )
})

/** A response header in place of the app's. @param {string} name @param {string} value */
const withHeader = (name, value) => (answer) => answer.headers.set(name, value)
/** @param {string} path */
const without = (path) => (answer, asked) => (asked.startsWith(path) ? notFound() : answer)
/** @param {(line: string) => string} change */
const withCookies = (change) => (answer) => {
  const lines = answer.headers.getSetCookie().map(change).filter(Boolean)
  answer.headers.delete('set-cookie')
  for (const line of lines) answer.headers.append('set-cookie', line)
}

/**
 * What is spoiled, what is found by it and nothing else, what is said of the last, and the line to change.
 * @type {Record<string, { how: object, args?: string[], wrong: string[], detail: RegExp, fix: RegExp, unsure?: string[] }>}
 */
const SPOILED = {
  'a proxy that hides the host': {
    how: {
      options: (origin) => ({ origin: { trustedHosts: [new URL(origin).host] } }),
      request: (headers) => (headers.host = 'internal:3000'),
    },
    wrong: ['sign-in', 'callback'],
    detail: /Landfall says host_untrusted/,
    fix: /^createAuth\(\{ origin: 'http:\/\/127\.0\.0\.1:\d+' \}\)$/,
  },
  'localhost where 127.0.0.1 is meant': {
    how: { options: (origin) => ({ origin: origin.replace('127.0.0.1', 'localhost') }) },
    wrong: ['origin'],
    detail: /not to http:\/\/127\S+: browsers do not send the cookies of 127\.0\.0\.1 to localhost\.$/,
    fix: /^Open the app at http:\/\/localhost:\d+, or createAuth\(\{ origin: 'http:\/\/127\.0\.0\.1:\d+' \}\)$/,
  },
  '127.0.0.1 where localhost is meant': {
    how: { host: 'localhost', options: (origin) => ({ origin: origin.replace('localhost', '127.0.0.1') }) },
    wrong: ['origin'],
    detail: /not to http:\/\/localhost\S+: browsers do not send the cookies of localhost to 127\.0\.0\.1\.$/,
    fix: /^Open the app at http:\/\/127\.0\.0\.1:\d+, or createAuth\(\{ origin: 'http:\/\/localhost:\d+' \}\)$/,
  },
  'http where https is meant': {
    how: { options: (origin) => ({ origin: origin.replace('http:', 'https:') }) },
    wrong: ['origin'],
    detail: /sends the provider to https:\/\/127\.0\.0\.1:\d+\/auth\/callback[\w/]*, not to http:/,
    fix: /createAuth\(\{ origin: 'http:\/\/127\.0\.0\.1:\d+' \}\).*trustedHosts: \['127\.0\.0\.1:\d+'\]/,
  },
  'a callback at another path': {
    how: { options: () => ({ paths: { callback: '/oauth/back' } }) },
    // Nobody registered it.
    wrong: ['redirect-known', 'callback'],
    detail: /^The sign-in comes back to \/oauth\/back[\w/]*, and the callback answers there\.$/,
    fix: /^If this is intended, use --callback \/oauth\/back[\w/]*\. Otherwise change paths\.callback or providers\.bitbucket\.callback\.$/,
  },
  'cookies that are stripped': {
    how: { response: withCookies(() => '') },
    wrong: ['cookie'],
    detail: /carries no landfall cookie/,
    fix: /Return the Response unchanged.*Set-Cookie/,
  },
  'attributes that are rewritten': {
    how: { response: withCookies((line) => line.replace('; HttpOnly', '').replace('Path=/', 'Path=/auth')) },
    wrong: ['cookie'],
    detail: /^HttpOnly is missing; Path=\/ is missing/,
    fix: /Keep Set-Cookie unchanged/,
  },
  'SameSite that is strict': {
    how: { response: withCookies((line) => line.replace('SameSite=Lax', 'SameSite=Strict')) },
    wrong: ['cookie'],
    detail: /SameSite=Lax is missing/,
    fix: /Keep Set-Cookie unchanged/,
  },
  'a cookie that browsers drop': {
    how: { response: withCookies((line) => line.replace('=', `=${'x'.repeat(5000)}`)) },
    wrong: ['cookie-size'],
    unsure: ['proxy-buffers'],
    detail: /browsers keep at most 4096/,
    fix: /shorter next/,
  },
  'a cache in front': {
    how: { response: withHeader('cache-control', 'public, max-age=60') },
    wrong: ['cache', 'callback-cache'],
    detail: /Cache-Control is public, max-age=60/,
    fix: /Cache-Control: no-store/,
  },
  'no sign-in route': {
    how: { response: without('/auth/sign-in') },
    wrong: ['sign-in'],
    detail: /GET \/auth\/sign-in answered 404/,
    fix: /Mount auth\.signIn at \/auth\/sign-in, or set paths\.signIn/,
  },
  'no callback route': {
    how: { response: without('/auth/callback') },
    wrong: ['callback'],
    detail: /GET \/auth\/callback[\w/]* answered 404/,
    fix: /Mount auth\.callback at \/auth\/callback/,
  },
  'a proxy that drops Sec-Purpose': {
    how: { request: (headers) => delete headers['sec-purpose'] },
    wrong: ['prefetch'],
    detail: /A prefetch of the callback answered 303/,
    fix: /Pass Sec-Purpose to/,
  },
  'no error page': {
    how: { response: without('/auth/auth-code-error') },
    wrong: ['error-page'],
    detail: /\/auth\/auth-code-error answered 404/,
    fix: /Mount auth\.error at \/auth\/auth-code-error, or set paths\.error/,
  },
  'a provider that the app does not have': {
    how: {},
    args: ['--provider', 'github'],
    wrong: ['sign-in'],
    detail: /provider_unknown/,
    fix: /createAuth\(\{ providers: \{ github: … \} \}\).*--provider <name>/,
  },
  'a clock that is five minutes ahead': {
    how: { response: (answer) => answer.headers.set('date', new Date(Date.now() + 300_000).toUTCString()) },
    wrong: ['clock'],
    detail: /clock is (299|300) seconds ahead/,
    fix: /NTP/,
  },
  'a clock that is 40 seconds behind, in a cache for an hour': {
    how: {
      response: (answer) => {
        answer.headers.set('date', new Date(Date.now() - 3_640_000).toUTCString())
        answer.headers.set('age', '3600')
      },
    },
    wrong: ['clock'],
    detail: /clock is 4[01] seconds behind/,
    fix: /NTP/,
  },
  'a clock that is behind': {
    how: { response: (answer) => answer.headers.set('date', new Date(Date.now() - 120_000).toUTCString()) },
    wrong: ['clock'],
    detail: /clock is 12[01] seconds behind/,
    fix: /NTP/,
  },
  'a sign-in that takes any next': {
    how: { response: withCookies((line) => `${line.replace('=', '=//evil.example/')}`) },
    wrong: ['next'],
    detail: /The app accepted next=/,
    fix: /Use auth\.signIn as the route/,
  },
  'plain http for everybody': {
    how: {
      host: 'app.example',
      options: (origin) => ({ origin: origin.replace('http:', 'https:') }),
    },
    env: HOSTS,
    wrong: ['https'],
    detail: /is plain http/,
    fix: /createAuth\(\{ origin: 'https:\/\/app\.example:\d+' \}\)/,
  },
}

for (const [name, { how, args = [], env, wrong, detail, fix, unsure = [] }] of Object.entries(SPOILED)) {
  test(`${name}: found, and nothing else`, async (t) => {
    const app = await startBehindProxy(t, how)
    const found = await diagnose([app.origin, ...args], env)
    assert.deepEqual(found.wrong, wrong, JSON.stringify(found.byId))
    assert.deepEqual([found.code, found.ok, found.stderr, found.unsure], [1, false, '', unsure])
    const last = found.byId[wrong.at(-1)]
    assert.match(last.detail, detail)
    assert.match(last.fix, fix)
  })
}

test('a server that is down, and one that never answers', async (t) => {
  const gone = await serve(t, () => {})
  const down = await diagnose(['http://127.0.0.1:1'])
  const slow = await diagnose([gone.origin])
  for (const [found, detail] of [
    [down, /ECONNREFUSED|bad port/],
    [slow, /^no answer within ten seconds\.$/],
  ]) {
    assert.deepEqual([found.code, found.wrong, found.fine], [1, ['reachable'], []])
    assert.match(found.byId.reachable.detail, detail)
    assert.match(found.byId.reachable.fix, /Start the app, or check http:\/\/127\.0\.0\.1:\d+\./)
  }
})
