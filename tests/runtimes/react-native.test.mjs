// React Native: the example builds for phones, its sign-in runs in Node with stand-ins for the phone, and the core runs in Hermes, for an app and
// for a server.
// Nothing here is a phone.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { startOpenIdProvider } from '../../stand-ins/openid-provider.mjs'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'
import { listNextChecks } from '../node/support/vectors.mjs'
import { hasHermes, installReactNative } from './support/react-native.mjs'
import { takeTurns } from './support/turns.mjs'

const ORIGIN = 'https://app.example'
/** How Hermes' bytecode begins. */
const BYTECODE = 'c61fbc03c103191f'
const PLATFORMS = ['android', 'ios']

const describeReactNative = () => {
  let app
  before(async () => {
    app = await installReactNative()
  })
  after(() => app?.remove())

  test('its types are right, Metro bundles it for both platforms, and the compiler of Hermes takes the bundles', async () => {
    await app.build()
    for (const platform of PLATFORMS) {
      const folder = join(app.folder, 'dist/_expo/static/js', platform)
      const [file] = readdirSync(folder)
      const bytes = readFileSync(join(folder, file))
      assert.equal(bytes.subarray(0, 8).toString('hex'), BYTECODE, file)
    }
  })

  describe('its sign-in, with stand-ins for AsyncStorage and the system’s browser', () => {
    let supabase
    let auth
    before(async () => {
      supabase = await startSupabaseAuth({ siteUrl: 'https://app.example', allowList: ['myapp://**'] })
      globalThis.WebSocket ??= /** @type {any} */ (class {}) // supabase-js wants one; React Native has it
      auth = await app.loadAuth(supabase)
    })
    after(() => supabase?.close())

    test('ends with a session that Supabase’s client finds, and a sign-out ends it', async () => {
      const { data, error } = await auth.signIn('/account')
      assert.equal(error, null)
      assert.equal(data.next, '/account')
      assert.equal((await auth.getUser()).email, data.user.email)
      assert.deepEqual([...auth.items.keys()].sort(), ['landfall', 'sb-127-auth-token'])
      assert.equal((await auth.auth.signOut()).error, null)
      assert.equal(await auth.getUser(), null)
      assert.deepEqual([...auth.items], [])
      await auth.supabase.auth.stopAutoRefresh()
    })

    test('takes no other link', async () => {
      const none = { session: null, user: null, next: null, redirectType: null }
      assert.deepEqual(await auth.takeLink('myapp://open?tab=1'), { data: none, error: null })
      const { error } = await auth.takeLink('myapp://auth/callback?error=access_denied&error_description=No')
      assert.equal(error.code, 'provider_access_denied')
    })
  })

  const skip = hasHermes ? false : 'npm has Hermes as a program for Linux on x64 alone'
  test('Hermes: every check of `next`, a whole sign-in with a function as the network, and a refusal', {
    skip,
  }, async () => {
    const { missing, ...said } = await app.runHermes()
    assert.ok(missing.includes('WebAssembly') && missing.includes('document'), missing.join())
    assert.equal(said.checked, listNextChecks().length)
    assert.deepEqual(said.wrong, [])
    assert.equal(said.error, null)
    assert.equal(said.refused, 'provider_access_denied')
    assert.deepEqual(said.kept, ['sb-abc-auth-token-code-verifier', 'landfall'])
    const { searchParams, origin } = new URL(said.url)
    assert.equal(origin, 'https://abc.supabase.co')
    assert.match(searchParams.get('redirect_to'), /^myapp:\/\/auth\/callback\?sb_flow_id=[\w-]+$/)
    assert.deepEqual(said.done, { next: '/notes', name: 'Ada Lövélace', error: null })
    assert.equal(said.stored, said.done.name)
    const [[method, url, body], ...more] = said.asked
    assert.deepEqual([method, url], ['POST', 'https://abc.supabase.co/auth/v1/token?grant_type=pkce'])
    assert.match(body.code_verifier, /^[\w-]{43,}$/)
    assert.deepEqual(more, [])
    const challenge = createHash('sha256').update(said.verifier).digest('base64url')
    assert.equal(searchParams.get('code_challenge'), challenge)
  })

  for (const alg of ['RS256', 'ES256', 'EdDSA'])
    test(`Hermes: a server signs in at a real OpenID provider, and the app’s own \`verify\` checks ${alg}; without it nobody is`, {
      skip,
    }, async () => {
      const redirect_uris = [`${ORIGIN}/auth/callback/op`]
      const client = { client_id: 'app', id_token_signed_response_alg: alg, redirect_uris }
      const provider = await startOpenIdProvider({ clients: [client], remember: false })
      try {
        const providers = { op: { issuer: provider.issuer, clientId: 'app' } }
        const serve = await app.serveInHermes({ origin: ORIGIN, secret: 's'.repeat(32), providers })
        let said
        const site = async (request) => {
          if (!new URL(request.url).pathname.startsWith('/auth/')) return new Response('The app')
          said = { request, ...(await serve(request)) }
          return new Response(said.body, said)
        }
        const jar = new BrowserJar({ sites: { [ORIGIN]: site } })
        const who = await jar.fetch(`${ORIGIN}/auth/sign-in?next=/notes`)
        const fields = { username: 'ada', decision: 'sign-in' }
        const what = await jar.submit(await who.text(), { fields })
        await jar.submit(await what.text(), { fields: { decision: 'allow' } })
        assert.equal(jar.url, `${ORIGIN}/notes#`)
        assert.deepEqual(said.events, [{ type: 'callback', ok: true, provider: 'op' }])
        assert.deepEqual([said.verified, said.sessions[0].sub], [[alg], 'ada'])
        const without = await serve(said.request, { ...said.asked, hasVerify: false })
        const [{ code, cause }] = without.events
        assert.deepEqual([code, without.sessions], ['signature_unchecked', []])
        assert.match(cause, /no `crypto\.subtle` here/)
      } finally {
        await provider.close()
      }
    })
}

for (const name of takeTurns(['React Native'])) describe(name, describeReactNative)
