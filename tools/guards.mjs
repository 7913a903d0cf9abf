// The guards that `npm run mutate` takes out one by one. A guard is a piece of source that stands there exactly once:
// where the code changes, the row has to change with it.

/**
 * @typedef {object} Guard
 * @property {string} text as it stands in the source
 * @property {string} [without] what stands there once the guard is gone; nothing, unless it is said
 */

/**
 * @typedef {object} Guarded
 * @property {string} file
 * @property {string} [unit] what is compiled, where the file is a header
 * @property {string} tests GoogleTest's filter
 * @property {RegExp} refusal a line that refuses: each has to belong to a guard
 * @property {Guard[]} guards
 */

/** @type {Guarded[]} */
export const GUARDED = [
  {
    file: 'wasm/rules/next.cpp',
    tests: 'Next.*',
    refusal: /return (NextVerdict::refused|false);|table\[\w+\] =|add\("|^ {2}k(Path|Query|Fragment) =/,
    guards: [
      { text: 'kPath = kEncodeInPath | kRefuse |', without: 'kPath = kEncodeInPath |' },
      { text: ' | kRefuseInPath | kMarkInPath', without: ' | kMarkInPath' },
      { text: 'kQuery = kEncodeInQuery | kRefuse |', without: 'kQuery = kEncodeInQuery |' },
      { text: 'kFragment = kEncodeInFragment | kRefuse,', without: 'kFragment = kEncodeInFragment,' },
      { text: '  for (std::size_t c = 0; c < 0x20; ++c) table[c] = kRefuse;\n' },
      { text: '  table[0x7F] = kRefuse;\n' },
      { text: '  for (std::size_t c = 0x80; c < 0x100; ++c) table[c] = kEncode;\n' },
      { text: 'add(" \\"<>", kEncode)', without: 'add("\\"<>", kEncode)' },
      { text: '  add("`", kEncodeInPath | kEncodeInFragment);\n' },
      { text: '  add("^{}", kEncodeInPath);\n' },
      { text: '  add("\'", kEncodeInQuery);\n' },
      { text: 'kRefuseInPath | kEncodeInQuery | kEncodeInFragment', without: 'kRefuseInPath' },
      { text: 'add("/%?#", kMarkInPath)', without: 'add("%?#", kMarkInPath)' },
      { text: '  add("#", kMarkInQuery);\n' },
      {
        text: "segment[i] == '%' && segment[i + 1] == '2' &&\n               to_lower(segment[i + 2]) == 'e'",
        without: 'false',
      },
      { text: "to_lower(segment[i + 2]) == 'e'", without: "segment[i + 2] == 'e'" },
      { text: '      if ((class_of(c) & kRefuse) != 0) return false;\n' },
      { text: "if (c != '/' && c != '\\\\') {", without: "if (c != '/') {" },
      { text: '      if (length == 0 && depth == 0) return false;\n' },
      { text: '      ++depth;\n    } else', without: '      depth += 2;\n    } else' },
      {
        text: '    const int dots = dot_segment({segment.data(), length});',
        without: '    const int dots = 0;',
      },
      { text: '    length = 0;\n' },
      { text: "!next.starts_with('/') || " },
      { text: ' || next.starts_with("//")' },
      { text: 'next.size() > kMaxNextBytes || ' },
      { text: " || next.back() == ' '" },
      { text: '    if ((bits & (kRefuse | kRefuseInPath)) != 0) return NextVerdict::refused;\n' },
      {
        text: '        if (dot_segment(next.substr(segment, i - segment)) != 0) return NextVerdict::refused;\n',
      },
      { text: '        segment = i + 1;\n' },
      { text: "        if (c != '/') path_size = i;\n" },
      {
        text: '  if (part == kPath && dot_segment(next.substr(segment)) != 0) return NextVerdict::refused;\n',
      },
      { text: 'percent_in_path && !survives_decoding(next.substr(0, path_size))', without: 'false' },
      { text: 'seen >= 0x80 && !is_utf8(next)', without: 'false' },
      { text: '  if (size > kMaxNextBytes) return NextVerdict::refused;\n' },
    ],
  },
  {
    file: 'wasm/rules/transaction.cpp',
    tests: '*',
    refusal: /return nullptr;|std::nullopt|return ErrorCode::transaction_/,
    guards: [
      { text: '    if (end == std::string_view::npos) return nullptr;\n' },
      { text: '    if (!is_base64url(part)) return nullptr;\n', without: '    ;\n' },
      { text: 'text && is_printable_ascii(*text)', without: 'text' },
      { text: 'seal.size() != kSealCharacters || ' },
      { text: '!provider_name || ' },
      { text: '!path || ' },
      { text: ' || !hints) return nullptr;', without: ') return nullptr;' },
      { text: 'binding.redirect_uri', without: '""' },
      { text: 'binding.issuer', without: '""' },
      { text: '!is_ours || ' },
      { text: ' || !is_code_verifier(transaction.code_verifier)' },
      {
        text: '  if (transaction.created > now + kClockSkewSeconds) return ErrorCode::transaction_invalid;\n',
      },
      {
        text: '  if (now - transaction.created >= kTransactionSeconds) return ErrorCode::transaction_expired;\n',
      },
    ],
  },
  {
    file: 'wasm/rules/iss.hpp',
    unit: 'wasm/flow/callback.cpp',
    tests: '*',
    refusal: /ErrorCode::iss_/,
    guards: [
      { text: 'required ? ErrorCode::iss_missing : ErrorCode::ok', without: 'ErrorCode::ok' },
      { text: ' : ErrorCode::iss_mismatch', without: ' : ErrorCode::ok' },
    ],
  },
  {
    file: 'wasm/flow/callback.cpp',
    tests: '*',
    refusal: /return .*(respond_(error|nothing)|respond_wrong_method|ErrorCode::(?!ok\b))/,
    guards: [
      { text: '  if (state.size() > kMaxStateBytes) return {.code = ErrorCode::state_mismatch};\n' },
      { text: '    if (provider == nullptr) continue;\n' },
      { text: '    if (code == ErrorCode::transaction_invalid) continue;\n' },
      {
        text: '    if (!equal_constant_time(transaction->state, state)) return {.code = ErrorCode::state_mismatch};\n',
      },
      { text: '  if (!provider.form_post) return ErrorCode::method_not_allowed;\n' },
      {
        text: 'provider == &called ? code : ErrorCode::redirect_uri_mismatch',
        without: 'code',
      },
      { text: '  if (called == nullptr) return respond_error(config, ErrorCode::callback_unknown);\n' },
      {
        text: '  if (const Error error = check_configured(provider); error.code != ErrorCode::ok)\n    return respond_not_set(config, request, error, {.provider = provider.name});\n',
      },
      {
        text: '  if (!is_media_type(request.content_type, "application/x-www-form-urlencoded"))\n    return Error{ErrorCode::content_type, "content-type"};\n',
      },
      { text: '  if (request.body.size() > kMaxFormBodyBytes) return ErrorCode::request_too_large;\n' },
      {
        text: '  if (const ErrorCode code = check_iss(response.iss, provider.issuer, iss_required); code != ErrorCode::ok) return code;\n',
      },
      { text: '  if (response.has_tokens) return ErrorCode::response_type_unexpected;\n' },
      { text: '  if (response.has_response_object) return ErrorCode::response_mode_unexpected;\n' },
      {
        text: 'response.code.empty() ? provider_error_code(response.error) : ErrorCode::code_and_error',
        without: 'provider_error_code(response.error)',
      },
      {
        text: '  if (!response.error.empty())\n    return response.code.empty() ? provider_error_code(response.error) : ErrorCode::code_and_error;\n',
      },
      { text: 'return check_code(response.code);', without: 'return ErrorCode::ok;' },
      { text: '  if (is_speculative(request)) return respond_nothing();\n' },
      {
        text: '  if (request.method != "GET" && request.method != "POST") return respond_wrong_method(config, "GET, POST");\n',
      },
      {
        text: '  if (const ErrorCode code = check_navigation(request); code != ErrorCode::ok) return respond_error(config, code);\n',
      },
      { text: '  if (!origin) return respond_error(config, origin.error());\n' },
      { text: '  if (!form) return respond_error(config, form.error());\n' },
      { text: '  if (!parsed) return respond_error(config, parsed.error());\n' },
      {
        text: '  if (!response.is_present) return respond_error(config, ErrorCode::response_missing);\n',
      },
      {
        text: '  if (response.state.empty())\n    return respond_error(config,\n                         response.has_response_object ? ErrorCode::response_mode_unexpected : ErrorCode::state_missing);\n',
      },
      { text: 'opened.code != ErrorCode::ok || ' },
      {
        text: '  if (opened.code != ErrorCode::ok || opened.provider == nullptr || opened.transaction == nullptr)\n    return respond_error(config, {.code = opened.code}, outcome);\n',
      },
      {
        text: '  if (config.wants_supabase() && !provider.form_post && supabase::is_auth_code(response.code))\n    return respond_error(config, {.code = ErrorCode::redirect_uri_mismatch}, outcome);\n',
      },
      { text: 'config.wants_supabase() && !provider.form_post && ', without: '!provider.form_post && ' },
      { text: ' && !provider.form_post' },
      { text: ' && !is_theirs' },
      {
        text: '  if (provider.form_post && request.method != "POST") return respond_error(config, ErrorCode::response_mode_unexpected);\n',
      },
      { text: '  if (!endpoints) return respond_error(config, endpoints.error(), outcome);\n' },
      {
        text: '  if (const ErrorCode code = check_response(response, provider, endpoints->iss_required); code != ErrorCode::ok) {\n    outcome.detail = describe(response.error, kMaxErrorBytes);\n    outcome.description = describe(response.error_description, kMaxErrorDescriptionBytes);\n    return with_keep(respond_error(config, {.code = code}, outcome));\n  }\n',
      },
      {
        text: 'choose_next(config, transaction.next, *origin, config.paths.after_sign_in)',
        without: 'transaction.next',
      },
      {
        text: '  if (candidates.empty())\n    return {.code = explain_missing_transaction',
        without: '  if (false)\n    return {.code = explain_missing_transaction',
      },
    ],
  },
]
