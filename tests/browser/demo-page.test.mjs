// The static demo page in Chromium, from a web server under a strict policy and from disk: every part of it, and nothing leaves it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { brotliCompressSync } from 'node:zlib'
import { ERRORS } from '../../dist/index.js'
import MOST_BYTES from '../package/most-bytes.mjs'
import { useBrowser } from './support/browser.mjs'
import { CHOICES, FILE, openPage, readPage, runBreak, servePage } from './support/demo-page.mjs'

const browser = useBrowser()
let site
before(async () => {
  site = await servePage()
})
after(() => site?.close())

/** How each sign-in ends: the code, and what of the check that stops it. */
const ENDS = {
  direct: {
    none: [],
    forged: ['state_mismatch', 'hold the cookie of that state'],
    tabs: [],
    host: ['transaction_wrong_host', 'hold the cookie of that state'],
    expired: ['transaction_expired', 'Is it younger than ten minutes'],
    denied: ['provider_access_denied', 'send no error'],
    replayed: ['transaction_used', 'hold the cookie of that state'],
    next: [],
  },
  supabase: {
    none: [],
    forged: ['code_verifier_missing', 'hold the verifier of that sign-in'],
    tabs: [],
    host: ['transaction_wrong_host', 'hold the verifier of that sign-in'],
    expired: ['transaction_expired', 'Is it younger than ten minutes'],
    denied: ['provider_access_denied', 'send no error'],
    replayed: ['transaction_used', 'hold the verifier of that sign-in'],
    next: [],
  },
}
const TARGETS = { none: '/welcome', tabs: '/first', next: '/' }

for (const [from, urlOf] of Object.entries({ 'a web server': () => `${site.origin}/`, disk: () => FILE })) {
  test(`from ${from}: every break ends as it should, at a check that says so, and Ada sees the real page`, async () => {
    const page = await browser.open()
    const { complaints, requests } = await openPage(page, urlOf())
    const asked = requests.length
    for (const [kind, breaks] of Object.entries(ENDS)) {
      const offered = await page.locator('#break option').evaluateAll((all) => all.map(({ value }) => value))
      assert.deepEqual(offered, Object.keys(breaks))
      for (const [name, [code, check]] of Object.entries(breaks)) {
        const ended = await runBreak(page, kind, name)
        const about = `${kind} ${name}: ${JSON.stringify(ended)}`
        assert.deepEqual(ended.codes, code ? [code] : [], about)
        if (code) {
          assert.equal(ended.stopped.length, 1, about)
          assert.ok(ended.stopped[0].includes(check), about)
          assert.ok(ended.check.includes(ended.stopped[0]) && ended.check.endsWith(code), about)
          assert.ok(ended.notAsked > 0, about)
          assert.ok(ended.outcome.includes(ERRORS[code].message), about)
          assert.equal(ended.button, 'Start again', about)
        } else {
          assert.match(ended.check, name === 'next' ? /Is next safe\?/ : /^$/, about)
          assert.deepEqual([ended.stopped, ended.outcome.endsWith(`at ${TARGETS[name]}`)], [[], true], about)
        }
      }
    }
    assert.deepEqual(complaints, [])
    assert.deepEqual(requests.slice(asked), [])
  })

  test(`from ${from}: a sign-in is stepped through, forwards and back, with keys too`, async () => {
    const page = await browser.open()
    const { complaints } = await openPage(page, urlOf())
    const where = page.locator('#where')
    const exchange = page.locator('#exchange')
    await page.locator('#kind').selectOption(CHOICES.supabase)
    await where.getByText('1 of 7.').waitFor()
    assert.ok(await page.locator('#back').isDisabled())
    for (const [text, wanted] of [
      ['2 of 7.', ['RFC 7636 4.2', 'https://abcdefghijklmnopqrst.supabase.co/auth/v1/authorize']],
      ['3 of 7.', ['redirect_uri', 'RFC 6749 3.1.2', 'https://bitbucket.org/site/oauth2/authorize']],
      ['4 of 7.', ['302', 'sb_flow_id']],
      [
        '5 of 7.',
        [
          ...['The response, after step 6', 'B of 4,096 B', '__Host-landfall-', 'removed'],
          ...['this sign-in: state, verifier', 'the finished sign-ins'],
        ],
      ],
      ['6 of 7.', ['POST', 'grant_type', 'access_token']],
      ['7 of 7.', ['https://app.example/welcome', 'sb-abcdefghijklmnopqrst-auth-token=…', 'ada@example.com']],
    ]) {
      await page.getByRole('button', { name: 'Next step' }).click()
      await where.getByText(text).waitFor()
      const shown = await exchange.textContent()
      for (const part of wanted) assert.ok(shown.includes(part), `${text} ${part}: ${shown}`)
      assert.doesNotMatch(shown, /v1-refresh-token|eyJ[\w-]{20}/)
    }
    assert.ok(await page.locator('#forward').isDisabled())
    await page.locator('#back').click()
    await where.getByText('6 of 7.').waitFor()
    await page.locator('#sequence button').nth(2).click()
    await page.keyboard.press('ArrowUp')
    await where.getByText('2 of 7.').waitFor()
    assert.equal(await page.locator('#sequence [aria-current=step]').count(), 1)
    assert.ok(
      await page
        .locator('#sequence button')
        .nth(1)
        .evaluate((one) => one === document.activeElement),
    )
    const [first, third] = await page
      .locator('.arrow:not(.answer)')
      .evaluateAll((all) => [all[0], all[2]].map((one) => one.offsetWidth))
    assert.ok(third > 2.5 * first, 'an arrow is as long as it has lanes to cross')
    assert.deepEqual(complaints, [])
  })

  test(`from ${from}: a next is judged as it is typed, beside what the browser and checks by hand make of it`, async () => {
    const page = await browser.open()
    const { complaints } = await openPage(page, urlOf())
    const [verdict, byHand] = [page.locator('#verdict'), page.locator('#by-hand')]
    await page.locator('#next').fill('/a b?x=1#y')
    await verdict.getByText('Safe').waitFor()
    assert.ok((await verdict.textContent()).includes('/a%20b?x=1#y'))
    await page.locator('#next').fill('//evil.example/x')
    await verdict.getByText('Refused').waitFor()
    assert.match(await byHand.textContent(), /https:\/\/evil\.example\/x/)
    await byHand.getByText('leaves the app').first().waitFor()
    const found = {}
    for (const card of await page.locator('#gallery button').all()) {
      await card.click()
      found[await card.locator('code').textContent()] = (await verdict.locator('b').textContent()) === 'Safe'
    }
    assert.ok(Object.keys(found).length >= 12)
    for (const [next, isSafe] of Object.entries(found))
      assert.equal(isSafe, /^\/(welcome\?|résumé)/.test(next), next)
    await runBreak(page, 'direct', 'next')
    await page.getByText('Is next safe? No: the start page instead.').waitFor()
    assert.deepEqual(complaints, [])
  })

  test(`from ${from}: a pair, a callback and a Cookie header are read, with tokens masked`, async () => {
    const page = await browser.open()
    const { complaints } = await openPage(page, urlOf())
    const pair = await page.locator('#pair').textContent()
    assert.match(pair, /code_verifier[\w-]{43}code_challenge[\w-]{43}WebCrypto says the same\./)
    await page.locator('#make-pair').click()
    await page.waitForFunction((before) => document.querySelector('#pair').textContent !== before, pair)
    const [callback, parts] = [page.locator('#callback'), page.locator('#callback-parts')]
    for (const [url, wanted] of [
      [
        'https://app.example/auth/callback?code=0f8fad5b-d9cb-469f-a165-70867728950e',
        'transaction_cookies_blocked',
      ],
      ['https://app.example/auth/callback/work?code=abc&state=abc', 'transaction_cookies_blocked'],
      ['https://app.example/auth/callback?error=access_denied&state=abc', 'transaction_cookies_blocked'],
      ['https://app.example/cb#access_token=secret-token-0123456789', 'the sign-in used the implicit flow'],
      ['https://app.example/auth/callback', 'response_missing'],
      ['nonsense', 'not a complete address'],
    ]) {
      await callback.fill(url)
      await parts.getByText(wanted).waitFor()
      assert.doesNotMatch(await parts.textContent(), /secret-token-0123456789|d9cb-469f|undefined|false/)
    }
    const session = {
      access_token: 'access-token-0123456789',
      refresh_token: 'refresh-token-0123456789',
      expires_at: 4_000_000_000,
      user: { email: 'ada@example.com' },
    }
    const value = `base64-${Buffer.from(JSON.stringify(session)).toString('base64url')}`
    const chunks = `sb-abc-auth-token.0=${value.slice(0, 99)}; sb-abc-auth-token.1=${value.slice(99)}; theme=dark`
    const read = page.locator('#cookie-parts')
    await page.locator('#cookies').fill(chunks)
    await read.getByText('ada@example.com').first().waitFor()
    assert.match(await read.textContent(), /sb-abc-auth-token\.0119 B/)
    assert.match(await read.textContent(), /acce…6789/)
    assert.doesNotMatch(await read.textContent(), /token-0123456789/)
    await page.locator('#cookies').fill(chunks.replace('.1=', '.2='))
    await read.getByText('a chunk is missing or damaged').waitFor()
    assert.deepEqual(complaints, [])
  })

  test(`from ${from}: code for every framework, filled in; and a measurement`, async () => {
    const page = await browser.open()
    const { complaints, requests } = await openPage(page, urlOf())
    await page.locator('#project-url').fill("https://my'project.supabase.co")
    await page.locator('#project-key').fill('sb_publishable_mine')
    const code = page.locator('#snippets')
    const names = await page.locator('#framework option').allTextContents()
    assert.deepEqual(names, ['Next.js', 'SvelteKit', 'Astro', 'React Router', 'Express', 'Worker'])
    for (const [kind, wanted] of [
      [
        'supabase',
        ["url: 'https://my\\'project.supabase.co'", "key: 'sb_publishable_mine'", 'auth/callback?**'],
      ],
      [
        'openid',
        [
          ...[
            "issuer: 'https://my\\'project.supabase.co'",
            "clientId: 'sb_publishable_mine'",
            'session: true',
          ],
          'Register https://your.app/auth/callback/work',
        ],
      ],
    ]) {
      await page.locator('#project-kind').selectOption(kind)
      assert.equal(await page.locator('#project-provider').isVisible(), kind === 'supabase')
      for (const name of names) {
        await page.locator('#framework').selectOption(name)
        for (const part of wanted) assert.ok((await code.textContent()).includes(part), `${name} ${part}`)
      }
    }
    await page.locator('#measure').click()
    await page.locator('#measure-status').getByText('Medians').waitFor()
    const bars = await page.locator('.bar b').allTextContents()
    assert.equal(bars.length, 6)
    for (const bar of bars) assert.match(bar, /^[\d.]+ (µs|ms)$/)
    assert.ok(
      (await page
        .locator('.track i')
        .first()
        .evaluate((one) => one.offsetWidth)) > 0,
    )
    assert.deepEqual(complaints, [])
    assert.deepEqual(
      requests.filter((url) => !url.startsWith(urlOf()) && !url.startsWith('data:')),
      [],
    )
  })
}

test('a file cannot sign in, and says so', async () => {
  const page = await browser.open()
  await openPage(page, FILE)
  await page.getByRole('button', { name: 'Sign in on this page' }).click()
  await page.locator('#project-outcome').getByText('no provider comes back to a file').waitFor()
})

test('without JavaScript the page says that it needs it', async () => {
  const page = await browser.open({ javaScriptEnabled: false })
  await page.goto(FILE)
  assert.ok(await page.locator('noscript p').isVisible())
  assert.match(await page.locator('noscript p').textContent(), /needs JavaScript/)
})

test(`the page loads in less than ${MOST_BYTES.page} bytes`, () => {
  const weigh = (...names) => names.reduce((sum, name) => sum + brotliCompressSync(readPage(name)).length, 0)
  assert.ok(weigh('index.html') < MOST_BYTES.page)
  assert.ok(weigh('hosted/index.html', 'hosted/page.css', 'hosted/page.js') < MOST_BYTES.page)
})
