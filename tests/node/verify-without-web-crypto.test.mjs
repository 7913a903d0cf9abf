// Signatures where `crypto.subtle` is missing: the app's own `verify`, what it may answer, and what happens without one.
import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { createPublicKey, verify as verifyNatively } from 'node:crypto'
import { after, before, beforeEach, describe, mock, test } from 'node:test'
import { generateKeyPair, SignJWT } from 'jose'
import { createAuth, LandfallError } from '../../dist/index.js'
import { ALGORITHMS } from '../../stand-ins/openid-provider.mjs'
import { verify } from '../runtimes/apps/elsewhere/verify.mjs'
import { ORIGIN, SECRET } from './support/app.mjs'
import { answer, answerInstead, MAC_SECRET, makeVisit, open, signIn, startWorld } from './support/openid.mjs'

const MAX_MILLISECONDS = 10_000

/** The app has no `crypto.subtle`; the provider, in the same process, has one. */
const inApp = new AsyncLocalStorage()
const { subtle } = globalThis.crypto

let world
before(async () => {
  Object.defineProperty(globalThis.crypto, 'subtle', {
    get: () => (inApp.getStore() ? undefined : subtle),
    configurable: true,
  })
  world = await startWorld()
})
after(() => {
  Reflect.deleteProperty(globalThis.crypto, 'subtle')
  return world.provider.close()
})
beforeEach(() => {
  world.intercept = undefined
})

/** An app without WebCrypto, and its browser. @param {any} check @param {Record<string, any>} [more] of the provider */
const makeApp = (check, more) => {
  const visit = makeVisit(world, more, { verify: check })
  const { handle } = visit.auth
  visit.auth = { handle: (request) => inApp.run(true, () => handle(request)) }
  return visit
}

/** @param {any} check @param {Record<string, any>} [more] of the provider */
const signInWith = async (check, more) => {
  const visit = makeApp(check, more)
  await signIn(visit)
  return { ...visit, event: visit.events.at(-1) }
}

/** As another library takes them: key and signature in DER. */
const verifyDer = ({ alg, spki, signature, signatureDer, data }) => {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  const pss = alg.startsWith('PS') && { padding: 6, saltLength: Number(alg.slice(2)) / 8 }
  const hash = alg === 'EdDSA' ? null : `sha${alg.slice(2)}`
  return verifyNatively(hash, data, { key, ...pss }, signatureDer ?? signature)
}

describe('a whole sign-in without WebCrypto', () => {
  for (const alg of ALGORITHMS)
    test(`${alg}: plain JavaScript verifies the ID Token and a signed profile, and so does a library for DER`, async () => {
      for (const check of [verify, async (asked) => verifyDer(asked)])
        for (const clientId of [alg, `signed-${alg}`]) {
          const asked = mock.fn(check)
          const visit = await signInWith(asked, { clientId, userinfo: true })
          assert.deepEqual(visit.event, { type: 'callback', ok: true, provider: 'op' })
          assert.equal(visit.sessions[0].claims.sub, 'ada')
          const algs = asked.mock.calls.map(({ arguments: [given] }) => given.alg)
          assert.deepEqual(algs, clientId === alg ? [alg] : ['RS256', alg])
        }
    })

  test('another signature is refused', async () => {
    const { privateKey } = await generateKeyPair('ES256')
    const claims = { iss: world.issuer, aud: 'signed-ES256', sub: 'ada' }
    const body = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
    world.intercept = (request, response) => {
      if (!request.url.startsWith('/userinfo')) return false
      response.writeHead(200, { 'content-type': 'application/jwt' }).end(body)
      return true
    }
    const visit = await signInWith(verify, { clientId: 'signed-ES256', userinfo: true })
    assert.equal(visit.event.code, 'userinfo_signature')
    assert.equal(visit.sessions.length, 0)
  })
})

describe('what `verify` answers', () => {
  const failure = new Error('no library')
  /** @type {[string, () => any, string, (cause: any) => boolean][]} */
  const rows = [
    ['false', () => false, 'id_token_signature', (cause) => cause === undefined],
    ['a promise of false', async () => false, 'id_token_signature', (cause) => cause === undefined],
    [
      'a throw',
      () => {
        throw failure
      },
      'signature_unchecked',
      (cause) => cause === failure,
    ],
    [
      'a promise that fails',
      () => Promise.reject(failure),
      'signature_unchecked',
      (cause) => cause === failure,
    ],
    ...[
      undefined,
      null,
      1,
      0,
      'true',
      '',
      {},
      [],
      [true],
      new Boolean(true),
      Symbol('true'),
      () => true,
      { valueOf: () => true },
    ].map(
      (value) =>
        /** @type {any} */ ([
          `${typeof value} ${String(value)}`.slice(0, 30),
          () => value,
          'signature_unchecked',
          (cause) =>
            cause instanceof LandfallError &&
            cause.code === 'argument_invalid' &&
            cause.message === 'landfall: verify: `its result` must be true or false, within 10 seconds.',
        ]),
    ),
  ]
  for (const [name, check, code, isCause] of rows)
    test(`${name}: nobody is signed in, and the event says ${code}`, async () => {
      const visit = await signInWith(check)
      assert.equal(visit.event.code, code)
      assert.equal(visit.event.blame, code === 'signature_unchecked' ? 'app' : 'provider')
      assert.ok(isCause(visit.event.cause), String(visit.event.cause))
      assert.equal('url' in visit.event, false)
      assert.equal(visit.sessions.length, 0)
      assert.ok(visit.jar.url.startsWith(`${ORIGIN}/auth/auth-code-error?error=${code}&`))
    })

  test('never: the sign-in ends after ten seconds', async () => {
    const visit = makeApp(() => new Promise(() => {}))
    const callback = await answer(visit, await open(visit))
    const started = performance.now()
    await visit.jar.fetch(callback, { from: world.issuer })
    const took = performance.now() - started
    assert.ok(took > MAX_MILLISECONDS - 100 && took < 3 * MAX_MILLISECONDS, `${took} ms`)
    assert.equal(visit.events.at(-1).code, 'signature_unchecked')
    assert.equal(visit.sessions.length, 0)
  })

  test('true, for what it changed before: the core uses what it checked itself', async () => {
    const visit = await signInWith((asked) => {
      for (const bytes of [asked.data, asked.signature, asked.spki]) bytes.fill(0)
      Object.assign(asked, { data: null, jwk: null, alg: 'none' })
      return true
    })
    assert.equal(visit.event.ok, true)
    assert.equal(visit.sessions[0].claims.sub, 'ada')
  })

  test('true does not help a token whose claims are wrong, and nobody is asked', async () => {
    const check = mock.fn(() => true)
    answerInstead(world, '/token', 200, () => {
      const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const now = Math.floor(Date.now() / 1000)
      const claims = {
        iss: world.issuer,
        aud: 'public',
        sub: 'ada',
        iat: now,
        exp: now + 60,
        nonce: 'another',
      }
      const token = `${part({ alg: 'RS256' })}.${part(claims)}.AAAA`
      return { access_token: 'a', token_type: 'Bearer', id_token: token }
    })
    const visit = await signInWith(check)
    assert.equal(visit.event.code, 'id_token_nonce')
    assert.equal(check.mock.callCount(), 0)
  })
})

describe('without `verify`', () => {
  test('the app is told what is missing, and nobody blames the provider', async () => {
    const { event, sessions } = await signInWith(undefined)
    assert.equal(event.code, 'signature_unchecked')
    assert.equal(event.blame, 'app')
    assert.match(event.cause.message, /no `crypto\.subtle` here; set the option `verify`/)
    assert.equal(sessions.length, 0)
  })

  test('OAuth without an ID Token signs in, and so does HS256, which the core checks', async () => {
    const oauth = await signInWith(undefined, { scopes: 'profile' })
    assert.deepEqual(oauth.event, { type: 'callback', ok: true, provider: 'op' })
    assert.deepEqual([oauth.sessions[0].id_token, oauth.sessions.length], [undefined, 1])
    const mac = { clientId: 'mac-id_token', clientSecret: MAC_SECRET, idTokenSignedResponseAlg: 'HS256' }
    const { event, sessions } = await signInWith(undefined, mac)
    assert.deepEqual([event.ok, sessions[0]?.claims.sub], [true, 'ada'])
  })

  test('a runtime that lacks an algorithm says so too', async () => {
    const visit = makeVisit(world, { clientId: 'EdDSA' })
    const lacks = mock.method(subtle, 'importKey', async () => {
      throw new DOMException('no such algorithm', 'NotSupportedError')
    })
    const callback = await answer(visit, await open(visit))
    try {
      await visit.jar.fetch(callback, { from: world.issuer })
    } finally {
      lacks.mock.restore()
    }
    const { code, cause } = visit.events.at(-1)
    assert.deepEqual([code, cause.name], ['signature_unchecked', 'NotSupportedError'])
  })
})

test('only a function, null and nothing are a `verify`', () => {
  const make = (check) =>
    createAuth({
      origin: ORIGIN,
      secret: SECRET,
      providers: { op: { issuer: world.issuer, clientId: 'x' } },
      verify: check,
    })
  for (const value of [true, 'verify', {}, [], 1])
    assert.throws(() => make(value), { code: 'config_invalid', parameter: 'verify' })
  for (const value of [undefined, null, verify]) make(value)
})
