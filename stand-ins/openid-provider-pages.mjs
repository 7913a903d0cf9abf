// The pages of the embedded provider: plain HTML, no script, one stylesheet.

const LABEL = 'Embedded identity provider'
const LABEL_NOTE = 'for this demo, everything runs on your machine'
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text) => String(text).replace(/[&<>"']/g, (one) => ENTITIES[one])

const SCOPES = {
  openid: ['Who you are here', 'an identifier that stays the same'],
  profile: ['Your profile', 'name and picture'],
  email: ['Your e-mail address', 'at example.test, where no mail arrives'],
  offline_access: ['Access while you are away', 'until you take it back'],
}

function page(title, content, clientOrigin = '') {
  // A form's redirects count as form-action in Chromium, and the last one leads back to the app.
  const formAction = `form-action 'self' ${clientOrigin}`.trim()
  const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/provider.css">
<link rel="icon" href="data:,">
</head>
<body>
<header><strong>${LABEL}</strong> <span>(${LABEL_NOTE})</span></header>
<main>
${content}
</main>
</body>
</html>
`
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'self'; img-src 'self' data:; ${formAction}; base-uri 'none'; frame-ancestors 'none'`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  }
  return { headers, body }
}

/** Sends a page of this file; always true, so that a handler can return it. */
export function sendPage(response, status, { headers, body }) {
  if (response.headersSent) return true
  response.writeHead(status, headers)
  response.end(body)
  return true
}

export function loginPage({ action, clientName, clientOrigin, hint }) {
  return page(
    `Sign in to ${clientName}`,
    `<h1>Sign in</h1>
<p>to continue to <b>${escapeHtml(clientName)}</b></p>
<form method="post" action="${escapeHtml(action)}">
<label for="username">User name</label>
<input id="username" name="username" value="${escapeHtml(hint)}" placeholder="ada" autocomplete="username"
 autocapitalize="none" spellcheck="false" maxlength="60" required autofocus aria-describedby="note">
<p class="note" id="note">Any name works, and there is no password.</p>
<div class="buttons">
<button class="main" name="decision" value="sign-in">Continue</button>
<button name="decision" value="cancel" formnovalidate>Cancel</button>
</div>
</form>`,
    clientOrigin,
  )
}

export function consentPage({ action, clientName, clientOrigin, account, scopes }) {
  const items = scopes
    .map((scope) => SCOPES[scope] ?? [scope, ''])
    .map(([what, note]) => `<li><b>${escapeHtml(what)}</b> <span>${escapeHtml(note)}</span></li>`)
  return page(
    `Allow ${clientName}?`,
    `<h1>Allow ${escapeHtml(clientName)}?</h1>
<p class="who"><img src="/picture/${escapeHtml(encodeURIComponent(account))}.svg" alt="" width="36" height="36">
You are signed in as <b>${escapeHtml(account)}</b></p>
<p>${escapeHtml(clientName)}, at <code>${escapeHtml(clientOrigin)}</code>, asks to see:</p>
<ul>
${items.join('\n')}
</ul>
<form method="post" action="${escapeHtml(action)}">
<div class="buttons">
<button class="main" name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</div>
</form>`,
    clientOrigin,
  )
}

const ERRORS = {
  home: ['Nothing to do here', 'Open the app. It sends you here to sign in.'],
  expired: [
    'This sign-in is over',
    'It took too long, or is already finished. Go back to the app and start again.',
  ],
}

/** A page for what cannot be sent back to the app, such as an unknown redirect_uri. */
export function errorPage(error, description) {
  const [title, text] = ERRORS[error] ?? ['This request was refused', description ?? '']
  const code = ERRORS[error] ? '' : `\n<p class="note">Error: <code>${escapeHtml(error)}</code></p>`
  return page(title, `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(text)}</p>${code}`)
}

export const stylesheet = `
:root {
  color-scheme: light dark;
  --ground: #f3f1f6; --sheet: #fff; --ink: #251f2e; --soft: #635a70; --line: #d9d3e1;
  --accent: #5b3a8c; --accent-deep: #482c72; --on-accent: #fff; --field: #fff; --edge: #857a95;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #17141c; --sheet: #211d29; --ink: #ece8f2; --soft: #b3a9c2; --line: #3a3446;
    --accent: #c3a6f0; --accent-deep: #d6c2f7; --on-accent: #21182f; --field: #1a1721; --edge: #81768f;
  }
}
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100% }
body {
  margin: 0; min-height: 100dvh; display: flex; flex-direction: column;
  background: var(--ground); color: var(--ink);
  font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
header {
  padding: .7rem 1.25rem; text-align: center; font-size: .875rem; line-height: 1.4;
  background: var(--accent); color: var(--on-accent);
}
main {
  width: min(100% - 2rem, 27rem); margin: clamp(1rem, 8vh, 5rem) auto auto; padding: clamp(1.25rem, 5vw, 2.25rem);
  background: var(--sheet); border: 1px solid var(--line); border-radius: 14px;
  overflow-wrap: anywhere;
}
h1 { margin: 0 0 .25rem; font-size: 1.625rem; line-height: 1.2; letter-spacing: -.012em; font-weight: 650 }
p { margin: .25rem 0 1rem }
label { display: block; margin: 1.25rem 0 .35rem; font-weight: 600 }
input {
  width: 100%; min-height: 3rem; padding: .5rem .85rem; font: inherit; color: inherit;
  background: var(--field); border: 1px solid var(--edge); border-radius: 8px;
}
input::placeholder { color: var(--soft); opacity: .8 }
.note { margin: .4rem 0 0; font-size: .9375rem; color: var(--soft) }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.5rem }
button {
  flex: 1 1 8rem; min-height: 3rem; padding: .5rem 1.1rem; font: inherit; font-weight: 600; cursor: pointer;
  color: var(--ink); background: transparent; border: 1px solid var(--edge); border-radius: 8px;
}
button:hover { border-color: var(--ink) }
button.main { color: var(--on-accent); background: var(--accent); border-color: var(--accent) }
button.main:hover { background: var(--accent-deep); border-color: var(--accent-deep) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.who { display: flex; align-items: center; flex-wrap: wrap; gap: .25rem .5rem; margin: .75rem 0 1.25rem }
.who img { border-radius: 50% }
ul { margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--line) }
li { padding: .65rem 0; border-bottom: 1px solid var(--line) }
li span { display: block; font-size: .9375rem; color: var(--soft) }
code { font: .9em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
`
