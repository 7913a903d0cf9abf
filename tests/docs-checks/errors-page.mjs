// docs/errors.md, made of errors.def and of the causes.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseErrors } from '../../tools/generate.mjs'
import { CONFIGURATION, REQUEST, TRANSACTION } from '../error-causes/app-and-browser.mjs'
import { ID_TOKEN, METADATA, PROFILE, RESPONSE, TOKEN } from '../error-causes/provider.mjs'
import { OURSELVES, SUPABASE, WARNINGS } from '../error-causes/supabase.mjs'
import { ROOT } from './markdown.mjs'

const GROUPS = {
  'Configuration and deployment': CONFIGURATION,
  'The request as it arrived': REQUEST,
  'Which sign-in is this?': TRANSACTION,
  'The authorization response': RESPONSE,
  'The token endpoint': TOKEN,
  'Metadata and keys': METADATA,
  'The ID Token': ID_TOKEN,
  'Profile and revocation': PROFILE,
  'Supabase Auth': SUPABASE,
  Warnings: WARNINGS,
  Landfall: OURSELVES,
}

/** The most frequent codes, with the shortest answer. */
const FREQUENT = {
  transaction_wrong_host: 'open the app at the host of `origin`: localhost or 127.0.0.1, with or without www',
  host_untrusted: 'set `origin` to the public address',
  code_verifier_missing: 'start with `/auth/sign-in` or `@supabase/ssr`, not with plain `createClient`',
  verifier_other_project: 'use one Supabase URL, in the page and on the server',
  redirect_to_replaced: 'add `https://app.example/auth/callback?**` to the redirect URLs',
  token_invalid_client: 'correct the id or the secret, or send it in the body',
  callback_unknown: 'register `https://app.example/auth/callback/<name>` at the provider',
  provider_not_configured: 'set the environment variable that the page or `auth.check()` names',
  transaction_used: 'do nothing: the browser loaded the callback again after the sign-in',
  fetch_metadata: 'use a plain `<a href>` instead of a framework’s link',
  method_not_allowed: 'sign out with a form, not with a link',
  config_invalid: 'read the message: it names the option',
}

const INTRO = `# Error codes

A failed sign-in ends at \`/auth/auth-code-error?error=<code>\`. The page has a sentence for the person. An event tells you the whole story:

\`\`\`js
import { createAuth } from 'landfall'

export const auth = createAuth({
  origin: 'https://app.example',
  supabase: { url: process.env.SUPABASE_URL, key: process.env.SUPABASE_ANON_KEY },
  onEvent: (event) => event.ok || console.warn(event), // { type, code, blame, message, … }, never a secret
})
\`\`\`

| member | what it says |
|---|---|
| \`code\`, \`blame\`, \`message\`, \`spec\` | a row of this page |
| \`parameter\` | the parameter or option at fault |
| \`detail\`, \`description\` | the provider's own code and sentence, or the runtime's code for a failed connection, such as \`ENOTFOUND\` |
| \`status\`, \`url\` | the HTTP status of the last request's response, and the request's address without its query |
| \`cause\` | the value that \`fetch\` or a hook threw |

[\`npx landfall doctor https://app.example\`](doctor.md) looks for the usual causes from outside.`

const WHO = { app: 'the app', browser: 'the person', provider: 'the provider', landfall: 'Landfall' }

const capitalise = (text) => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())

/** @param {ReturnType<typeof parseErrors>[number]} row @param {import('../error-causes/app-and-browser.mjs').Row} about */
const section = ({ code, blame, status, message, spec }, [causes, remedy]) =>
  [
    `### ${code}`,
    message,
    `Likely causes:\n\n${causes.map((cause, index) => `${index + 1}. ${capitalise(cause)}.`).join('\n')}`,
    `What to do: ${remedy}`,
    `<sub>${[`to act: ${WHO[blame]}`, status !== 303 && `status ${status}`, spec].filter(Boolean).join(' · ')}</sub>`,
  ].join('\n\n')

/** The rows of errors.def, in order. */
export const readErrors = () =>
  parseErrors(
    readFileSync(join(ROOT, 'wasm/base/errors.def'), 'utf8'),
    readFileSync(join(ROOT, 'wasm/base/errors.hpp'), 'utf8'),
  )

/** The codes that have causes, in order. */
export const explainedCodes = () => Object.values(GROUPS).flatMap(Object.keys)

export const makeErrorsPage = () => {
  const rows = new Map(readErrors().map((row) => [row.code, row]))
  const groups = Object.entries(GROUPS).map(([title, codes]) => {
    const sections = Object.entries(codes).map(([code, about]) => section(rows.get(code), about))
    return `## ${title}\n\n${sections.join('\n\n')}`
  })
  const frequent = Object.entries(FREQUENT).map(([code, answer]) => `| [${code}](#${code}) | ${answer} |`)
  const index = Object.entries(GROUPS).map(
    ([title, codes]) =>
      `- ${title}: ${Object.keys(codes)
        .map((code) => `[${code}](#${code})`)
        .join(', ')}`,
  )
  return [
    INTRO,
    ['| frequent code | what to do |', '|---|---|', ...frequent].join('\n'),
    `All codes:\n\n${index.join('\n')}`,
    ...groups,
    `---\n\n\`tests/node/docs.test.mjs\` writes this page with \`UPDATE_DOCS=1\` from \`wasm/base/errors.def\` and \`tests/error-causes/\`.\n`,
  ].join('\n\n')
}
