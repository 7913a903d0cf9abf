// Examples in a real browser: a server action, an app with a router of its own in the page, and a page without a server.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startSupabaseAuth } from '../../stand-ins/supabase-auth.mjs'
import { bitbucketPage } from '../../web-demo/bitbucket-page.mjs'
import { collectComplaints, useBrowser } from '../browser/support/browser.mjs'
import { answerBitbucket, reachBitbucket } from '../browser/support/sign-in.mjs'
import { startExample } from './support/example.mjs'
import { EXAMPLES } from './support/examples.mjs'

const EMAIL = 'ada@example.test'

const browser = useBrowser()

/** A bare `#` is there to drop somebody else's fragment; Next's router takes it away. */
const addressOf = (page) => page.url().replace(/#$/, '')

/** An example, and what a person does with it. */
const useExample = (name) => {
  let auth
  let app
  before(async () => {
    auth = await startSupabaseAuth({ allowList: ['http://127.0.0.1:*/**'], consentPage: bitbucketPage })
    app = await startExample(name, { supabase: auth, ...EXAMPLES[name] })
  })
  after(() => Promise.all([app?.stop(), auth?.close()]))

  const at = (path) => app.origin + path
  const start = async (page, path = '/') => {
    await page.goto(at(path), { waitUntil: 'networkidle' })
    await page.getByText('Continue with Bitbucket').click()
  }
  return {
    at,
    start,
    openSessions: () => auth.sessions.rows.size,
    signIn: async (page, path) => {
      await start(page, path)
      await answerBitbucket(page)
    },
    checkAccount: async (page) => {
      await page.getByText(EMAIL).waitFor()
      assert.equal(addressOf(page), at('/account'))
    },
    /** Signs in where somebody has put a fragment behind the provider's address: browsers carry it along through redirects. */
    signInWith: async (page, fragment) => {
      await start(page)
      await reachBitbucket(page)
      await page.locator('form').evaluate((form, fragment) => {
        form.action += fragment
      }, fragment)
      await answerBitbucket(page)
    },
  }
}

/** A page without a server reads the fragment itself, and refuses such a response. */
const testFragment = ({ signInWith, checkAccount }) =>
  test('a fragment of somebody else does not get to the account page', async () => {
    const page = await browser.open()
    await signInWith(page, '#access_token=EVIL&refresh_token=EVIL')
    await checkAccount(page)
  })

/** What only some of them do. */
const MORE = {
  next(example) {
    const { at, signIn, checkAccount } = example
    testFragment(example)
    test('the button is a server action, with scripts and without', async () => {
      const page = await browser.open()
      const asked = page.waitForRequest((request) => 'next-action' in request.headers())
      await signIn(page)
      assert.equal((await asked).method(), 'POST')
      await checkAccount(page)
      const plain = await browser.open({ javaScriptEnabled: false })
      await signIn(plain)
      await checkAccount(plain)
    })

    test('the edge runtime starts and finishes a sign-in too', async () => {
      for (const [next, path] of [
        ['/account', '/account'],
        ['//evil.example', '/'],
      ]) {
        const page = await browser.open()
        await page.goto(at(`/edge/sign-in?${new URLSearchParams({ provider: 'bitbucket', next })}`))
        const called = page.waitForRequest((request) => request.url().startsWith(at('/edge/callback?')))
        await answerBitbucket(page)
        assert.equal((await (await called).response()).status(), 303)
        assert.equal(addressOf(page), at(path))
        await page.goto(at('/account'))
        await checkAccount(page)
      }
    })
  },

  sveltekit: testFragment,
  'react-router': testFragment,

  vite({ at, signIn }) {
    test('next stays in the app', async () => {
      for (const [next, path] of [
        ['/account?tab=1#top', '/account?tab=1#top'],
        ['//evil.example', '/'],
        ['https://evil.example/', '/'],
      ]) {
        const page = await browser.open()
        await signIn(page, `/?${new URLSearchParams({ next })}`)
        await page.getByText(EMAIL).waitFor()
        assert.equal(page.url(), at(path))
      }
    })

    test('another tab shows at once who signed in, and that they signed out', async () => {
      const page = await browser.open()
      const other = await page.context().newPage()
      await other.goto(at('/'))
      await signIn(page)
      await other.getByText(EMAIL).waitFor()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await other.getByRole('heading', { name: 'Welcome' }).waitFor()
    })
  },
}

for (const [name, testMore] of Object.entries(MORE)) {
  describe(name, () => {
    const example = useExample(name)
    testMore(example)

    test('the button, Bitbucket, the account page, also when it is loaded again, and sign-out', async () => {
      const page = await browser.open()
      const complaints = collectComplaints(page)
      await example.signIn(page)
      await example.checkAccount(page)
      await page.reload()
      await example.checkAccount(page)
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('heading', { name: 'Welcome' }).waitFor()
      assert.equal(example.openSessions(), 0)
      const { cookies, origins } = await page.context().storageState()
      const names = [...cookies, ...origins.flatMap(({ localStorage }) => localStorage)].map(
        (one) => one.name,
      )
      assert.deepEqual(
        names.filter((each) => each.startsWith('sb-')),
        [],
      )
      await page.goto(example.at('/account'))
      await page
        .getByText(/Continue with Bitbucket|Grant access/)
        .first()
        .waitFor()
      assert.equal(await page.getByText(EMAIL).count(), 0)
      assert.deepEqual(complaints, [])
    })

    test('two tabs at once: each gets to the account page', async () => {
      const page = await browser.open()
      const other = await page.context().newPage()
      for (const tab of [page, other]) await example.start(tab)
      for (const tab of [page, other]) {
        await answerBitbucket(tab)
        await example.checkAccount(tab)
      }
    })

    test('who refuses at Bitbucket is told so', async () => {
      const page = await browser.open()
      await example.start(page)
      await answerBitbucket(page, 'Cancel')
      await page.getByText('provider_access_denied').waitFor()
      assert.equal(new URL(page.url()).origin, example.at(''))
    })
  })
}
