// A second step after `complete()`, in a page without a server: Supabase's own client makes it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { claimsOf } from '../../stand-ins/supabase-client.mjs'
import { totpAt } from '../../stand-ins/totp.mjs'
import { useBrowser } from './support/browser.mjs'
import { ask, complete, realSession, signIn, signOut, visit } from './support/in-page.mjs'
import { startPageApp } from './support/page-app.mjs'

const browser = useBrowser()
let app
before(async () => {
  app = await startPageApp()
})
after(() => app?.close())

const levels = (page) => ask(page, () => globalThis.real().auth.mfa.getAuthenticatorAssuranceLevel())
const verify = (page, factorId, secret) =>
  ask(page, (asked) => globalThis.real().auth.mfa.challengeAndVerify(asked), {
    factorId,
    code: totpAt(secret, app.supabase.clock.now()),
  })
const signInTo = async (page) => {
  await signIn(page, { redirectTo: `${app.origin}/app`, next: '/notes' })
  return complete(page)
}

for (const storage of ['cookies', 'localStorage'])
  test(`${storage}: the session says that a second step is due, the client makes it, and signOut ends the session`, async () => {
    app.supabase.users.rows.clear()
    const page = await browser.open()
    await page.addInitScript((value) => localStorage.setItem('test-storage', value), storage)
    await visit(page, `${app.origin}/app`)
    await signInTo(page)
    const enrolled = await ask(page, () => globalThis.real().auth.mfa.enroll({ factorType: 'totp' }))
    const { id, totp } = enrolled.data
    assert.equal((await verify(page, id, totp.secret)).error, null)
    await signOut(page)

    const { data, error } = await signInTo(page)
    assert.deepEqual([error, data.next], [null, '/notes'])
    assert.deepEqual(
      data.user.factors.map(({ status }) => status),
      ['verified'],
    )
    const before = (await levels(page)).data
    assert.deepEqual([before.currentLevel, before.nextLevel], ['aal1', 'aal2'])
    const wrong = await verify(page, id, 'A'.repeat(32))
    assert.equal(wrong.error.code, 'mfa_verification_failed')
    assert.equal((await verify(page, id, totp.secret)).error, null)
    assert.equal((await levels(page)).data.currentLevel, 'aal2')
    assert.equal(claimsOf((await realSession(page)).access_token).aal, 'aal2')

    assert.equal((await signOut(page)).error, null)
    assert.equal(await realSession(page), null)
    assert.equal(app.supabase.sessions.rows.size, 0)
  })
