// What a page asks before it trusts a session: who is signed in, verified, and an access token that still lives.
import { generateSessionCookie } from '@auth0/nextjs-auth0/testing'
import { createServerClient } from '@supabase/ssr'
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import { createAuth } from '../../dist/index-node.js'
import { makeApp, person, secret, supabase } from './app.mjs'
import { measure, ratio, toTable } from './harness.mjs'
import { makePeer as makeTokens } from './peers/landfall-tokens.mjs'
import { makePeer as makeNextjsAuth0 } from './peers/nextjs-auth0.mjs'
import { comeBack } from './sign-in.mjs'

const ORIGIN = 'https://app.example'
const HOUR = 3600

const requestWith = (cookie) => new Request(`${ORIGIN}/account`, { headers: { cookie } })

/** A session of Supabase's as @supabase/ssr keeps it, with an access token that a key of the project has signed. */
const makeSupabaseSession = async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    email: person.email,
    role: 'authenticated',
    aal: 'aal1',
    session_id: person.id,
    app_metadata: { provider: 'bitbucket', providers: ['bitbucket'] },
    user_metadata: { email: person.email, email_verified: true, name: person.name },
    amr: [{ method: 'oauth', timestamp: now }],
    is_anonymous: false,
  }
  const accessToken = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: 'one', typ: 'JWT' })
    .setIssuer(`${supabase.url}/auth/v1`)
    .setAudience('authenticated')
    .setSubject(person.id)
    .setIssuedAt(now)
    .setExpirationTime(now + HOUR)
    .sign(privateKey)
  const session = {
    access_token: accessToken,
    token_type: 'bearer',
    expires_in: HOUR,
    expires_at: now + HOUR,
    refresh_token: 'abcdefghijkl',
    user: { id: person.id, aud: 'authenticated', email: person.email, ...claims },
  }
  const keys = JSON.stringify({
    keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }],
  })
  const [name] = new URL(supabase.url).hostname.split('.')
  const value = `base64-${Buffer.from(JSON.stringify(session)).toString('base64url')}`
  return {
    publicKey,
    accessToken,
    cookie: `sb-${name}-auth-token=${value}`,
    /** The project's keys: the one thing that is asked for. */
    fetch: async () => new Response(keys, { headers: { 'content-type': 'application/json' } }),
  }
}

/** @type {Record<string, () => Promise<() => Promise<unknown>>>} each gives what answers the id of a person */
const VERIFIERS = {
  'floor: the signature alone, by jose': async () => {
    const { publicKey, accessToken } = await makeSupabaseSession()
    return async () => (await jwtVerify(accessToken, publicKey)).payload.sub
  },
  'Landfall, Supabase': async () => {
    const { cookie, fetch } = await makeSupabaseSession()
    const auth = createAuth({ origin: ORIGIN, supabase, fetch })
    const request = requestWith(cookie)
    return async () => (await auth.getUser(request)).user?.sub
  },
  '@supabase/ssr, getClaims': async () => {
    const { cookie, fetch } = await makeSupabaseSession()
    const at = cookie.indexOf('=')
    const all = [{ name: cookie.slice(0, at), value: cookie.slice(at + 1) }]
    return async () => {
      const cookies = { getAll: () => all, setAll: () => {} }
      const client = createServerClient(supabase.url, supabase.key, { cookies, global: { fetch } })
      return (await client.auth.getClaims()).data?.claims.sub
    }
  },
}

/** @type {Record<string, () => Promise<() => Promise<unknown>>>} each gives what answers an access token */
const HOLDERS = {
  Landfall: async () => {
    const { start, callback, auth } = makeTokens(makeApp({ answer: 'small' }))
    const cookies = (await callback(await comeBack(await start()))).headers.getSetCookie()
    const request = requestWith(cookies.map((line) => line.split(';')[0]).join('; '))
    return async () => (await auth.getAccessToken(request)).accessToken
  },
  'nextjs-auth0': async () => {
    const { getAccessToken } = makeNextjsAuth0({ origin: ORIGIN })
    const tokenSet = {
      accessToken: 'a'.repeat(130),
      refreshToken: 'abcdefghijkl',
      expiresAt: Math.floor(Date.now() / 1000) + HOUR,
    }
    const request = requestWith(
      `__session=${await generateSessionCookie({ user: { sub: person.id }, tokenSet }, { secret })}`,
    )
    return async () => (await getAccessToken(request)).token
  },
}

/** @param {Record<string, () => Promise<() => Promise<unknown>>>} makers @param {(answer: unknown) => boolean} isRight @param {string} base */
const compare = async (makers, isRight, base) => {
  const cases = []
  for (const [name, make] of Object.entries(makers)) {
    const run = await make()
    if (!isRight(await run())) throw new Error(`bench: ${name} does not answer`)
    cases.push({ name, run })
  }
  const results = await measure(cases)
  return { results, table: toTable(results, [base]) }
}

/** @type {import('./run.mjs').Group} */
export const measureVerified = async () => {
  const users = await compare(VERIFIERS, (answer) => answer === person.id, '@supabase/ssr, getClaims')
  const tokens = await compare(HOLDERS, (answer) => String(answer).length >= 130, 'nextjs-auth0')
  return {
    title: 'A verified person, and an access token, Node',
    text: 'The first table verifies the access token of a Supabase session by a key of the project, which is kept: `getUser`, and what Supabase’s guide shows. The second gives a live access token out of a sealed session, for a request to the provider: `getAccessToken`.',
    tables: [users.table, tokens.table],
    ratios: [
      {
        what: 'a verified person, Supabase, Node: Landfall ÷ @supabase/ssr',
        value: ratio(users.results, 'Landfall, Supabase', '@supabase/ssr, getClaims'),
      },
      {
        what: 'an access token, Node: Landfall ÷ nextjs-auth0',
        value: ratio(tokens.results, 'Landfall', 'nextjs-auth0'),
      },
    ],
  }
}
