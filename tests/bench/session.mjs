// Who is signed in: each library reads a session of about 1,000 bytes from the cookies of a request.
import { randomBytes } from 'node:crypto'
import { decode, encode } from '@auth/core/jwt'
import { generateSessionCookie } from '@auth0/nextjs-auth0/testing'
import { getCookieCache } from 'better-auth/cookies'
import { symmetricEncodeJWT } from 'better-auth/crypto'
import { getIronSession, sealData } from 'iron-session'
import { createAuth } from '../../dist/index-node.js'
import { secret } from './app.mjs'
import { measure, ratio, toTable } from './harness.mjs'
import { makePeer as makeNextjsAuth0 } from './peers/nextjs-auth0.mjs'

const ORIGIN = 'https://app.example'
const USER = {
  provider: 'github',
  sub: '583231',
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  email_verified: true,
}
const DATA = { id: 4711, role: 'admin', notes: randomBytes(600).toString('base64url') }

const requestWith = (cookie) => new Request(`${ORIGIN}/account`, { headers: { cookie } })

/** @type {Record<string, () => Promise<() => unknown>>} each makes a session, and gives the function that reads it */
const READERS = {
  Landfall: async () => {
    const providers = { github: { clientId: 'a', clientSecret: 'b' } }
    const auth = createAuth({ origin: ORIGIN, secret, session: true, providers })
    const { setCookie } = auth.createSession(requestWith(''), { user: USER, data: DATA })
    const request = requestWith(setCookie[0].split(';')[0])
    return () => auth.getSession(request).session?.data.role
  },
  'iron-session': async () => {
    const options = { cookieName: 'session', password: secret }
    const request = requestWith(`session=${await sealData({ user: USER, data: DATA }, options)}`)
    return async () => (await getIronSession(request, new Response(), options)).data.role
  },
  '@auth/core': async () => {
    const name = '__Secure-authjs.session-token'
    const token = await encode({ token: { user: USER, data: DATA }, secret, salt: name })
    const request = requestWith(`${name}=${token}`)
    return async () => {
      const cookie = request.headers.get('cookie')
      const read = await decode({ token: cookie.slice(name.length + 1), secret, salt: name })
      return read.data.role
    }
  },
  'better-auth': async () => {
    const now = new Date().toISOString()
    const times = { createdAt: now, updatedAt: now }
    const row = {
      id: '1',
      userId: '2',
      token: 't',
      expiresAt: new Date(Date.now() + 1e7).toISOString(),
      ...times,
    }
    const payload = {
      session: row,
      user: { ...USER, id: '2', emailVerified: true, ...times, data: DATA },
      updatedAt: Date.now(),
      version: '1',
    }
    const sealed = await symmetricEncodeJWT(payload, secret, 'better-auth-session', 3600)
    const request = requestWith(`__Secure-better-auth.session_data=${sealed}`)
    const options = { secret, isSecure: true, strategy: /** @type {const} */ ('jwe') }
    return async () => (await getCookieCache(request, options)).user.data.role
  },
  'nextjs-auth0': async () => {
    const { getSession } = makeNextjsAuth0({ origin: ORIGIN })
    const sealed = await generateSessionCookie({ user: USER, data: DATA }, { secret })
    const request = requestWith(`__session=${sealed}`)
    return async () => (await getSession(request)).data.role
  },
}

/** @type {import('./run.mjs').Group} */
export const measureSession = async () => {
  const cases = []
  for (const [name, makeReader] of Object.entries(READERS)) {
    const run = await makeReader()
    if ((await run()) !== 'admin') throw new Error(`bench: ${name} does not read its session`)
    cases.push({ name, run })
  }
  const results = await measure(cases)
  const [fastest] = results.filter(({ name }) => name !== 'Landfall').sort((a, b) => a.micros - b.micros)
  return {
    title: 'Who is signed in, Node',
    text: 'Each library opens the sealed session of a request, about 1,000 bytes of JSON. None asks a store.',
    tables: [toTable(results, [fastest.name])],
    ratios: [
      {
        what: `who is signed in, Node: Landfall ÷ ${fastest.name}, the fastest of the others`,
        value: ratio(results, 'Landfall', fastest.name),
      },
    ],
  }
}
