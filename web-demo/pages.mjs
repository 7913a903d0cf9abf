// The pages of the demo app. Each takes the view: the app, the request, its session and its steps.
import { html } from './html.mjs'
import { nameOf, page, profileOf } from './layout.mjs'
import { supabaseFacts, supabaseNote } from './supabase-pages.mjs'

const PROVIDER = 'openid'
const PROVIDERS = [PROVIDER, 'bitbucket']
const DEEP_LINK = '/reports/2026?tab=totals#q3'
const QUARTERS = [
  ['q1', 'January to March', '1,204'],
  ['q2', 'April to June', '1,388'],
  ['q3', 'July to September', '1,512'],
  ['q4', 'October to December', '1,467'],
]
const BLAMED = {
  app: 'the app or its configuration',
  browser: 'this browser, or the opened link',
  provider: 'the provider',
  landfall: 'Landfall itself',
}

const signInUrl = (next, provider = PROVIDER) =>
  `/auth/sign-in?${new URLSearchParams({ provider, ...(next && { next }) })}`

export function homePage(app) {
  return app.session ? signedInPage(app) : signedOutPage(app)
}

function signedOutPage(app) {
  return page({
    app,
    title: 'Sign in',
    main: html`<h1>Sign in, and see how it lands</h1>
<p class="lead">This small app signs in with Landfall in two ways: directly at a provider, and through
Supabase Auth. The same routes serve both.</p>
<ul class="ways">
<li><a class="button" href="${signInUrl('/welcome')}">Continue with the embedded OpenID provider</a>
<span>This certified provider runs next to the app. Any name works, and nobody needs an account.</span></li>
<li><a class="button" href="${signInUrl('/welcome', 'bitbucket')}">Continue with Bitbucket (Supabase Auth)</a>
${supabaseNote(app.supabase)}</li>
</ul>
<p>Or <a href="${signInUrl(DEEP_LINK)}">sign in and land on <code>${DEEP_LINK}</code></a>${
      app.supabase.makeMailLink &&
      html`, or <a href="${app.mailPath}">open a sign-in link</a> like the one in Supabase Auth’s e-mails`
    }.</p>
${breakIt()}`,
  })
}

function breakIt() {
  return html`<h2>Break it on purpose</h2>
<ul class="tries">
<li><a href="${signInUrl('//evil.example/phish')}">Ask to land on another site</a>
<span>with <code>next=//evil.example/phish</code>. You land on this app’s own page.</span></li>
<li><a href="/auth/callback/openid?code=made-up&amp;state=made-up">Open the callback with a forged response</a>
<span>like a forged link. Landfall sends nothing to the provider.</span></li>
<li><a href="${signInUrl('/welcome', 'nobody')}">Ask for an unknown provider</a>
<span>and see who must act.</span></li>
<li>Say no
<span>Start with <a href="${signInUrl('/welcome')}">OpenID</a> and press Deny, or with
<a href="${signInUrl('/welcome', 'bitbucket')}">Bitbucket</a> and press Cancel.</span></li>
</ul>`
}

function signedInPage(app) {
  return page({
    app,
    title: 'Signed in',
    main: html`${greeting(app.session)}
${facts(app)}
<p>Go to <a href="${DEEP_LINK}">the report</a>, or sign out above. ${
      app.session.user
        ? 'Signing out also ends the session at Supabase Auth, in every browser.'
        : 'Signing out also revokes the tokens at the provider.'
    }</p>`,
  })
}

/** Any protected path: who is signed in, and where they landed. */
export function landingPage(app) {
  const { pathname, search } = new URL(app.request.url)
  const landed = app.steps.findLast((step) => step.landed)?.landed
  const isLanding = landed?.split('#', 1)[0] === pathname + search
  return page({
    app,
    title: pathname,
    main: html`${greeting(app.session)}
<p>${isLanding ? 'You landed on' : 'You are on'} <code>${pathname}${search}</code>${
      isLanding ? ', the page that you requested before the sign-in.' : ', a page for signed-in people.'
    }</p>
${pathname.startsWith('/reports/') && report(isLanding)}
${facts(app)}`,
  })
}

function greeting(session) {
  const { picture, email } = profileOf(session)
  return html`<div class="person">
${picture && html`<img src="${picture}" alt="" width="72" height="72" referrerpolicy="no-referrer">`}
<div><h1>Hello, <bdi>${nameOf(session)}</bdi></h1>
${email && html`<p>${email}</p>`}</div>
</div>`
}

/** Only the browser knows the part after #: the row that it names is marked by the stylesheet. */
function report(isLanding) {
  return html`<section class="report" aria-labelledby="report">
<h2 id="report">Landings, by quarter</h2>
<table aria-labelledby="report">
<tbody>
${QUARTERS.map(([id, name, count]) => html`<tr id="${id}"><th scope="row">${name}</th><td>${count}</td></tr>`)}
</tbody>
</table>
<p class="quiet">The marked row is the <code>#fragment</code> of the address.${isLanding && ' It also survived the sign-in.'}</p>
</section>`
}

const facts = (app) => (app.session.user ? supabaseFacts(app) : claimsTable(app.session))

function claimsTable(session) {
  return html`<section aria-labelledby="claims">
<h2 id="claims">What the provider says</h2>
<dl class="claims">
${Object.entries(profileOf(session)).map(
  ([name, value]) => html`<div><dt>${name}</dt><dd>${describeClaim(name, value)}</dd></div>`,
)}
</dl>
</section>`
}

function describeClaim(name, value) {
  if (name === 'nonce') return 'the one that was sent'
  if (['exp', 'iat', 'auth_time'].includes(name)) return new Date(value * 1000).toLocaleString('en-GB')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export function signInFirstPage(app) {
  const { pathname, search } = new URL(app.request.url)
  return page({
    app,
    status: 403,
    title: 'Sign in first',
    main: html`<h1>Sign in to see this page</h1>
<p class="lead">You then come back to <code>${pathname}${search}</code>.</p>
<p><a class="button" href="${signInUrl(pathname + search)}">Continue with the embedded OpenID provider</a></p>
<p>Or <a href="${signInUrl(pathname + search, 'bitbucket')}">sign in with Bitbucket (Supabase Auth)</a>.</p>`,
  })
}

export function notFoundPage(app) {
  return page({
    app,
    status: 404,
    title: 'Not found',
    main: html`<h1>This page does not exist</h1>
<p><a href="/">Back to the start</a></p>`,
  })
}

/** /auth/auth-code-error?error=…: what the code means, whose turn it is, and a way to start again. */
export function errorPage(app) {
  const asked = new URL(app.request.url).searchParams
  const code = asked.get('error') ?? ''
  const { message, blame, spec } = explainError(app.errors, code)
  const named = asked.get('provider') ?? ''
  const provider = PROVIDERS.includes(named) ? named : PROVIDER
  const next = asked.get('next') ? app.checkNext(asked.get('next'), app.origin) : null
  return page({
    app,
    title: 'Sign-in failed',
    main: html`<h1>${app.session ? 'You are still signed in' : 'You are not signed in'}</h1>
<p class="lead">${message}</p>
<form method="get" action="/auth/sign-in">
<input type="hidden" name="provider" value="${provider}">
${next && html`<input type="hidden" name="next" value="${next}">`}
<p class="buttons">${
      app.session
        ? html`<a class="button" href="${next ?? '/'}">Continue as you are</a> <button>Sign in again</button>`
        : html`<button class="button">Start again</button> <a href="/">Back to the start</a>`
    }</p>
</form>
<dl class="claims">
<div><dt>error</dt><dd>${/^\w{1,64}$/.test(code) ? code : 'unknown'}</dd></div>
${blame && html`<div><dt>comes from</dt><dd>${BLAMED[blame]}</dd></div>`}
${spec && html`<div><dt>specification</dt><dd>${spec}</dd></div>`}
${next && html`<div><dt>next</dt><dd>${next}</dd></div>`}
</dl>`,
  })
}

/** The row of Landfall's error table. Anyone can write a code into an address: unknown ones happen. */
function explainError(errors, code) {
  return Object.hasOwn(errors, code) ? errors[code] : { message: 'Something went wrong. Start again.' }
}
