// A core that traps, in every runtime: one person sees an error page, nobody else notices, and the next instance is sound.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { BrowserJar } from '../servers/browser-jar.mjs'
import { startOAuthProvider } from '../servers/oauth-provider.mjs'
import { makeProject } from './support/project.mjs'
import { RUNTIMES } from './support/runtimes.mjs'

const PEOPLE = 25

let project
let provider
before(async () => {
  provider = await startOAuthProvider()
  project = await makeProject('traps.mjs', { provider: provider.origin })
})
after(async () => {
  project?.remove()
  await provider?.close()
})

for (const [name, start] of Object.entries(RUNTIMES)) {
  describe(name, () => {
    let app
    before(async () => {
      app = await start(project)
    })
    after(() => app?.stop())

    const overwrite = async () => Number(await (await fetch(`${app.origin}/overwrite`)).text())
    const signInUrl = (next) =>
      `${app.origin}/auth/sign-in?${new URLSearchParams({ provider: 'work', next })}`
    const signIn = async (next) => {
      const jar = new BrowserJar()
      await jar.fetch(signInUrl(next))
      return jar.url
    }
    const isFailure = (url) => new URL(url).searchParams.get('error') === 'internal_error'

    test('the callback traps; the next sign-in does not', async () => {
      const jar = new BrowserJar()
      const { headers } = await jar.fetch(signInUrl('/welcome'), { redirect: 'manual' })
      const before = await overwrite()
      await jar.fetch(headers.get('location'))
      assert.ok(isFailure(jar.url), jar.url)
      assert.equal(await signIn('/welcome'), `${app.origin}/welcome#`)
      // To ask for the count arms it again.
      assert.equal(await overwrite(), before + 1)
      assert.ok(isFailure(await signIn('/welcome')))
    })

    test(`${PEOPLE} people at once, and a trap among them`, async () => {
      const wanted = Array.from({ length: PEOPLE }, (_, person) => `/page/${person}`)
      const [, ...landed] = await Promise.all([overwrite(), ...wanted.map(signIn)])
      assert.equal(landed.filter(isFailure).length, 1)
      for (const [person, url] of landed.entries())
        if (!isFailure(url)) assert.equal(url, `${app.origin}${wanted[person]}#`)
    })
  })
}
