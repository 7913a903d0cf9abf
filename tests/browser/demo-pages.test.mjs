// The demo's pages for everybody: narrow screens, both schemes, the keyboard, names, contrast, less motion.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createDemo } from '../../web-demo/demo.mjs'
import { collectComplaints, useBrowser } from './support/browser.mjs'
import { measureContrast } from './support/contrast.mjs'
import { answerBitbucket, answerConsent, logIn, signIn, signInUrl } from './support/sign-in.mjs'

const AA_TEXT = 4.5
const AA_LARGE_TEXT = 3
const MAX_TABS = 60
const browser = useBrowser()
let demo
before(async () => {
  demo = await createDemo({ port: 0 })
})
after(() => demo?.close())

/** Every kind of page, in the order in which a person may meet them. */
async function* visitPages(page) {
  await page.goto(demo.url)
  yield 'home'
  await page.goto(signInUrl(demo.url, '/welcome'))
  yield 'provider: login'
  await logIn(page)
  yield 'provider: consent'
  await answerConsent(page, 'Deny')
  yield 'error'
  await signIn(page, demo.url, '/reports/2026?tab=totals#q3')
  yield 'report'
  await page.goto(`${demo.url}auth/callback/openid?code=a&state=b`)
  yield 'error while signed in'
  await page.goto(demo.url)
  yield 'home while signed in'
  await page.goto(`${demo.url}auth/nothing`)
  yield 'not found'
  await page.goto(signInUrl(demo.url, '/welcome', 'bitbucket'))
  yield 'Bitbucket'
  await answerBitbucket(page)
  yield 'welcome, through Supabase Auth'
  await page.goto(demo.url)
  yield 'home while signed in, through Supabase Auth'
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.goto(`${demo.url}orders/17`)
  yield 'sign in first'
}

const openAll = (page) =>
  page.locator('details').evaluateAll((all) => {
    for (const one of all) one.open = true
  })

for (const colorScheme of ['light', 'dark']) {
  for (const width of [320, 390, 1280]) {
    test(`${colorScheme}, ${width} pixels: nothing sticks out, and every text has its contrast`, async () => {
      const page = await browser.open({ colorScheme, viewport: { width, height: 800 } })
      const complaints = collectComplaints(page)
      for await (const name of visitPages(page)) {
        await openAll(page)
        const wide = await page.evaluate(() => document.documentElement.scrollWidth)
        assert.ok(wide <= width, `${name} is ${wide} pixels wide`)
        for (const { text, ratio, isLarge } of await page.evaluate(measureContrast)) {
          assert.ok(ratio >= (isLarge ? AA_LARGE_TEXT : AA_TEXT), `${name}: ${ratio.toFixed(2)} for ${text}`)
        }
      }
      assert.deepEqual(
        complaints.filter((text) => !/ 40[34] /.test(text)),
        [],
      )
    })
  }
}

test('each page has a language, a title, one first heading, and a name for all that can be used', async () => {
  const page = await browser.open()
  for await (const name of visitPages(page)) {
    assert.equal(await page.getAttribute('html', 'lang'), 'en', name)
    assert.ok((await page.title()).length > 3, name)
    assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, name)
    assert.equal(await page.getByRole('main').count(), 1, name)
    const levels = await page
      .locator(':is(h1, h2, h3, h4)')
      .evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])))
    levels.forEach((level, index) => {
      assert.ok(index === 0 || level <= levels[index - 1] + 1, `${name}: ${levels}`)
    })
    const tree = await page.locator('body').ariaSnapshot()
    assert.doesNotMatch(
      tree,
      /- (link|button|textbox|table|region)(:|$)/m,
      `${name} has something without a name`,
    )
  }
})

test('the keyboard reaches everything that can be used, and shows where it is', async () => {
  const page = await browser.open()
  for await (const name of visitPages(page)) {
    const wanted = await page.locator('a[href], button, summary, input:not([type=hidden])').count()
    await page.evaluate(() => document.activeElement?.blur())
    const reached = new Set()
    for (let n = 0; n < MAX_TABS; n++) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate(() => {
        const one = document.activeElement
        if (!one || one === document.body) return null
        const all = [...document.querySelectorAll('*')]
        const { outlineStyle, outlineWidth } = getComputedStyle(one)
        return {
          index: all.indexOf(one),
          outline: outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth),
        }
      })
      // After the last one comes the page itself, and then the first one.
      if (!focused) continue
      if (reached.has(focused.index)) break
      reached.add(focused.index)
      assert.ok(focused.outline >= 2, `${name}: the outline is ${focused.outline} pixels`)
    }
    assert.equal(reached.size, wanted, name)
  }
})

test('a whole sign-in and sign-out by the keyboard', async () => {
  const page = await browser.open()
  await page.goto(demo.url)
  await page.getByRole('link', { name: 'Continue with the embedded OpenID provider' }).focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('User name').waitFor()
  await page.keyboard.type('Grace')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Allow' }).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Hello, Grace' }).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Sign in, and see how it lands' }).waitFor()
})

test('who asked for less motion gets none', async () => {
  const page = await browser.open({ reducedMotion: 'reduce' })
  for await (const name of visitPages(page)) {
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .map((one) => getComputedStyle(one))
        .filter(
          ({ transitionDuration, animationName }) => transitionDuration !== '0s' || animationName !== 'none',
        ),
    )
    assert.equal(moving.length, 0, name)
  }
})
