import { SCRIPT_HASH, STYLE_HASH } from '../generated/page-policy.js'
import { PAGE_SCRIPT } from './page-script.js'
import { STYLE } from './page-style.js'

/**
 * The Content-Security-Policy of every page: its own style, its own script, the empty icon that keeps browsers from asking for
 * another one, and nothing else. Only where a form may lead is left to the page: Chromium asks the policy about every redirect behind
 * a form, and where the app leads after its e-mail link is the app's business.
 */
export const PAGE_POLICY = `default-src 'none'; script-src '${SCRIPT_HASH}'; style-src '${STYLE_HASH}'; img-src data:; base-uri 'none'; frame-ancestors 'none'`

/** Everything that comes from an address is hostile until it went through here. @param {unknown} text */
const escapeHtml = (text) => String(text ?? '').replace(/[&<>"'`]/g, (one) => `&#${one.charCodeAt(0)};`)

/**
 * The frame of every page. `heading` and `body` are HTML; `referrer` is a referrer policy, because an address may hold a token.
 * `callbackPath` is for the script, which reads it off its own element.
 * @param {string} heading @param {string} referrer @param {string} callbackPath @param {string} body
 */
const page = (heading, referrer, callbackPath, body) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="${referrer}">
<link rel="icon" href="data:,">
<title>${heading}</title>
<style>${STYLE}</style>
<script data-callback="${escapeHtml(callbackPath)}">${PAGE_SCRIPT}</script>
<main>
<h1>${heading}</h1>
${body}</main>
`

/** Where "The sign-in did not finish" would be untrue. @type {Map<string | undefined, string>} */
const HEADINGS = new Map([
  ['sign_out_failed', 'The sign-out did not finish'],
  ['revocation_failed', 'The sign-out did not finish'],
  ['transaction_used', 'Already finished'],
  ['flow_state_already_used', 'Already finished'],
  ['email_change_half_confirmed', 'One more step'],
])

/**
 * The page of a failed sign-in. It shows a code only together with its sentence: others are made up by whoever wrote the address.
 * "Start again" is a link, not a form: Chromium applies `form-action` to the redirect to the provider too.
 *
 * @param {{ code?: string | undefined, message?: string | undefined, blame?: string | undefined, spec?: string | undefined,
 *   provider?: string | undefined, next?: string | undefined, notSet?: import('../types.js').NotSet | undefined, retryUrl: string,
 *   callbackPath?: string | undefined }} about `message`, `blame` and `spec` are the error table's for `code`; `notSet` is for the person
 *   who develops the app; `callbackPath` is where an error in the fragment goes, if anywhere
 */
export const errorPage = ({
  code,
  message,
  blame,
  spec,
  provider,
  next,
  notSet,
  retryUrl,
  callbackPath = '',
}) => {
  const heading = (message && HEADINGS.get(code)) || 'The sign-in did not finish'
  // A sign-in route that is not told a known provider would lead straight back here.
  const canRetry = provider && code !== 'provider_unknown' && !heading.includes('sign-out')
  const query = new URLSearchParams({ ...(provider && { provider }), ...(next && { next }) })
  const details = [
    ['Provider', provider],
    ['Has to act', blame],
    ['Specification', spec],
  ]
  const start = (/** @type {string} */ attribute) => `<a${attribute} href="/">Go to the start page</a>\n`
  return page(
    heading,
    'no-referrer',
    callbackPath,
    `<p>${
      message
        ? escapeHtml(message).replace(/&#96;(.*?)&#96;/g, '<code>$1</code>')
        : 'It may have been interrupted, or this page was opened by itself. You can start again.'
    }</p>
${
  notSet
    ? `<p><code data-option>${escapeHtml(notSet.option)}</code> has no value.${
        notSet.variable &&
        ` Is the environment variable <code data-variable>${escapeHtml(notSet.variable)}</code> set?`
      }</p>\n`
    : ''
}${
  canRetry
    ? `<a class="main" href="${escapeHtml(`${retryUrl}?${query}`)}">Start again</a>\n${start('')}`
    : start(' class="main"')
}${
  message
    ? `<details><summary>Error code: <code>${escapeHtml(code)}</code></summary>${details
        .map(([name, value]) => (value ? `<div>${name}: ${escapeHtml(value)}</div>` : ''))
        .join('')}</details>\n`
    : '<noscript><small>With JavaScript, this page can sometimes tell more.</small></noscript>\n'
}`,
  )
}

/** What each type of link is for: heading, sentence, button. @type {Map<string, string[]>} */
const WORDS = new Map([
  ['signup', ['Confirm your e-mail address', 'This opens your account and signs you in.', 'Confirm']],
  ['invite', ['Accept the invitation', 'This opens your account and signs you in.', 'Accept']],
  ['magiclink', ['Sign in', 'This signs you in, in this browser.', 'Sign in']],
  [
    'recovery',
    [
      'Reset your password',
      'This signs you in, so that you can choose a new password.',
      'Reset the password',
    ],
  ],
  [
    'email_change',
    ['Change your e-mail address', 'This confirms that the address is yours.', 'Confirm the change'],
  ],
])
const WORDS_OF_EMAIL = [
  'Confirm your e-mail address',
  'This signs you in, in this browser.',
  'Confirm and sign in',
]

/**
 * The page behind a link in an e-mail. Programs that look through mail open links, and a link serves once: so it takes a press of
 * the button. The referrer is the origin alone: the address holds the token, and with none browsers send `Origin: null`.
 *
 * @param {{ action: string, type?: string | undefined, tokenHash?: string | undefined, next?: string | undefined }} link
 */
export const confirmPage = ({ action, type = '', tokenHash, next }) => {
  const [heading = '', sentence, button] = WORDS.get(type) ?? WORDS_OF_EMAIL
  const fields = Object.entries({ token_hash: tokenHash, type, next })
  const hidden = fields.map(([name, value]) =>
    value ? `<input type="hidden" name="${name}" value="${escapeHtml(value)}">\n` : '',
  )
  return page(
    heading,
    'strict-origin',
    '',
    `<p>${sentence}</p>
<form method="post" action="${escapeHtml(action)}">
${hidden.join('')}<button class="main">${button}</button>
</form>
<small>You did not ask for this? Then close this page.</small>
`,
  )
}
