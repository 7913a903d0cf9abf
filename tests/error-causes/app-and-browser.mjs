// What leads to the errors of the app and of the browser, most likely first, and what to do.

/** @typedef {[causes: string[], remedy: string]} Row */

/** @type {Record<string, Row>} */
export const CONFIGURATION = {
  config_invalid: [
    [
      'an option is misspelled or missing, or has the wrong type: the message of the thrown `LandfallError` names it',
      'the app has no `secret`, and the client secret has fewer than 32 bytes: a short text is no key',
      'two routes have the same path, or two callbacks begin alike, such as those of `git` and `github`',
      "`supabase.flows: 'own'` is set without a `secret`",
      'the app calls `auth.start` for a direct provider with `scopes`, or with a parameter in `queryParams` that [it does not take](providers.md#parameters-of-one-sign-in)',
    ],
    'Read the message: it names the option and the problem. For a key, set `secret` to the output of `openssl rand -base64 32`. For callbacks that begin alike, set [`callback`](providers.md#a-callback-for-each-provider) of one provider. [Options](options.md) lists all options.',
  ],
  config_missing: [
    [
      'the environment variable behind `secret` or `origin` is missing or empty where the code runs',
      'the variable exists when the app is built, but not when it runs, or not for this deployment',
    ],
    'Set the variable. On your own machine the page names it. Elsewhere, `parameter` of the event names the option, and `auth.check()` lists all options without a value ([settings without a value](options.md#settings-without-a-value)).',
  ],
  provider_not_configured: [
    [
      'the environment variable behind an option of this provider is missing or empty where the code runs: `clientId`, `clientSecret`, `issuer`',
      'through Supabase: the variable behind `supabase.url` or `supabase.key` is missing or empty',
      'the client has no secret, but the options have `clientSecret` without a value: remove the option',
    ],
    'Do the same as for config_missing. Other ways to sign in still work.',
  ],
  argument_invalid: [
    [
      '`auth.start` got a value that is no text: a repeated parameter is a list, and JSON can hold any type',
      'a hook returned a value that is neither nothing nor a plain object: a `Response`, your own class, a misspelled member',
      'a hook’s `redirect` is neither a path of the app nor a complete https address',
    ],
    'Read the message: it names the function and the member. See [what a hook may return](options.md#what-a-hook-may-return).',
  ],
  origin_required: [
    [
      '`origin` is not set, and the app does not run on localhost',
      'the app calls `auth.start` without `request`, and `origin` is no fixed address',
    ],
    "Set `origin: 'https://app.example'`, or [trustedHosts](options.md#origin) for several hosts.",
  ],
  host_untrusted: [
    [
      'the host that the browser asks for is not in `trustedHosts`: a preview deployment, with or without www',
      'the proxy sends `X-Forwarded-Host` or `Host` with an internal name',
      'the proxy does not send `X-Forwarded-Proto: https`, so the app seems to be on plain http',
      'a proxy appends to an existing header: Landfall reads no lists',
    ],
    'Set `origin` to the public address. Or add the host to `trustedHosts`, and let the proxy set both headers. `parameter` of the event names the header.',
  ],
  provider_unknown: [
    [
      'the link to `/auth/sign-in` has no `provider`, and the app has several providers',
      'the name differs from the name in `providers`',
      'through Supabase: the name is not one of its providers, and does not begin with `custom:`',
    ],
    'Link to `/auth/sign-in?provider=<name>`, with the name from `providers` or from the Supabase dashboard.',
  ],
  discovery_required: [
    ['the app calls `auth.start` for a provider with only an `issuer` before its metadata is loaded'],
    'Call `await auth.ready()` before `auth.start`. The sign-in route calls it automatically.',
  ],
  session_off: [
    [
      'the app calls `auth.getUser`, `auth.require`, `auth.getAccessToken` or `auth.updateSession` without the option `session`',
      'the app signs in through Supabase alone, and calls `auth.updateSession` or `auth.createSession`: that session is Supabase’s',
    ],
    'Set `session: true`, and `providers` next to it.',
  ],
  session_too_large: [
    [
      '`data` from `onSession` or `updateSession` is large: a session and its profile must fit into two cookies',
      'the provider says very long texts about the person',
    ],
    'Keep an identifier in `data`, and the rest in your database.',
  ],
  session_missing: [
    [
      'nobody has signed in with this browser, or the session is over: `session.maxAge`, `session.idle`',
      'the person has signed out in another tab',
      'the app has another `secret`, another `origin` or another `session.name` than when the person signed in',
      'a page of another site sends the request: a browser then leaves the cookie out',
    ],
    'Sign in. A new `secret` goes in front of the old one, in a list, so that nobody is signed out.',
  ],
  access_token_missing: [
    [
      'the option `session.tokens` was not set when the person signed in',
      '`createSession` made the session, or the provider refused an earlier renewal',
      'the tokens did not fit into cookies: an event `tokens_too_large` tells which',
    ],
    'Set `session: { tokens: true }`, and let the person sign in again.',
  ],
  access_token_expired: [
    [
      'the provider gives no refresh token, or wants to be asked: `access_type: offline` at Google, the scope `offline_access` at most others',
      'the provider gives a refresh token at the first sign-in alone, as Google does without `prompt: consent`',
    ],
    'Let the person sign in again. Ask for a refresh token with `scopes` or `authorizationParams`.',
  ],
  refresh_refused: [
    [
      'the person has taken the access back at the provider, or the refresh token is too old',
      'another instance of the app has used the refresh token up, and the provider takes each one once',
      'the app has another `clientId` than when the person signed in',
    ],
    'Let the person sign in again. Nobody is signed out: the session stays.',
  ],
  logout_token_invalid: [
    [
      'somebody else than the provider posts to the address for logout tokens',
      'the provider signs for another client, or with an algorithm that its metadata do not list: `parameter` is `iss` or `alg`',
      'the clock of the server is wrong: `parameter` is `exp`',
    ],
    'Answer 400. `parameter` names the part at fault: `alg`, `kid`, `signature`, or the claim.',
  ],
  session_unavailable: [
    [
      'the hook `isRevoked` of the app failed: `cause` of the event has the reason',
      'the server has no route `/auth/session`: the option `session` is not set, or `paths.session` is another path',
      'the network or the server is down',
      'the page belongs to another origin than the app',
    ],
    'Set `session: true`, and give `getSession` and `watchSession` the path that the server has.',
  ],
  session_refused: [
    [
      '`onSession` threw: because of its database, its session store, or a missing member of the session',
      '`onSession` returned something that it [must not](options.md#what-a-hook-may-return): another member, an invalid header or redirect',
    ],
    'Look at `cause` of the event: it is the thrown value, or an error that names the member.',
  ],
  sign_out_state: [
    [
      'the person came back from the provider’s sign-out after more than ten minutes, or opened that address again later',
      'the app’s `secret` or `origin` has changed in the meantime',
      'somebody made the address up',
    ],
    'Nothing: the person is signed out, and went on to `paths.afterSignOut`.',
  ],
  sign_out_failed: [
    [
      '`onSignOut` threw',
      '`onSignOut` returned something that it [must not](options.md#what-a-hook-may-return)',
    ],
    'Look at `cause` of the event: it is the thrown value, or an error that names the member.',
  ],
}

/** @type {Record<string, Row>} */
export const REQUEST = {
  method_not_allowed: [
    [
      'a link signs out: sign-out accepts only POST, because otherwise any page and any prefetch can sign people out',
      'the provider responds by POST (`form_post`), and the app routes only GET to the callback',
    ],
    'Sign out with a form: `<form method="post" action="/auth/sign-out">`. For `form_post`, also export the callback as POST.',
  ],
  fetch_metadata: [
    [
      "a framework's link component loads `/auth/sign-in` with fetch instead of opening it",
      'an image, a frame or a script has the address',
      'with `verifyOnGet`: another site loads the link of an e-mail as an image or in a frame',
    ],
    'Use a plain `<a href>`: in SvelteKit with `data-sveltekit-reload`, in React Router with `reloadDocument`, in Next.js `<a>` and not `<Link>`.',
  ],
  csrf: [
    [
      'the form for signing out, or the button behind the link of an e-mail, is on another origin: another port, another sub-domain, http instead of https',
      '`origin` is not the address that people see, and the browser sends only `Origin`',
    ],
    'Put the form on a page of the app itself, and check `origin`. A 403 without this code is the framework’s own check: [Astro](frameworks/astro.md), [SvelteKit](frameworks/sveltekit.md).',
  ],
  content_type: [
    [
      'something posts other data than a form to the callback or to `/auth/confirm`, for example your own script with JSON',
    ],
    'Post a form, or leave it to the browser: the provider’s response and the button of Landfall’s page are forms.',
  ],
  request_too_large: [
    ['the address or the body has a size that no sign-in has: usually somebody attacks'],
    'Do nothing, if it is rare. Otherwise find out which provider sends it.',
  ],
  param_too_long: [
    ['the `code` is longer than the code of any provider: usually somebody attacks'],
    'Do nothing, if it is rare. Otherwise find out which provider sends it.',
  ],
  param_duplicate: [
    [
      'the registered redirect URI has a parameter of the same name (`?code=`, `?state=`) in its query',
      'a rewrite of a proxy or of the framework appends the query again',
    ],
    'Register the callback without a query, and look at the address that arrives at the app.',
  ],
  response_missing: [
    [
      'somebody opens the callback directly: a bookmark, the history, a crawler',
      'a redirect on the way (to another host, to a trailing slash, to a language) drops the query',
      'the response is in the fragment: an older client uses the implicit flow',
    ],
    'Start a sign-in and follow the redirects to the callback in the network panel: the query must arrive. Use the PKCE flow.',
  ],
  code_missing: [
    [
      'something on the way to the app drops a part of the query',
      'the provider sends `code=` without a value',
    ],
    'Look at the address that arrives at the app.',
  ],
  code_invalid: [
    ['something decoded or cut the address on the way, or a person typed it'],
    'Look at the address that arrives at the app.',
  ],
  code_and_error: [
    ['the redirect URI has `code` or `error` in its own query', 'somebody forged the address'],
    'Register the callback without a query.',
  ],
  response_type_unexpected: [
    [
      'supabase-js without `flowType: "pkce"` started the sign-in: plain `createClient` uses the implicit flow',
      'somebody forged a link with their own tokens in it',
    ],
    'Start the sign-in with `/auth/sign-in`, with `@supabase/ssr`, or with `flowType: "pkce"`. If a page must accept such links, use `complete({ implicit: true })`.',
  ],
  response_mode_unexpected: [
    [
      '`responseMode` is set, and the response arrives in the other mode',
      'the provider responds with a JWT (`response`), which Landfall does not support',
    ],
    'Set `responseMode` to the provider’s mode, and switch JARM off at the provider.',
  ],
}

/** @type {Record<string, Row>} */
export const TRANSACTION = {
  state_missing: [
    [
      'something cuts the query on the way',
      'the provider does not return `state`, although it must',
      'the sign-in began before a [move](moving.md) from Auth.js, which sends no `state` to some providers',
      'the redirect URLs of the Supabase project are so wide that Supabase came back to the callback of another provider',
    ],
    'Look at the address that arrives at the app. Supabase comes back to `/auth/callback`, a direct provider to `/auth/callback/<name>`.',
  ],
  state_mismatch: [
    [
      'the address is from another browser or another sign-in: somebody copied, mailed or forged it to sign a person in to another account',
      'this browser has more than five sign-ins in progress, and Landfall dropped the oldest cookie',
    ],
    'Start again. If many people see it, find out what rewrites `state` on the way.',
  ],
  transaction_missing: [
    [
      'the browser sent no cookie: the sign-in started in another browser, or the person deleted the cookies',
      'the response of `auth.signIn` or of `auth.start` lost its `Set-Cookie` line on the way',
      'the browser keeps no `Secure` cookie of a plain http address',
      'the sign-in began before a [move](moving.md) from another library',
    ],
    'Run `npx landfall doctor https://app.example`: it checks the cookie. Return the Response as it is, and send every `setCookie` of `auth.start`.',
  ],
  transaction_cookies_blocked: [
    [
      'the link of an app or of an e-mail opened a different browser than the one that started',
      'the browser blocks cookies, or the page is in a frame of another site',
      'a proxy or a CDN removes the Cookie header on this path',
    ],
    'Start again in the browser that has the page open. If everybody sees it, check what is between browser and app.',
  ],
  transaction_wrong_host: [
    [
      'in development, the page is open at localhost and the callback at 127.0.0.1, or the reverse',
      'www.app.example and app.example both answer, and `origin` is only one of them',
      'a preview address started the sign-in, and the registered callback is the one of production',
    ],
    'Redirect all hosts to one host, and set `origin` to it. In development, open the app at exactly the host of `origin`. For previews, see [trustedHosts](options.md#origin).',
  ],
  transaction_expired: [
    ['the person took more than ten minutes at the provider', 'the server’s clock jumped'],
    'Start again.',
  ],
  transaction_evicted: [
    ['the person opened the sign-in in more than five tabs, and came back in the first one'],
    'Do nothing: the person starts again. A browser keeps five sign-ins, because all cookies of a site share one header.',
  ],
  transaction_used: [
    [
      'the browser loaded the callback again: reload, the back button, a restored tab',
      'a browser extension or a scanner also opened the address',
    ],
    'Do nothing: the sign-in is finished. The error page says so, and has a link to the app.',
  ],
  transaction_invalid: [
    [
      'somebody changed `secret`, the client secret or Supabase’s key during the sign-in',
      'two servers of the app have different secrets',
      'the redirect_uri (`origin`, `paths.callback`, `callback`) or the issuer changed, or differs between two servers',
      'somebody renamed the provider, or removed it from `providers`',
      'somebody changed the cookie',
    ],
    'Start again. To change the secret without this, see [rotating the secret](deploying.md#rotating-the-secret).',
  ],
  callback_unknown: [
    [
      'the provider comes back to `/auth/callback`, but its callback is `/auth/callback/<name>`: an older version had one callback for all',
      'the name in the registered address differs from the name in `providers`',
      'the app routes a path to `auth.callback` that belongs to no provider: `paths.callback` or `callback` has another value',
    ],
    'Register `https://app.example/auth/callback/<name>` at the provider ([a callback for each provider](providers.md#a-callback-for-each-provider)).',
  ],
  redirect_uri_mismatch: [
    [
      'somebody sent the response of one provider to the callback of another: a mix-up attack, which ends here',
      'two providers share one registration, so one responds at the address of the other',
      "the app also has Supabase, and the provider’s codes are UUIDs like Supabase’s: set `responseMode: 'form_post'`",
      'a proxy or a route of the app rewrites the path',
    ],
    'Start again. If it always happens, compare the path of `redirect_uri` in the first redirect with the path that arrives.',
  ],
  iss_missing: [
    [
      '`authorizationResponseIssParameterSupported` is set, or the metadata promises it, but the provider does not send `iss`',
      'Keycloak: the client excludes the issuer from the authentication response',
      'a redirect on the way drops a part of the query',
    ],
    'Let the provider send `iss`. If you set the option yourself, remove it.',
  ],
  iss_mismatch: [
    [
      '`issuer` differs from the provider’s spelling: last slash, tenant, host',
      '`issuer` next to explicit addresses is only the host: GitHub’s is `https://github.com/login/oauth`',
      'the response is from a different provider than the one that the app asked: a mix-up attack',
    ],
    'Compare `issuer` with the `iss` in the address of the callback. They must be equal, character by character.',
  ],
}
