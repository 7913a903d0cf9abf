// GET /user and POST /logout: what an access token opens, what it holds, and what it ends.
import { createPublicKey, verify } from 'node:crypto'
import { bearer, claimsOf } from '../../../stand-ins/supabase-client.mjs'
import { refusal, refused } from '../support/fact.mjs'

const badJwt = (reason) =>
  refused(403, 'bad_jwt', new RegExp(`^invalid JWT: unable to parse or verify signature, ${reason}`))
const HEAD = Buffer.from('{"alg":"ES256","typ":"JWT"}').toString('base64url')

// biome-ignore format: a table
const TOKENS = [
  ['without dots', 'x', 'token is malformed: token contains an invalid number of segments$'],
  ['with a head that is no Base64', `*.${HEAD}.x`, 'token is malformed: could not base64 decode header'],
]

/** @type {import('../support/fact.mjs').Fact[]} */
export const USER = [
  {
    name: '/user without a token',
    recorded: refused(401, 'no_authorization', 'This endpoint requires a valid Bearer token'),
    ask: async ({ client }) => refusal(await client.get('/user')),
  },
  ...TOKENS.map(([name, token, reason]) => ({
    name: `/user with a token ${name}`,
    recorded: badJwt(reason),
    ask: async ({ client }) => refusal(await client.get('/user', bearer(token))),
  })),
  {
    name: '/user with a signature that is wrong',
    needs: ['people'],
    recorded: badJwt('token signature is invalid'),
    ask: async ({ client, person }) => {
      const [head, claims, signature] = (await person()).access_token.split('.')
      const other = (signature[0] === 'A' ? 'B' : 'A') + signature.slice(1)
      return refusal(await client.get('/user', bearer(`${head}.${claims}.${other}`)))
    },
  },
  {
    name: '/user gives the user of the session',
    needs: ['people'],
    recorded: { status: 200, isSame: true },
    ask: async ({ client, person }) => {
      const { access_token, user } = await person()
      const { status, body } = await client.get('/user', bearer(access_token))
      return { status, isSame: body.id === user.id && body.email === user.email }
    },
  },
  {
    name: '/user of a person who is gone',
    needs: ['settings'],
    recorded: refused(403, 'user_not_found', 'User from sub claim in JWT does not exist'),
    ask: async ({ start }) => {
      const { auth, client } = await start()
      const { access_token } = await client.session()
      auth.users.rows.clear()
      return refusal(await client.get('/user', bearer(access_token)))
    },
  },
  {
    name: '/user and /logout with a token that expired',
    needs: ['clock'],
    recorded: Object.fromEntries(['user', 'logout'].map((name) => [name, badJwt('.*token is expired')])),
    ask: async ({ start }) => {
      const { auth, client } = await start()
      const { access_token } = await client.session()
      auth.clock.advance(3601)
      const user = refusal(await client.get('/user', bearer(access_token)))
      return { user, logout: refusal(await client.post('/logout', '', bearer(access_token))) }
    },
  },
  {
    name: 'an access token has these claims',
    needs: ['people'],
    recorded: {
      claims:
        'iss sub aud exp iat email phone app_metadata user_metadata role aal amr session_id is_anonymous',
      iss: true,
      method: 'otp',
    },
    ask: async ({ client, person }) => {
      const claims = claimsOf((await person()).access_token)
      const { iss, amr } = claims
      return { claims: Object.keys(claims).join(' '), iss: iss === client.api, method: amr[0].method }
    },
  },
  {
    name: 'a sign-in through a provider is one by oauth, and the published key signs its access token',
    needs: ['provider'],
    recorded: {
      method: 'oauth',
      isSigned: true,
      key: 'alg crv key_ops kid kty use x y',
      cache: 'public, max-age=600',
    },
    ask: async ({ client }) => {
      const { access_token } = await client.session()
      const [head, claims, signature] = access_token.split('.')
      const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString())
      const { body, headers } = await client.get('/.well-known/jwks.json', { apikey: '' })
      const jwk = body.keys.find((one) => one.kid === kid)
      const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }
      const content = Buffer.from(`${head}.${claims}`)
      return {
        method: claimsOf(access_token).amr[0].method,
        isSigned: verify('sha256', content, key, Buffer.from(signature, 'base64url')),
        key: Object.keys(jwk).sort().join(' '),
        cache: headers.get('cache-control'),
      }
    },
  },
  {
    name: '/logout with a scope that does not exist',
    needs: ['people'],
    recorded: refused(400, 'validation_failed', 'Unsupported logout scope "all"'),
    ask: async ({ client, person }) =>
      refusal(await client.post('/logout?scope=all', '', bearer((await person()).access_token))),
  },
  {
    name: '/logout ends this session, the others, or all',
    needs: ['people'],
    recorded: { local: '403 200 200', others: '403 200 403', all: '403 403 403', again: 'session_not_found' },
    ask: async ({ client, sessions }) => {
      const tokens = (await sessions(3)).map(({ access_token }) => access_token)
      const leave = async (index, scope) => {
        await client.post(`/logout${scope}`, '', bearer(tokens[index]))
        const users = await Promise.all(tokens.map((token) => client.get('/user', bearer(token))))
        return users.map(({ status }) => status).join(' ')
      }
      const real = {
        local: await leave(0, '?scope=local'),
        others: await leave(1, '?scope=others'),
        all: await leave(1, ''),
      }
      return { ...real, again: (await client.post('/logout', '', bearer(tokens[1]))).body.code }
    },
  },
]
