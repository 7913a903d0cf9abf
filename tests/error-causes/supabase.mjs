// What leads to the errors of Supabase Auth, to the warnings and to our own, most likely first, and what to do.

/** @typedef {import('./app-and-browser.mjs').Row} Row */

/** @type {Record<string, Row>} */
export const SUPABASE = {
  code_verifier_missing: [
    [
      'plain `createClient` of supabase-js started the sign-in: it keeps the verifier in localStorage, which no server sees',
      'the link of an e-mail was opened in another browser than the one that asked for it',
      'the sign-in was started on another host',
      'the answer that started the sign-in lost its `Set-Cookie` lines',
    ],
    'Start with `/auth/sign-in` or with `createBrowserClient` of `@supabase/ssr`. For e-mails, [link to /auth/confirm](supabase.md#e-mail-templates): it works in any browser.',
  ],
  flow_foreign: [
    [
      "`supabase.flows: 'own'` is set, and supabase-js started the sign-in: `signInWithOAuth`, `resetPasswordForEmail` or an e-mail link with PKCE",
      "somebody planted a code_verifier in this browser: `flows: 'own'` is there to refuse that",
    ],
    "Start each sign-in at `/auth/sign-in` or with `auth.start`, and [link e-mails to /auth/confirm](supabase.md#e-mail-templates). If supabase-js has to start sign-ins, take [`flows: 'any'`](supabase.md#who-may-start-a-sign-in).",
  ],
  verifier_other_project: [
    [
      'the page uses `http://localhost:54321`, the server `http://127.0.0.1:54321` or `http://kong:8000`',
      'one of them uses the custom domain, the other `*.supabase.co`',
      'cookies of another project are left in the browser (development)',
    ],
    'One URL everywhere; or the same `cookieOptions.name` in both. In a container, keep the public URL and give a [`fetch` that goes to the inner one](options.md#another-address-inside-a-network).',
  ],
  email_not_provided: [
    [
      'the account at the provider has no confirmed e-mail address',
      'the OAuth app there may not read it: at Bitbucket, the consumer lacks “Account: Email”',
    ],
    'Give the consumer the permission, or allow users without an e-mail address in the dashboard.',
  ],
  email_change_half_confirmed: [
    ['“Secure email change” is on: both addresses have to be confirmed'],
    'Nothing: the second link finishes it.',
  ],
  token_hash_missing: [
    [
      'the mail program cut the link',
      'the template links to `{{ .ConfirmationURL }}` or has no `token_hash` and `type`',
    ],
    'Use the [template’s line](supabase.md#e-mail-templates) as it stands.',
  ],
  supabase_key_invalid: [
    [
      'the key is of another project, or was rotated',
      'the environment variable has a space or a quote in it',
      'legacy keys were switched off for the project',
    ],
    'Copy the publishable key from Project Settings → API Keys. `npx landfall doctor` checks it.',
  ],
  flow_state_not_found: [
    [
      'the code was redeemed before: a client of supabase-js on the page with `detectSessionInUrl`, a second route',
      '`supabase.url` is another project than the one that signed in',
      'the callback was opened again after the session had been made',
    ],
    'Let one place redeem the code: `detectSessionInUrl: false` on that page.',
  ],
  flow_state_expired: [
    ['the person took more than five minutes at the provider', 'a tab was restored'],
    'Start again. Supabase fixes the time; a self-hosted server can set `GOTRUE_EXTERNAL_FLOW_STATE_EXPIRY_DURATION`.',
  ],
  flow_state_already_used: [
    ['the provider’s answer was loaded again: the back button'],
    'Nothing, if the person is signed in.',
  ],
  bad_code_verifier: [
    [
      'two sign-ins of a client without flow ids ran at once: the later verifier replaced the first',
      'the sign-in was started in another browser',
    ],
    'Start again. With `/auth/sign-in`, tabs do not disturb each other.',
  ],
  bad_oauth_state: [
    ['the person took more than five minutes at the provider', 'the provider’s answer was loaded again'],
    'Start again. It arrives at the Site URL: let `auth.handle` answer `/` too, or people see your start page with an error in its address (in Next.js, [with its proxy](frameworks/next.md#what-arrives-at-the-start-page)).',
  ],
  bad_oauth_callback: [
    [
      'the callback that is registered at the provider is not `https://<project>.supabase.co/auth/v1/callback`',
    ],
    'Copy the callback URL from the provider’s page in the dashboard.',
  ],
  provider_email_needs_verification: [
    ['the provider has not confirmed the address, and Supabase sent a mail'],
    'The person opens the link, and signs in again.',
  ],
  signup_disabled: [
    [
      '“Allow new users to sign up” is off',
      'the account’s address is another one than the one that was invited',
    ],
    'Switch it on in Authentication → Sign In / Providers, or invite the person.',
  ],
  user_banned: [['the user was banned in the dashboard or by the admin API'], 'Lift the ban there.'],
  identity_already_exists: [
    ['the account at the provider is linked to another user of the project'],
    'Sign in as that user, or unlink it there first.',
  ],
  email_exists: [
    ['another user has the address, by another provider or by password'],
    'Sign in as before. Then link the identity, if you want both.',
  ],
  otp_expired: [
    [
      'a mail scanner opened the link before the person did',
      'the link is older than its time, or a newer one was sent',
    ],
    'Send a new one. [Link to /auth/confirm](supabase.md#e-mail-templates): its page asks for a press on a button, which scanners do not do.',
  ],
  over_request_rate_limit: [
    [
      'many people behind one address, or a test that signs in again and again',
      'all requests come from the server’s own address',
    ],
    'Wait. The limits are in Authentication → Rate Limits.',
  ],
}

/** @type {Record<string, Row>} */
export const WARNINGS = {
  session_cookie_large: [
    [
      '`user_metadata` or `app_metadata` holds much: it is in the cookie twice, in the user and in the token',
      'the provider’s token is long (Microsoft)',
      'cookies of other apps on the same domain',
    ],
    "`cookies: { encode: 'tokens-only' }`, here and in `@supabase/ssr`; less metadata; larger buffers in the [proxy](deploying.md#node-behind-nginx). `detail` names the largest members.",
  ],
  iss_unchecked: [
    [
      'the provider sends `iss` (GitHub, Google, Discord do), and its `issuer` is not configured',
      'a provider of OAuth 2.0 without OpenID Connect began to send it',
    ],
    'The sign-in worked. Set the option that `detail` names to the `iss` in the address of the callback: from then on it is compared. Beside explicit addresses, `issuer` makes no request ([quirks](providers.md#quirks)).',
  ],
  redirect_to_replaced: [
    ['the callback is not in the redirect URLs, or without `?**` behind it'],
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
    ['a `fetch` of your own threw something strange', 'a fault of ours'],
    'Look at `cause` of the event, and please report it.',
  ],
}
