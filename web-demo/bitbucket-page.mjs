// What the stand-in for Bitbucket asks before it lets anyone in. Its first line says what it is not.
import { html } from './html.mjs'

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/**
 * The page in place of an answer to an authorization request. Its form asks the same again, with a decision.
 *
 * @param {{ path: string, query: URLSearchParams }} request
 */
export function bitbucketPage({ path, query }) {
  const body = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Grant access? · Bitbucket (stand-in)</title>
<link rel="icon" href="data:,">
<style>
:root {
  color-scheme: light dark;
  --ground: #f1f3f7; --sheet: #fff; --ink: #1c2433; --soft: #566074; --line: #d6dbe4; --edge: #7d8799;
  --accent: #24478f; --accent-deep: #1a3570; --on-accent: #fff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12151b; --sheet: #1b2029; --ink: #e7ebf2; --soft: #a6b0c1; --line: #323a48; --edge: #76829a;
    --accent: #9dbcf5; --accent-deep: #bcd2fa; --on-accent: #14213b;
  }
}
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body {
  margin: 0; min-height: 100dvh; background: var(--ground); color: var(--ink);
  font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
header {
  padding: .7rem 1.25rem; text-align: center; font-size: .875rem; line-height: 1.4;
  background: var(--accent); color: var(--on-accent);
}
main {
  width: min(100% - 2rem, 27rem); margin: clamp(1rem, 8vh, 5rem) auto auto; padding: clamp(1.25rem, 5vw, 2.25rem);
  background: var(--sheet); border: 1px solid var(--line); border-radius: 14px; overflow-wrap: anywhere;
}
h1 { margin: 0 0 .5rem; font-size: 1.625rem; line-height: 1.2; letter-spacing: -.012em; font-weight: 650 }
p { margin: 0 0 1.1rem }
ul { margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--line) }
li { padding: .65rem 0; border-bottom: 1px solid var(--line) }
li span { display: block; font-size: .9375rem; color: var(--soft) }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.5rem }
button {
  flex: 1 1 auto; min-height: 3rem; padding: .5rem 1.1rem; font: inherit; font-weight: 600; white-space: nowrap;
  cursor: pointer;
  color: var(--ink); background: transparent; border: 1px solid var(--edge); border-radius: 8px;
}
button:hover { border-color: var(--ink) }
button.main { color: var(--on-accent); background: var(--accent); border-color: var(--accent) }
button.main:hover { background: var(--accent-deep); border-color: var(--accent-deep) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
</style>
</head>
<body>
<header><strong>Bitbucket (stand-in)</strong> <span>(this is not Bitbucket: it runs on your machine, for this demo)</span></header>
<main>
<h1>Grant access?</h1>
<p>You are signed in here as <b>Ada Lovelace</b>. Supabase Auth asks for:</p>
<ul>
<li><b>Your account</b> <span>the name, and an identifier that stays the same</span></li>
<li><b>Your e-mail addresses</b> <span>at example.test, where no mail arrives</span></li>
</ul>
<form method="get" action="${path}">
${[...query].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<div class="buttons">
<button class="main" name="decision" value="approve">Grant access</button>
<button name="decision" value="deny">Cancel</button>
</div>
</form>
</main>
</body>
</html>
`
  return { status: 200, headers: HEADERS, body: body.toString() }
}
