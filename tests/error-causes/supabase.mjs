// What leads to the errors of Supabase Auth, to the warnings and to our own, most likely first, and what to do.

/** @typedef {import('./app-and-browser.mjs').Row} Row */

/** @type {Record<string, Row>} */
export const SUPABASE = {
  code_verifier_missing: [
    [
      'plain `createClient` of supabase-js started the sign-in: it keeps the verifier in localStorage, which no server sees',
      'the person opened the link of an e-mail in a different browser than the one that requested it',
      'the sign-in started on another host',
      'the response that started the sign-in lost its `Set-Cookie` lines',
    ],
    'Start with `/auth/sign-in` or with `createBrowserClient` of `@supabase/ssr`. For e-mails, [link to /auth/confirm](supabase.md#e-mail-templates): this link works in any browser.',
  ],
  flow_foreign: [
    [
      "`supabase.flows: 'own'` is set, and supabase-js started the sign-in: `signInWithOAuth`, `resetPasswordForEmail` or an e-mail link with PKCE",
      "somebody planted a code_verifier in this browser: `flows: 'own'` exists to refuse that",
    ],
    "Start each sign-in at `/auth/sign-in` or with `auth.start`, and [link e-mails to /auth/confirm](supabase.md#e-mail-templates). If supabase-js must start sign-ins, set [`flows: 'any'`](supabase.md#who-may-start-a-sign-in).",
  ],
  verifier_other_project: [
    [
      'the page uses `http://localhost:54321`, the server `http://127.0.0.1:54321` or `http://kong:8000`',
      'one of them uses the custom domain, the other `*.supabase.co`',
      'the browser still has cookies of another project (development)',
    ],
    'Use one URL everywhere, or the same `cookieOptions.name` in both. In a container, keep the public URL and give a [`fetch` that goes to the inner one](options.md#another-address-inside-a-network).',
  ],
  email_not_provided: [
    [
      'the account at the provider has no confirmed e-mail address',
      'the OAuth app there may not read it: at Bitbucket, the consumer lacks “Account: Email”',
    ],
    'Give the consumer the permission, or allow users without an e-mail address in the dashboard.',
  ],
  email_change_half_confirmed: [
    ['“Secure email change” is on: the person must confirm both addresses'],
    'Do nothing: the second link finishes the change.',
  ],
  token_hash_missing: [
    [
      'the mail program cut the link',
      'the template links to `{{ .ConfirmationURL }}` or has no `token_hash` and `type`',
    ],
    'Use the [template’s line](supabase.md#e-mail-templates) without changes.',
  ],
  supabase_key_invalid: [
    [
      'the key belongs to another project, or is no longer valid',
      'the environment variable has a space or a quote in it',
      'the project has its legacy keys switched off',
    ],
    'Copy the publishable key from Project Settings → API Keys. `npx landfall doctor` checks it.',
  ],
  supabase_exchange: [
    [
      'the client secret of the provider in the Supabase dashboard is wrong or expired',
      'the callback URL that the provider has registered is not the one that the dashboard shows',
      'the provider’s token endpoint is down',
    ],
    'Copy the client ID and a new secret from the provider into Authentication → Sign In / Providers. The Auth logs of the project have the provider’s answer.',
  ],
  supabase_profile: [
    [
      'the OAuth app at the provider lacks a permission: at Bitbucket “Account: Read”',
      'the provider’s profile endpoint is down',
    ],
    'Give the app the permission at the provider, and start again.',
  ],
  supabase_database: [
    [
      'a trigger on `auth.users` raises an error, often one that fills a `profiles` table',
      'a constraint or a policy of your own refuses the row',
    ],
    'Look at the Postgres logs of the project: they have the statement. `description` of the event has the server’s sentence.',
  ],
  supabase_mail: [
    ['the SMTP server does not answer, or refuses the user name and password', 'no SMTP server is set'],
    'Check Authentication → Emails → SMTP Settings, and send a test.',
  ],
  supabase_hook_refused: [
    [
      'the hook “Before User Created” refuses this person',
      'the hook “Custom Access Token” answers with an error',
    ],
    'Look at `description` of the event: it has the hook’s own sentence. Landfall’s error page shows it to the person, if it is plain text.',
  ],
  supabase_hook_failed: [
    [
      'the hook’s address does not answer within its five seconds',
      'the hook’s answer is too large or no JSON',
    ],
    'Look at `detail` of the event, and at the logs of the hook in the dashboard.',
  ],
  supabase_unavailable: [
    [
      'Supabase Auth does not reach its database: the project is paused, restarts, or has no connections left',
      'the server took longer than its own ten seconds',
    ],
    'Open the project’s dashboard, and look at the Auth logs and at the status page. A reload of the callback may still finish the sign-in.',
  ],
  supabase_error: [
    ['Supabase Auth refused the request with a code that has no row of its own here'],
    'Look at `detail` and `description` of the event: they are the server’s own code and sentence.',
  ],
  flow_state_not_found: [
    [
      'something redeemed the code before: a client of supabase-js on the page with `detectSessionInUrl`, a second route',
      '`supabase.url` is a different project than the one that signed in',
      'the person opened the callback again after the session began',
    ],
    'Let one place redeem the code: `detectSessionInUrl: false` on that page. supabase-js 2.45 redeems it even so: make its client after `complete()`.',
  ],
  flow_state_expired: [
    ['the person took more than five minutes at the provider', 'a tab was restored'],
    'Start again. Supabase fixes the limit; a self-hosted server can set `GOTRUE_EXTERNAL_FLOW_STATE_EXPIRY_DURATION`.',
  ],
  flow_state_already_used: [
    ['the browser loaded the provider’s response again: the back button'],
    'Do nothing, if the person is signed in.',
  ],
  bad_code_verifier: [
    [
      'two sign-ins of a client without flow ids ran at once: the later verifier replaced the first',
      'the sign-in started in another browser',
    ],
    'Start again. With `/auth/sign-in`, tabs do not disturb each other.',
  ],
  bad_oauth_state: [
    [
      'the person took more than five minutes at the provider',
      'the browser loaded the provider’s response again',
    ],
    'Start again. The error arrives at the Site URL. Let `auth.handle` also answer `/`, otherwise people see your start page with an error in its address (in Next.js, [with its proxy](frameworks/next.md#in-the-proxy)).',
  ],
  bad_oauth_callback: [
    ['the callback at the provider is not `https://<project>.supabase.co/auth/v1/callback`'],
    'Copy the callback URL from the provider’s page in the dashboard.',
  ],
  provider_email_needs_verification: [
    ['the provider has not confirmed the address, and Supabase sent an e-mail'],
    'The person opens the link, and signs in again.',
  ],
  signup_disabled: [
    ['“Allow new users to sign up” is off', 'the account’s address differs from the invited address'],
    'Switch it on in Authentication → Sign In / Providers, or invite the person.',
  ],
  user_banned: [['the dashboard or the admin API banned the user'], 'Lift the ban there.'],
  identity_already_exists: [
    ['the account at the provider belongs to another user of the project'],
    'Sign in as that user, or unlink the account there first.',
  ],
  email_exists: [
    ['another user has the address, through another provider or with a password'],
    'Sign in as before. Then link the identity, if you want both.',
  ],
  otp_expired: [
    ['a mail scanner opened the link before the person', 'the link is too old, or Supabase sent a newer one'],
    'Send a new one. [Link to /auth/confirm](supabase.md#e-mail-templates): its page has a button, which scanners do not click.',
  ],
  oauth_provider_not_supported: [
    ['somebody switched the provider off in the dashboard while the person was there'],
    'Switch it on in Authentication → Sign In / Providers.',
  ],
  email_address_not_authorized: [
    ['the project has no SMTP server of its own, and the default mailer writes only to members of the team'],
    'Set an SMTP server in Authentication → Emails → SMTP Settings.',
  ],
  over_email_send_rate_limit: [
    ['the default mailer sends a few e-mails an hour', 'somebody asks for links again and again'],
    'Set an SMTP server of your own, and the limit in Authentication → Rate Limits.',
  ],
  over_request_rate_limit: [
    [
      'many people share one address, or a test signs in again and again',
      'all requests come from the server’s own address',
    ],
    'Wait. The limits are in Authentication → Rate Limits.',
  ],
}

/** @type {Record<string, Row>} */
export const WARNINGS = {
  session_cookie_large: [
    [
      '`user_metadata` or `app_metadata` is large: the cookie contains it twice, in the user and in the token',
      'the provider’s token is long (Microsoft)',
      'other apps on the same domain set cookies',
    ],
    "Set `cookies: { encode: 'tokens-only' }`, here and in `@supabase/ssr`. Or use less metadata, or larger buffers in the [proxy](deploying.md#node-behind-nginx). `detail` names the largest members.",
  ],
  tokens_too_large: [
    [
      'the ID Token lists the groups or roles of the person: each makes it longer',
      'the access token is a long one (Microsoft)',
    ],
    'Nobody is signed out, and `getAccessToken` gets another access token where there is a refresh token. Set `session.idToken` only where you need it, or ask the provider for fewer claims. `detail` names what stays away.',
  ],
  iss_unchecked: [
    [
      'the provider sends `iss` (GitHub, Google, Discord do), and its `issuer` is not configured',
      'a provider by name began to send it, and its row has no issuer',
    ],
    'The sign-in worked. Set the option in `detail` to the `iss` in the address of the callback, and set `authorizationEndpoint` too: for a provider by name, to the address on [its page](providers.md). From then on, Landfall compares them. Next to this address, `issuer` makes no request.',
  ],
  redirect_to_replaced: [
    ['the callback is missing in the redirect URLs, or has no `?**` after it'],
    'Add `https://app.example/auth/callback?**` in Authentication → URL Configuration → Redirect URLs.',
  ],
}

/** @type {Record<string, Row>} */
export const OURSELVES = {
  entropy_unavailable: [
    ['`crypto.getRandomValues` is missing or failed in this runtime'],
    'Use a runtime with Web Crypto.',
  ],
  internal_error: [
    ['your own `fetch` threw something unexpected', 'Landfall has a defect'],
    'Look at `cause` of the event, and please report it.',
  ],
}
