// docs/moving.md, carried out: an app signs in with another library, moves by what the page says, and keeps what the page promises.
// Its providers are stand-ins that know one redirect_uri, which is registered before the move.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { BrowserJar } from '../../stand-ins/browser-jar.mjs'
import { startProviders } from '../../stand-ins/providers/server.mjs'
import { MOVES } from './support/cases-moving.mjs'
import { makeMove, openUpTo } from './support/moving.mjs'

const SECRET = 'a secret of the tests, and long enough'
const NOBODY = 'nobody'

for (const [name, { from, packages, provider, sites, registered, ...rest }] of Object.entries(MOVES))
  describe(`from ${name}`, () => {
    const { other, refused, begin, isKept, code, signOut = '/auth/sign-out' } = rest
    let providers
    let move
    let redirectUri
    const standIns = () =>
      Object.fromEntries(sites.map((site) => [site, site.replace('https:/', providers.origin)]))
    before(async () => {
      providers = await startProviders()
      const { clientId, clientSecret } = providers.apps[provider]
      const client = provider.toUpperCase()
      const env = () => ({
        STAND_INS: JSON.stringify(standIns()),
        AUTH_SECRET: SECRET,
        [`${client}_CLIENT_ID`]: clientId,
        [`${client}_CLIENT_SECRET`]: clientSecret,
      })
      move = await makeMove(from, { packages, env })
      redirectUri = move.origin + registered.callback
      Object.assign(providers.apps[provider], { ...registered, redirectUri })
      await move.deploy('before')
    })
    after(() => Promise.all([move?.remove(), providers?.stop()]))

    const at = (path) => move.origin + path
    const read = async (jar) => (await jar.fetch(at('/account'))).text()
    /** A browser for which the provider is the stand-in. */
    const makeJar = () => {
      const open = async ({ url }) => Response.redirect((await providers.open(url)).url)
      return new BrowserJar({ sites: { [sites[0]]: open } })
    }
    const beginWithLandfall = () => at(`/auth/sign-in?provider=${provider}&next=/account`)
    const signIn = async (how) => {
      const jar = makeJar()
      await jar.fetch(await how(jar, at))
      return jar
    }
    const refuse = async (how) => {
      const known = providers.apps[provider].person.user
      providers.apps[provider].person.user = { ...known, ...refused }
      const jar = await signIn(how)
      providers.apps[provider].person.user = known
      assert.equal(await read(jar), NOBODY)
    }
    const underWay = makeJar()
    let signedIn
    let person
    let address

    test('before: a sign-in works, and another is under way', async () => {
      signedIn = await signIn(begin)
      person = await read(signedIn)
      assert.notEqual(person, NOBODY)
      address = await openUpTo(underWay, await begin(underWay, at), redirectUri)
      assert.equal(await read(underWay), NOBODY)
    })

    if (refused) test('before: the app refuses a person', () => refuse(begin))

    test(`after: who is signed in ${isKept ? 'stays so' : 'signs in once more'}`, async () => {
      await move.deploy('after')
      assert.equal(await read(signedIn), isKept ? person : NOBODY)
    })

    test('after: a sign-in at the redirect_uri that is registered, and it is the same person', async () => {
      const jar = await signIn(beginWithLandfall)
      assert.equal(new URL(jar.url).pathname, '/account')
      assert.equal(await read(jar), person)
      const used = providers.requests
        .filter(({ kind }) => kind === 'token')
        .map(({ form }) => form.get('redirect_uri'))
      assert.deepEqual([...new Set(used)], [redirectUri])
      assert.ok(used.length > 1)
    })

    if (refused) test('after: the app refuses the same person', () => refuse(beginWithLandfall))

    test('after: another person is another one', async () => {
      providers.apps[provider].person.user = { ...providers.apps[provider].person.user, ...other }
      const jar = await signIn(beginWithLandfall)
      assert.ok(![NOBODY, person].includes(await read(jar)))
    })

    test('after: sign-out ends the new session, by its form', async () => {
      const jar = await signIn(beginWithLandfall)
      assert.notEqual(await read(jar), NOBODY)
      await jar.fetch(at(signOut), { method: 'POST', from: jar.url })
      assert.equal(await read(jar), NOBODY)
    })

    test('after: who was at the provider meanwhile is told to start again, and can', async () => {
      const response = await underWay.fetch(address)
      assert.equal(new URL(underWay.url).searchParams.get('error'), code)
      assert.equal(await read(underWay), NOBODY)
      underWay.url = response.url
      const [, href] = /<a class="main" href="([^"]+)">Start again</.exec(await response.text())
      await underWay.click(href)
      assert.notEqual(await read(underWay), NOBODY)
    })
  })
