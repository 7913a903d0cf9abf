// The bugs that `npm run fuzz:planted` plants one by one. Each is a piece of source that stands there exactly once, and
// what a careless change would make of it: where the code changes, the row has to change with it.

/**
 * @typedef {object} Bug
 * @property {string} bug what is wrong, in one line
 * @property {string} file
 * @property {string} [unit] what is compiled, where the file is a header
 * @property {string} text as it stands in the source
 * @property {string} [planted] what stands there instead; nothing, unless it is said
 */

const CALLBACK = 'wasm/flow/callback.cpp'
const TRANSACTION = 'wasm/rules/transaction.cpp'
const COOKIES = 'wasm/rules/transaction_cookies.cpp'
const ID_TOKEN = 'wasm/rules/id_token.cpp'
const FINISH = 'wasm/flow/finish.cpp'
const RELAY = 'wasm/flow/relay.cpp'
const ATTEMPTS = 'wasm/flow/supabase/attempts.cpp'

/** @type {Bug[]} */
export const BUGS = [
  {
    bug: 'state is not compared beyond its tag',
    file: CALLBACK,
    text: 'if (!equal_constant_time(transaction->state, state)) return {.code = ErrorCode::state_mismatch};',
  },
  {
    bug: 'a response at another provider’s callback is used',
    file: CALLBACK,
    text: 'provider == &called ? code : ErrorCode::redirect_uri_mismatch',
    planted: 'code',
  },
  {
    bug: 'a code of Supabase’s is used at a provider’s callback',
    file: CALLBACK,
    text: 'if (config.wants_supabase() && !provider.form_post && is_uuid(response.code))',
    planted: 'if (false)',
  },
  {
    bug: 'tokens in the response go unnoticed',
    file: CALLBACK,
    text: 'if (response.has_tokens) return ErrorCode::response_type_unexpected;',
  },
  {
    bug: 'an image or a frame finishes a sign-in',
    file: CALLBACK,
    text: 'if (const ErrorCode code = check_navigation(request); code != ErrorCode::ok) return respond_error(config, code);',
  },
  {
    bug: 'the response of a form_post provider is taken from the query',
    file: CALLBACK,
    text: 'if (provider.form_post && request.method != "POST") return respond_error(config, ErrorCode::response_mode_unexpected);',
  },
  {
    bug: 'iss may be left out although the metadata promises it',
    file: 'wasm/rules/issuer.cpp',
    text: 'return required ? ErrorCode::iss_missing : ErrorCode::ok;',
    planted: 'return ErrorCode::ok;',
  },
  {
    bug: 'iss is not compared',
    file: 'wasm/rules/issuer.cpp',
    text: 'issuers.issuer.empty() || is_same(issuers, iss) ?',
    planted: 'true ?',
  },
  {
    bug: 'the last of two codes counts',
    file: 'wasm/rules/authorization_response.cpp',
    text: 'if (seen[i]) return Error{ErrorCode::param_duplicate, kName[i]};',
  },
  {
    bug: 'any seal opens',
    file: TRANSACTION,
    text: 'bool is_ours = false;',
    planted: 'bool is_ours = true;',
  },
  {
    bug: 'the seal does not cover the redirect_uri',
    file: TRANSACTION,
    text: 'parts{payload, "\\n", binding.redirect_uri,',
    planted: 'parts{payload, "\\n", "",',
  },
  {
    bug: 'the seal does not cover the issuer',
    file: TRANSACTION,
    text: '"\\n", binding.issuer}',
    planted: '"\\n", ""}',
  },
  {
    bug: 'a transaction never expires',
    file: TRANSACTION,
    text: 'if (now - transaction.created >= kTransactionSeconds) return ErrorCode::transaction_expired;',
  },
  {
    bug: 'a transaction of a domain’s cookie counts as one with __Host-',
    file: COOKIES,
    text: `  CookieFields cookies(cookie_header, prefix);
  Cookie cookie;
  while (found.size() < max && cookies.read(cookie)) {
    const std::string_view its_tag = cookie.name.substr(prefix.size());`,
    planted: `  CookieFields cookies(cookie_header, {});
  Cookie cookie;
  while (found.size() < max && cookies.read(cookie)) {
    if (!cookie.name.starts_with(prefix) && !cookie.name.starts_with("landfall-")) continue;
    const std::string_view its_tag = cookie.name.substr(cookie.name.rfind("landfall-") + 9);`,
  },
  {
    bug: 'any name that ends like a transaction’s is one, and the sibling’s comes first',
    file: COOKIES,
    text: `  CookieFields cookies(cookie_header, prefix);
  Cookie cookie;
  while (found.size() < max && cookies.read(cookie)) {
    const std::string_view its_tag = cookie.name.substr(prefix.size());`,
    planted: `  CookieFields cookies(cookie_header, {});
  Cookie cookie;
  while (found.size() < max && cookies.read(cookie)) {
    if (cookie.name.size() < 10) continue;
    const std::string_view its_tag = cookie.name.substr(cookie.name.size() - 10);`,
  },
  {
    bug: 'a finished sign-in is forgotten',
    file: COOKIES,
    text: 'if (is_state_tag(tag) && finished_tags(cookie_header, secure).find(tag) != std::string_view::npos)',
    planted: 'if (false)',
  },
  {
    bug: 'a transaction stays after its end',
    file: COOKIES,
    text: 'if (is_state_tag(state_tag(state))) add_removal(out, secure, state_tag(state));',
  },
  {
    bug: 'a comma separates cookies',
    file: 'wasm/web/cookie.cpp',
    text: `    std::size_t end = plain_prefix<';'>(rest_);
    while (end < rest_.size() && rest_[end] != ';') ++end;`,
    planted: '    const std::size_t end = std::min(rest_.find_first_of(";,"), rest_.size());',
  },
  {
    bug: 'nonce is not compared',
    file: ID_TOKEN,
    text: 'expected.has_nonce && !is_nonce',
    planted: 'false',
  },
  {
    bug: 'aud is not compared',
    file: ID_TOKEN,
    text: 'if (!is_audience(claims, expected.client_id, others)) return ErrorCode::id_token_aud;',
    planted: '(void)is_audience(claims, expected.client_id, others);',
  },
  {
    bug: 'azp is not compared',
    file: ID_TOKEN,
    text: '!(azp.is_string() && azp.text == expected.client_id)',
    planted: 'false',
  },
  {
    bug: 'the issuer of an ID Token is not compared',
    file: ID_TOKEN,
    text: 'iss.is_string() && is_issuer(issuers, iss.text, claims.at("tid").text)',
    planted: 'iss.is_string()',
  },
  {
    bug: 'an ID Token never expires',
    file: ID_TOKEN,
    text: 'numeric_date(claims.at("exp"), kPast) <= earliest',
    planted: 'numeric_date(claims.at("exp"), kPast) == kPast',
  },
  {
    bug: 'at_hash is not compared',
    file: ID_TOKEN,
    text: 'equal_constant_time(at_hash.text, build_at_hash(expected.access_token, algorithm->hash_bits))',
    planted: '!build_at_hash(expected.access_token, algorithm->hash_bits).empty()',
  },
  {
    bug: 'the signature of an ID Token is not verified',
    file: FINISH,
    text: 'if (!is_valid) return refuse_signature(ErrorCode::id_token_signature);',
  },
  {
    bug: 'the profile may be somebody else’s',
    file: FINISH,
    text: 'if (!expected.empty() && !(sub.is_string() && sub.text == expected)) return refuse(ErrorCode::userinfo_sub);',
  },
  {
    bug: 'the code_verifier is not sent',
    file: 'wasm/rules/token_request.cpp',
    text: 'if (provider.pkce) body.add("code_verifier", code_verifier);',
  },
  {
    bug: 'HEAD begins and ends sign-ins',
    file: 'wasm/codec/core.cpp',
    text: 'request.method = message[method];',
    planted: 'request.method = message[method] == "HEAD" ? "GET" : message[method];',
  },
  {
    bug: 'a long Cookie header is cut, so a sibling’s cookies keep the person from signing in',
    file: 'wasm/codec/core.cpp',
    text: 'request.cookie = request.cookie.substr(0, kMaxCookieHeaderBytes);',
    planted: 'request.cookie = request.cookie.substr(0, 8192);',
  },
  {
    bug: 'a cookie without a name hides those behind it, so a sibling keeps the person from signing in',
    file: 'wasm/web/cookie.cpp',
    text: `    if (!pair.starts_with(name_prefix_)) continue;
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) continue;`,
    planted: `    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) return false;
    if (!pair.starts_with(name_prefix_)) continue;`,
  },
  {
    bug: 'a prerender begins and ends sign-ins',
    file: 'wasm/rules/request.cpp',
    text: `request.sec_purpose.find("prefetch") != std::string_view::npos ||
         request.sec_purpose.find("prerender") != std::string_view::npos || `,
    planted: '',
  },
  {
    bug: 'a form of another site signs out',
    file: 'wasm/rules/request.cpp',
    text: 'request.sec_fetch_site == "same-origin" || request.sec_fetch_site == "none"',
    planted: 'true',
  },
  {
    bug: '`next` may begin with //',
    file: 'wasm/rules/next.cpp',
    text: ' || next.starts_with("//")',
  },
  {
    bug: 'a refused `next` is used all the same',
    file: 'wasm/flow/respond.cpp',
    text: 'if (verdict == NextVerdict::refused) return fallback;',
    planted: 'if (verdict == NextVerdict::refused) return next;',
  },
  {
    bug: 'a forwarded host needs no trust',
    file: 'wasm/rules/public_origin.cpp',
    text: 'if (!is_local && !is_trusted(policy, *host, scheme)) return Error{ErrorCode::host_untrusted, header};',
  },
  {
    bug: 'a session that the app refuses is set',
    file: 'wasm/flow/admit.cpp',
    text: 'result.failure != FetchFailure::none || !fault.empty()',
    planted: '!fault.empty()',
  },
  {
    bug: 'Supabase: the verifier of another flow is used',
    file: ATTEMPTS,
    text: ' || !equal_constant_time(attempt.flow_id, flow_id)',
  },
  {
    bug: 'Supabase: `own` takes a foreign verifier of the named flow',
    file: ATTEMPTS,
    text: 'if (is_own) return {.code = ErrorCode::flow_foreign};',
  },
  {
    bug: 'Supabase: `own` takes a foreign verifier where no flow is named',
    file: ATTEMPTS,
    text: 'if (is_sealed || !is_own) ',
  },
  {
    bug: 'Supabase: the old person’s session stays in front of the new one',
    file: 'wasm/rules/supabase/session_cookies.cpp',
    text: 'if (!stays) writer.remove(cookie.suffix);',
  },
  {
    bug: 'Supabase: any code at the root of the site is a response',
    file: 'wasm/flow/supabase/callback.cpp',
    text: 'is_explained || is_uuid(response->code)',
    planted: 'is_explained || !response->code.empty()',
  },
  {
    bug: 'Supabase: `own` takes tokens from the fragment',
    file: 'wasm/flow/supabase/implicit.cpp',
    text: 'if (config.supabase()->own_flows) return respond_error(config, ErrorCode::flow_foreign);',
  },
  {
    bug: 'a response is passed on to any host that its state names',
    file: RELAY,
    text: 'if (host_matches(*host, scheme_of(*host), pattern)) return true;',
    planted: 'if (!pattern.empty()) return true;',
  },
  {
    bug: 'a response is passed on to the host that passes it on',
    file: RELAY,
    text: ' || origin_of(*host) == origin',
  },
]
