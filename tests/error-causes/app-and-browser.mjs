// What leads to the errors of the app and of the browser, most likely first, and what to do.

/** @typedef {[causes: string[], remedy: string]} Row */

/** @type {Record<string, Row>} */
export const CONFIGURATION = {
  config_invalid: [
    [
      'an option is misspelled, missing or of the wrong type: the message of the thrown `LandfallError` names it',
      'there is no `secret`, and the client secret has fewer than 32 bytes: a short text is no key',
      'two routes have one path, or two callbacks begin alike, such as those of `git` and `github`',
      "`supabase.flows: 'own'` is set without a `secret`",
      '`auth.start` was given `scopes` or `queryParams` for a provider that is spoken to directly',
    ],
    'Read the message: it names the option and what is wrong with it. For a key, set `secret` to what `openssl rand -base64 32` prints. For callbacks that begin alike, set [`callback`](providers.md#a-callback-for-each-provider) of one provider. [Options](options.md) has them all.',
  ],
  config_missing: [
    [
      'the environment variable behind `secret` or `origin` is not set where the code runs, or is empty',
      'it is set when the app is built, and not when it runs; or not for this deployment',
    ],
    'Set the variable. On your own machine the page names it; elsewhere `parameter` of the event names the option, and `auth.check()` lists all that have no value ([settings without a value](options.md#settings-without-a-value)).',
  ],
  provider_not_configured: [
    [
      'the environment variable behind an option of this provider is not set where the code runs, or is empty: `clientId`, `clientSecret`, `issuer`',
      'through Supabase: the variable behind `supabase.url` or `supabase.key`',
      'the client has no secret, and `clientSecret` is there without a value: leave the option out',
    ],
    'As for config_missing. Other ways to sign in go on working.',
  ],
  argument_invalid: [
    [
      '`auth.start` was given something else than text: a parameter that came twice is a list, and a body of JSON may hold anything',
      'a hook returned something else than nothing or a plain object: a `Response`, a class of your own, a misspelled member',
      'a hook’s `redirect` is neither a path of the app nor a complete https address',
    ],
    'Read the message: it names the function and the member. [What a hook may return](options.md#what-a-hook-may-return).',
  ],
  origin_required: [
    [
      '`origin` is not set, and the app runs on another host than localhost',
      '`auth.start` was called without `request`, and `origin` is no fixed address',
    ],
    "Set `origin: 'https://app.example'`, or [trustedHosts](options.md#origin) for several hosts.",
  ],
  host_untrusted: [
    [
      'the host that the browser asked for is not in `trustedHosts`: a preview deployment, with or without www',
      'the proxy in front sends `X-Forwarded-Host` or `Host` with an internal name',
      'the proxy does not send `X-Forwarded-Proto: https`, so that the app seems to be on plain http',
      'a proxy appends to a header that is there already: lists are not read',
    ],
    'Set `origin` to the one public address, or add the host to `trustedHosts` and let the proxy set both headers. `parameter` of the event names the header.',
  ],
  provider_unknown: [
    [
      'the link to `/auth/sign-in` has no `provider`, and more than one could be meant',
      'the name is spelled otherwise than in `providers`',
      'through Supabase: the name is none of its providers, and does not begin with `custom:`',
    ],
    'Link to `/auth/sign-in?provider=<name>`, with the name as in `providers` or in the Supabase dashboard.',
  ],
  discovery_required: [
    ['`auth.start` was called for a provider with only an `issuer` before its metadata was loaded'],
    '`await auth.ready()` before `auth.start`. The sign-in route does that by itself.',
  ],
  session_refused: [
    [
      '`onSession` threw: its database, its session store, a missing member of the session',
      '`onSession` returned what it [may not](options.md#what-a-hook-may-return): another member, a header or a redirect that is none',
    ],
    'Look at `cause` of the event: it is what was thrown, or an error that names the member.',
  ],
  sign_out_failed: [
    ['`onSignOut` threw', '`onSignOut` returned what it [may not](options.md#what-a-hook-may-return)'],
    'Look at `cause` of the event: it is what was thrown, or an error that names the member.',
  ],
}

/** @type {Record<string, Row>} */
export const REQUEST = {
  method_not_allowed: [
    [
      'sign-out by a link: it takes POST alone, or any page and any prefetch could sign people out',
      'the provider answers by POST (`form_post`) and the app routes only GET to the callback',
    ],
    'Sign out by a form: `<form method="post" action="/auth/sign-out">`. For `form_post`, export the callback as POST too.',
  ],
  fetch_metadata: [
    [
      "a framework's link component loads `/auth/sign-in` with fetch in place of opening it",
      'the address stands in an image, a frame or a script',
      'with `verifyOnGet`: another site loads the link of an e-mail as an image or in a frame',
    ],
    'Use a plain `<a href>`: in SvelteKit with `data-sveltekit-reload`, in React Router with `reloadDocument`, in Next.js `<a>` and not `<Link>`.',
  ],
  csrf: [
    [
      'the form for signing out, or the button behind the link of an e-mail, stands on another origin: another port, another sub-domain, http in place of https',
      '`origin` is not the address that people see, in a browser that sends `Origin` alone',
    ],
    'Put the form on a page of the app itself, and check `origin`. A 403 without this code is the framework’s own check: [Astro](frameworks/astro.md), [SvelteKit](frameworks/sveltekit.md).',
  ],
  content_type: [
    [
      'something else than a form was posted to the callback or to `/auth/confirm`: JSON by a script of your own',
    ],
    'Post a form, or leave it to the browser: the provider’s answer and the button of our page are forms.',
  ],
  request_too_large: [
    ['an address or a body of a size that no sign-in has: usually somebody tries something'],
    'Nothing, if it is rare. Otherwise look at which provider sends it.',
  ],
  param_too_long: [
    ['a `code` longer than any provider makes: usually somebody tries something'],
    'Nothing, if it is rare. Otherwise look at which provider sends it.',
  ],
  param_duplicate: [
    [
      'the registered redirect URI has a parameter of the same name (`?code=`, `?state=`) in its query',
      'a rewrite of a proxy or of the framework appends the query a second time',
    ],
    'Register the callback without a query, and look at the address that arrives at the app.',
  ],
  response_missing: [
    [
      'the callback was opened by itself: a bookmark, the history, a crawler',
      'a redirect on the way (to another host, to a trailing slash, to a language) dropped the query',
      'the answer stands in the fragment: the implicit flow of an older client',
    ],
    'Open a sign-in and follow the redirects to the callback in the network panel: the query has to arrive. Use the PKCE flow.',
  ],
  code_missing: [
    [
      'a part of the query was dropped on the way to the app',
      'the provider answered `code=` without a value',
    ],
    'Look at the address that arrives at the app.',
  ],
  code_invalid: [
    ['the address was decoded or cut on the way, or typed by hand'],
    'Look at the address that arrives at the app.',
  ],
  code_and_error: [
    ['the redirect URI has `code` or `error` in its own query', 'somebody made the address up'],
    'Register the callback without a query.',
  ],
  response_type_unexpected: [
    [
      'supabase-js without `flowType: "pkce"` started the sign-in: plain `createClient` uses the implicit flow',
      'a link that somebody made, with tokens of his own in it',
    ],
    'Start the sign-in with `/auth/sign-in`, with `@supabase/ssr`, or with `flowType: "pkce"`. A page can take such links with `complete({ implicit: true })`, if it has to.',
  ],
  response_mode_unexpected: [
    [
      '`responseMode` is set, and the answer came the other way',
      'the provider answers with a JWT (`response`), which is not supported',
    ],
    'Set `responseMode` to what the provider does, and nothing about JARM at the provider.',
  ],
}

/** @type {Record<string, Row>} */
export const TRANSACTION = {
  state_missing: [
    [
      'the query was cut on the way',
      'the provider does not send `state` back, as it has to',
      'the redirect URLs of the Supabase project are so wide that Supabase came back to the callback of another provider',
    ],
    'Look at the address that arrives at the app. Supabase comes back to `/auth/callback`, a provider that is spoken to directly to `/auth/callback/<name>`.',
  ],
  state_mismatch: [
    [
      'the address is from another browser or another sign-in: copied, mailed, or made up to sign somebody in as somebody else',
      'the sign-in is one of more than five under way in this browser, and its cookie was dropped for newer ones',
    ],
    'Start again. If it happens to many people, look for what rewrites `state` on the way.',
  ],
  transaction_missing: [
    [
      'the cookie was not sent along: the sign-in was started in another browser, or its cookies were deleted',
      'the response of `auth.signIn` or of `auth.start` lost its `Set-Cookie` line on the way',
      'the browser keeps no `Secure` cookie of a plain http address',
    ],
    '`npx landfall doctor https://app.example` looks at the cookie. Return the Response as it is; send every `setCookie` of `auth.start`.',
  ],
  transaction_cookies_blocked: [
    [
      'the link of an app or of an e-mail opened another browser than the one that started',
      'cookies are blocked, or the page is in a frame of another site',
      'a proxy or a CDN removes the Cookie header on this path',
    ],
    'Start again in the browser that has the page open. If everybody sees it, look at what stands between browser and app.',
  ],
  transaction_wrong_host: [
    [
      'development: the page is open at localhost and the callback at 127.0.0.1, or the reverse',
      'www.app.example and app.example both answer, and `origin` is only one of them',
      'a preview address started the sign-in, and the callback is registered for production',
    ],
    'Redirect all hosts to one, and set `origin` to it. In development, open the app at the very host of `origin`. For previews, see [trustedHosts](options.md#origin).',
  ],
  transaction_expired: [
    ['the person took more than ten minutes at the provider', 'the server’s clock jumped'],
    'Start again.',
  ],
  transaction_used: [
    [
      'the callback was loaded again: reload, the back button, a restored tab',
      'a browser extension or a scanner opened the address too',
    ],
    'Nothing: the sign-in is done. The error page says so, and leads on.',
  ],
  transaction_invalid: [
    [
      '`secret`, the client secret or Supabase’s key was changed while the sign-in was under way',
      'two servers of the app have different secrets',
      'the redirect_uri (`origin`, `paths.callback`, `callback`) or the issuer was changed, or differs between two servers',
      'the provider was renamed, or taken out of `providers`',
      'somebody changed the cookie',
    ],
    'Start again. To change the secret without this, see [rotating the secret](deploying.md#rotating-the-secret).',
  ],
  callback_unknown: [
    [
      'the provider comes back to `/auth/callback`, and its callback is `/auth/callback/<name>`: an older version had one for all',
      'the name in the registered address is spelled otherwise than in `providers`',
      'the app routes a path to `auth.callback` that is no provider’s: `paths.callback` or `callback` says another',
    ],
    'Register `https://app.example/auth/callback/<name>` at the provider ([a callback for each provider](providers.md#a-callback-for-each-provider)).',
  ],
  redirect_uri_mismatch: [
    [
      'somebody sent the answer of one provider to the callback of another: a mix-up attack, which ends here',
      'two providers share one registration, so that one answers at the address of the other',
      "beside Supabase, the provider gives codes that are UUIDs, as Supabase does: set `responseMode: 'form_post'`",
      'a proxy or a route of the app rewrites the path',
    ],
    'Start again. If it happens always, compare the path of `redirect_uri` in the first redirect with the path that arrives.',
  ],
  iss_missing: [
    [
      '`authorizationResponseIssParameterSupported` is set, or promised by the metadata, and the provider does not send `iss`',
      'Keycloak: the client excludes the issuer from the authentication response',
      'a redirect on the way dropped a part of the query',
    ],
    'Let the provider send `iss`, or leave the option away where it is yours.',
  ],
  iss_mismatch: [
    [
      '`issuer` is spelled otherwise than the provider does: last slash, tenant, host',
      '`issuer` beside explicit addresses is the host alone: GitHub’s is `https://github.com/login/oauth`',
      'the answer is from another provider than the one that was asked: a mix-up attack',
    ],
    'Compare `issuer` with the `iss` in the address of the callback. They have to be equal, character by character.',
  ],
}
