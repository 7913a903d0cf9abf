// What docs/moving.md promises of each move from a library that speaks to the provider itself.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openUpTo } from './moving.mjs'

export const NOBODY = 'nobody'
const START_AGAIN = /<a class="main" href="([^"]+)">Start again</

/**
 * @typedef {object} Promises
 * @property {() => Promise<import('./moving-worlds.mjs').World>} open
 * @property {string} provider its name in Landfall's configuration
 * @property {(jar: object, at: (path: string) => string) => string | Promise<string>} begin the address that begins a sign-in before
 * @property {boolean} isKept who is signed in stays so
 * @property {string} code what a sign-in ends with that the other library started
 * @property {string} [signOut] the form that ends the app's own session, unless it is Landfall's
 * @property {boolean} [refuses] the app refuses a person
 * @property {boolean} [remembers] the provider remembers who one is
 */

/** The app has `/account`, which says who is signed in. @param {string} name @param {Promises} promises */
export const testMove = (name, { open, provider, begin, isKept, code, signOut = '/auth/sign-out', ...has }) =>
  describe(`from ${name}`, () => {
    let world
    before(async () => {
      world = await open()
      await world.move.deploy('before')
    })
    after(() => world?.close())

    const at = (path) => world.move.origin + path
    const read = async (jar) => (await jar.fetch(at('/account'))).text()
    const beginWithLandfall = () => at(`/auth/sign-in?provider=${provider}&next=/account`)

    /** To the end, with what the provider asks. */
    const signIn = async (how, who = 'self') => {
      const jar = world.makeJar()
      world.become(who)
      let page = await (await jar.fetch(await how(jar, at))).text()
      for (let fields = world.answer(page); fields; fields = world.answer(page))
        page = await (await jar.submit(page, { fields })).text()
      world.become('self')
      return jar
    }
    const refuse = async (how) => assert.equal(await read(await signIn(how, 'refused')), NOBODY)

    let signedIn
    let person
    let underWay
    let callback

    test('before: a sign-in works, and another is under way', async () => {
      signedIn = await signIn(begin)
      person = await read(signedIn)
      assert.notEqual(person, NOBODY)
      underWay = world.makeJar()
      callback = await openUpTo(underWay, await begin(underWay, at), world.redirectUri, world.answer)
      assert.equal(await read(underWay), NOBODY)
    })

    if (has.refuses) test('before: the app refuses a person', () => refuse(begin))

    test(`after: who is signed in ${isKept ? 'stays so' : 'signs in once more'}`, async () => {
      await world.move.deploy('after')
      assert.equal(await read(signedIn), isKept ? person : NOBODY)
    })

    if (has.remembers)
      test('after: whom the provider remembers, it asks nothing', async () => {
        await signedIn.fetch(beginWithLandfall())
        assert.equal(await read(signedIn), person)
      })

    test('after: a sign-in at the redirect_uri that is registered, and it is the same person', async () => {
      const jar = await signIn(beginWithLandfall)
      assert.equal(new URL(jar.url).pathname, '/account')
      assert.equal(await read(jar), person)
      const back = jar.hops.filter(({ url }) => url.startsWith(world.redirectUri))
      assert.deepEqual([...new Set(back.map(({ url }) => url.split('?')[0]))], [world.redirectUri])
    })

    if (has.refuses) test('after: the app refuses the same person', () => refuse(beginWithLandfall))

    test('after: another person is another one', async () => {
      const other = await read(await signIn(beginWithLandfall, 'other'))
      assert.ok(![NOBODY, person].includes(other), other)
    })

    test('after: sign-out ends the new session, by its form', async () => {
      const jar = await signIn(beginWithLandfall)
      assert.equal(await read(jar), person)
      await jar.fetch(at(signOut), { method: 'POST', from: jar.url })
      assert.equal(await read(jar), NOBODY)
    })

    test('after: who was at the provider meanwhile is told to start again, and can', async () => {
      const response = await underWay.fetch(callback)
      const { pathname, searchParams } = new URL(underWay.url)
      assert.deepEqual([pathname, searchParams.get('error')], ['/auth/auth-code-error', code])
      const again = await response.text()
      await underWay.click(START_AGAIN.exec(again)?.[1])
      assert.equal(await read(underWay), person)
    })
  })
