// The frame of every page: head, header, footer, and the panel of steps.
import { html } from './html.mjs'

/** Answers with a page. No script runs on any of them. */
export function page({ app, status = 200, title, main }) {
  const { session, steps } = app
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Landfall demo</title>
<link rel="stylesheet" href="/palette.css">
<link rel="stylesheet" href="/style.css">
<link rel="stylesheet" href="/parts.css">
<link rel="stylesheet" href="/journal.css">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
</head>
<body>
<header>
<a class="home" href="/"><img src="/icon.svg" alt="" width="28" height="28"> Landfall <span>demo</span></a>
${session && signOutForm(session)}
</header>
<div class="columns">
<main>
${main}
</main>
${journal(steps)}
</div>
<footer>
<p>${whereItRuns(app)}</p>
</footer>
</body>
</html>
`
  return new Response(document.toString(), {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': [
        "default-src 'none'",
        "style-src 'self'",
        `img-src 'self' ${app.issuer}`,
        `form-action 'self' ${[app.issuer, ...app.supabase.formTargets].join(' ')}`,
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
      'x-content-type-options': 'nosniff',
      // Not no-referrer: with it browsers send `Origin: null` even from our own sign-out form.
      'referrer-policy': 'same-origin',
    },
  })
}

/** What to call the person: the best of what the provider told. */
export function nameOf(session) {
  const { name, preferred_username, email, sub } = profileOf(session)
  return name ?? preferred_username ?? email ?? sub ?? 'someone'
}

/** Claims of the ID Token and of the profile together; of Supabase's user what the two have in common. */
export function profileOf({ claims, userinfo, user }) {
  if (!user) return { ...claims, ...userinfo }
  const { full_name, name } = user.user_metadata ?? {}
  return { name: full_name ?? name, email: user.email, sub: user.id }
}

function whereItRuns({ origin, issuer, supabase }) {
  const here = html`the app at <code>${origin}</code>, the OpenID provider at <code>${issuer}</code>`
  return supabase.bitbucketUrl
    ? html`Everything runs on this machine: ${here}, the stand-in for Supabase Auth at <code>${supabase.url}</code>,
the stand-in for Bitbucket at <code>${supabase.bitbucketUrl}</code>.`
    : html`On this machine: ${here}. Elsewhere: the Supabase project at <code>${supabase.url}</code>.`
}

function signOutForm(session) {
  const action = `/auth/sign-out${session.user ? '?scope=global' : ''}`
  return html`<form class="who" method="post" action="${action}">
<span>${nameOf(session)}</span>
<button>Sign out</button>
</form>`
}

function journal(steps) {
  const began = steps.find((step) => !step.before)?.at ?? 0
  return html`<section class="journal" aria-labelledby="journal">
<h2 id="journal">What just happened, step by step</h2>
${
  steps.length > 0
    ? html`<ol>${steps.map((step) => journalStep(step, began))}</ol>`
    : html`<p class="quiet">No steps yet. Sign in, and this journal shows every redirect, every
request and every check. It never shows secrets.</p>`
}
</section>`
}

function journalStep({ who, title, text, facts = [], failed, before, at }, began) {
  return html`
<li class="${failed ? 'failed' : 'done'}">
<p class="when"><b>${who}</b> <span>${before ? 'at start' : formatTime(at - began)}</span></p>
<h3>${title}</h3>
<p>${text}</p>
${
  facts.length > 0 &&
  html`<details>
<summary>Details<span class="unseen"> of: ${title}</span></summary>
<dl>${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</details>`
}
</li>`
}

function formatTime(milliseconds) {
  return milliseconds < 1000 ? `+${milliseconds} ms` : `+${(milliseconds / 1000).toFixed(1)} s`
}
