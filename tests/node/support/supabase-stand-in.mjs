// The stand-in for a Supabase project's Auth server under test, and what its tests share.
import assert from 'node:assert/strict'
import { after } from 'node:test'
import { startSupabaseAuth } from '../../../stand-ins/supabase-auth.mjs'
import { makeSupabaseClient } from '../../../stand-ins/supabase-client.mjs'

export const SITE = 'https://app.example'
export const BACK = `${SITE}/auth/callback?next=%2Fx`

const started = []
/** A stand-in and a client of it, until the file ends. */
export const start = async (options) => {
  const auth = await startSupabaseAuth({ siteUrl: SITE, ...options })
  started.push(auth)
  return { auth, client: makeSupabaseClient(auth, BACK) }
}
after(() => Promise.all(started.map((one) => one.close())))

/** The stand-in of the tests that change nothing in it. */
export const { auth, client } = await start({ allowList: ['https://*.preview.example/**'] })

export const isRefused = ({ status, body, headers }, wantedStatus, code) => {
  const got = [status, body.code, headers.get('x-sb-error-code')]
  assert.deepEqual(got, [wantedStatus, code, code])
}
export const stateOf = (response) => new URL(response.headers.get('location')).searchParams.get('state')
export const codeOf = (url) => url.searchParams.get('code')
export const names = (object) => Object.keys(object).join(' ')
