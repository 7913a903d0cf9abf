// What the pages say about a sign-in through Supabase Auth.
import { html } from './html.mjs'
import { profileOf } from './layout.mjs'

const SESSION_COOKIE = /^sb-.*-auth-token(\.\d+)?=/

/** What stands below the button: whose project it is, or that there is none. */
export function supabaseNote({ url, bitbucketUrl }) {
  return bitbucketUrl
    ? html`<span>These are stand-ins for Supabase Auth and Bitbucket on this machine, not the real services. Nobody
needs an account.</span>`
    : html`<span>The Supabase project at <code>${url}</code>, and the real Bitbucket.</span>`
}

/** Who is signed in, and what of it stands in the browser. */
export function supabaseFacts({ session, request, supabase }) {
  const { name, email, sub } = profileOf(session)
  const rows = [
    ['name', name ?? 'not known'],
    ['e-mail', email],
    ['signed in through', howSignedIn(session)],
    ['user', sub],
    ['access token', `until ${new Date(session.expires_at * 1000).toLocaleString('en-GB')}`],
  ]
  return html`<section aria-labelledby="claims">
<h2 id="claims">What ${supabase.bitbucketUrl ? 'the stand-in for Supabase Auth' : 'Supabase Auth'} says</h2>
<dl class="claims">
${rows.map(([what, value]) => html`<div><dt>${what}</dt><dd>${value}</dd></div>`)}
</dl>
</section>
${cookieTable(request)}`
}

/** As the access token has it: the user's own list of providers does not say which one it was this time. */
function howSignedIn({ access_token, user }) {
  if (readMethod(access_token) === 'otp') return 'a link in an e-mail'
  const latest = (user.identities ?? []).toSorted((a, b) =>
    a.last_sign_in_at < b.last_sign_in_at ? 1 : -1,
  )[0]
  return latest?.provider ?? user.app_metadata?.provider
}

/** Anything can stand in a cookie. */
function readMethod(token) {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString('utf8')).amr[0].method
  } catch {
    return undefined
  }
}

function cookieTable(request) {
  const pairs = (request.headers.get('cookie') ?? '')
    .split(/;\s*/)
    .filter((pair) => SESSION_COOKIE.test(pair))
  const bytes = (count) => `${count.toLocaleString('en-GB')} bytes`
  const total = pairs.reduce((sum, pair) => sum + pair.length, 0)
  return html`<section class="cookies" aria-labelledby="cookies">
<h2 id="cookies">The session’s cookies</h2>
<table aria-labelledby="cookies">
<tbody>
${pairs.map((pair) => html`<tr><th scope="row">${pair.split('=', 1)[0]}</th><td>${bytes(pair.length)}</td></tr>`)}
</tbody>
<tfoot><tr><th scope="row">together</th><td>${bytes(total)}</td></tr></tfoot>
</table>
<p class="quiet">They have the format of @supabase/ssr. This page shows them unverified: an app must ask Supabase before
it shows secret data.</p>
</section>`
}
