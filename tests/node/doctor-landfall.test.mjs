// Which answers the doctor takes for Landfall's.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasSaid } from '../../dist/doctor/landfall.js'

test('a sign-in answers with a redirect, a code, or the page about settings; another page is the app’s', () => {
  for (const [answer, wanted] of [
    [{ status: 303, location: 'https://as.example/authorize' }, true],
    [{ status: 302, location: '/auth/auth-code-error?error=host_untrusted' }, true],
    [{ status: 302, location: '/login' }, false],
    [{ status: 400, text: 'origin_required: …' }, true],
    [{ status: 500, text: '<code data-option="">secret</code>' }, true],
    [{ status: 500, text: '<p><code data-option>supabase.url</code>' }, true],
    [{ status: 500, text: '<h1>Internal Server Error</h1>' }, false],
    [{ status: 404, text: '<h1>Not Found</h1>' }, false],
    [{ status: 200, text: '<code data-option>supabase.url</code>' }, false],
  ])
    assert.equal(hasSaid({ location: '', text: '', ...answer }), wanted, JSON.stringify(answer))
})
