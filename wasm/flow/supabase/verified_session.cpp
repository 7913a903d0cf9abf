#include "flow/supabase/verified_session.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "base/ascii.hpp"
#include "base/base64url.hpp"
#include "base/sha256.hpp"
#include "base/utf8.hpp"
#include "flow/fetch.hpp"
#include "flow/not_set.hpp"
#include "flow/respond.hpp"
#include "flow/supabase/ask.hpp"
#include "flow/supabase/stored_session.hpp"
#include "flow/verification.hpp"
#include "rules/public_origin.hpp"
#include "rules/supabase/auth_response.hpp"
#include "rules/supabase/session.hpp"
#include "rules/supabase/session_cookies.hpp"
#include "rules/token_response.hpp"

namespace landfall::supabase {
namespace {

Text hash_in(const Project& project, std::string_view text) {
  const Sha256Digest digest = sha256(concat(project.api, "\n", text));
  return base64url(as_bytes(digest));
}

constexpr auto kUserMembers = std::to_array<std::string_view>({"id"});

/// A question about the session in a browser's cookies.
class Verification {
 public:
  Verification(const Config& config, const Request& request, Wanted wanted, const FoundSession& stored,
               const Document* session)
      : config_(config),
        project_(*config.supabase()),
        request_(request),
        wanted_(wanted),
        stored_(stored),
        access_token_(text_of(session, "access_token")),
        refresh_token_(text_of(session, "refresh_token")),
        expires_at_(parse_decimal(text_of(session, "expires_at")).value_or(std::numeric_limits<std::int64_t>::max())) {}

  Step& begin() {
    if (stored_.json.empty()) return nobody(stored_.set_cookies);
    const std::int64_t minimum = parse_decimal(request_.minimum).value_or(0);
    if (expires_at_ - request_.now < std::max(kExpiryMarginSeconds, minimum)) return renew();
    return go_on();
  }

  Step& take_renewed(const FetchResult& result) {
    ProviderError refusal;
    const auto session = parse_session_response(result, refusal);
    const auto origin = resolve_public_origin(config_.origin, request_);
    if (!origin) return respond_error(config_, origin.error());
    if (session) {
      List<std::string_view> lines;
      keep_renewed_session(project_, request_, *origin, *session, result.body, lines);
      if (wanted_ == Wanted::access_token) {
        const std::int64_t life = seconds_of(session->at("expires_in").text).value_or(0);
        const std::int64_t expires_at =
            parse_decimal(session->at("expires_at").text).value_or(request_.now - result.age + life);
        return with_keep(give(session->at("access_token").text, expires_at, lines));
      }
      Text view = build_stored_view(to_ascii_json(result.body), true);
      return with_keep(somebody(view, lines));
    }
    // Only a refusal of this session ends it: not a server that is down or busy (409), and not a key that the app has
    // wrong.
    const bool is_over = result.failure == FetchFailure::none && result.status >= 400 && result.status <= 404 &&
                         session.error().code != ErrorCode::supabase_key_invalid;
    if (!is_over) return expires_at_ > request_.now ? go_on() : respond_error(config_, session.error());
    CookieWriter writer(project_, is_secure_origin(*origin));
    clear_session(writer, ProjectCookies(request_.cookie, project_.cookie_name));
    List<std::string_view> lines;
    writer.append_to(lines);
    return nobody(lines);
  }

  Step& take_keys(const FetchResult& result, bool is_again) {
    const Jwt* token = parse_access_token(access_token_);
    const SignatureAlgorithm* algorithm = algorithm_of(token);
    if (algorithm == nullptr) return ask_whose();
    const auto [verify, error] = verify_with(result, *token, *algorithm, {.issuer = {}});
    const ErrorCode code = error.code;
    if (code == ErrorCode::id_token_key && !is_again) return ask_keys(Stage::user_keys_again, kJwksRefetchSeconds);
    if (code == ErrorCode::id_token_key) return with_keep(ask_whose());
    if (code == ErrorCode::id_token_signature) return with_keep(nobody({}));
    // Supabase Auth itself knows, whatever became of the key set.
    if (verify == nullptr) return ask_whose();
    verify->resume = build_resume({}, Stage::user_signature);
    return with_keep(*verify);
  }

  Step& take_signature(const FetchResult& result) {
    if (result.failure != FetchFailure::none) return ask_whose();
    const Jwt* token = result.status == 1 ? parse_access_token(access_token_) : nullptr;
    if (token == nullptr) return nobody({});
    const std::int64_t exp = seconds_of(token->claims.at("exp").text).value_or(0);
    if (exp <= request_.now - config_.clock_tolerance || token->claims.at("sub").text.empty()) return nobody({});
    return somebody(build_claims_view(to_ascii_json(token->payload)), {});
  }

  Step& take_user(const FetchResult& result) {
    if (is_refusal(result)) return nobody({});
    if (const ErrorCode code = check_transport(result); code != ErrorCode::ok) return respond_error(config_, code);
    const Document* user = parse_json_object(result, kUserMembers, 1);
    if (user == nullptr || !user->at(kUserMembers.front()).is_string())
      return respond_error(config_, ErrorCode::supabase_unavailable);
    return somebody(build_stored_view(concat("{\"user\":", to_ascii_json(result.body), "}"), true), {});
  }

 private:
  static std::string_view text_of(const Document* session, std::string_view member) {
    return session == nullptr ? std::string_view() : session->at(member).text;
  }

  /// Null where only Supabase Auth can verify.
  static const SignatureAlgorithm* algorithm_of(const Jwt* token) {
    if (token == nullptr || token->header.at("crit").kind != Kind::missing) return nullptr;
    const SignatureAlgorithm* algorithm = find_signature_algorithm(token->header.at("alg").text);
    return algorithm == nullptr || algorithm->is_mac() ? nullptr : algorithm;
  }

  /// Requests that need the same refresh share one answer, also those that come a little later with the old cookie.
  Step& renew() {
    if (!is_token(refresh_token_)) return expires_at_ > request_.now ? go_on() : nobody({});
    Fetch& fetch = ask_refresh(project_, refresh_token_);
    fetch.cache_key = concat(renewal_family(project_, access_token_), ".", hash_in(project_, refresh_token_));
    fetch.max_age_seconds = kRefreshMemorySeconds;
    fetch.patience_milliseconds = kSupabaseRenewalPatienceMilliseconds;
    fetch.resume = build_resume({}, Stage::renew_session);
    return fetch;
  }

  Step& go_on() {
    if (wanted_ == Wanted::access_token) return give(access_token_, expires_at_, {});
    const Jwt* token = parse_access_token(access_token_);
    return algorithm_of(token) == nullptr ? ask_whose() : ask_keys(Stage::user_keys, kMetadataMaxAgeSeconds);
  }

  Step& ask_keys(Stage stage, std::int64_t max_age_seconds) {
    Fetch& fetch = ask_json(concat(project_.api, "/.well-known/jwks.json"), max_age_seconds, kJwksTypes);
    fetch.again = stage == Stage::user_keys_again;
    fetch.resume = build_resume({}, stage);
    return fetch;
  }

  Step& ask_whose() {
    if (!is_token(access_token_)) return nobody({});
    Fetch& fetch = ask_user(project_, access_token_);
    fetch.resume = build_resume({}, Stage::user_answer);
    return fetch;
  }

  Step& give(std::string_view access_token, std::int64_t expires_at, const List<std::string_view>& lines) const {
    if (!is_token(access_token)) return nobody(lines);
    auto& found = place<FoundToken>();
    found.access_token = access_token;
    found.expires_at = expires_at == std::numeric_limits<std::int64_t>::max() ? 0 : expires_at;
    found.set_cookies = lines;
    return found;
  }

  Step& somebody(std::string_view view, const List<std::string_view>& lines) const {
    auto& found = place<FoundSession>();
    found.json = view;
    found.set_cookies = lines;
    return conclude(config_, request_, wanted_, found);
  }

  Step& nobody(const List<std::string_view>& lines) const { return somebody({}, lines); }

  const Config& config_;
  const Project& project_;
  const Request& request_;
  Wanted wanted_;
  const FoundSession& stored_;
  std::string_view access_token_;
  std::string_view refresh_token_;
  std::int64_t expires_at_;
};

/// @param then what the question goes on with.
template <class Then>
Step& with_verification(const Config& config, const Request& request, Wanted wanted, Then then) {
  if (!config.wants_supabase()) return conclude(config, request, wanted, place<FoundSession>());
  const auto stored = read_stored_session(config, request);
  if (!stored) return respond_error(config, stored.error());
  const Document* session = stored->json.empty() ? nullptr : parse_session(stored->json);
  return then(Verification(config, request, wanted, *stored, session));
}

}  // namespace

Text renewal_family(const Project& project, std::string_view access_token) {
  const Jwt* token = parse_access_token(access_token);
  const std::string_view session_id = token == nullptr ? std::string_view() : token->claims.at("session_id").text;
  return session_id.empty() ? Text() : hash_in(project, session_id);
}

Step& start_verification(const Config& config, const Request& request, Wanted wanted) {
  return with_verification(config, request, wanted,
                           [](Verification verification) -> Step& { return verification.begin(); });
}

Step& resume_verification(const Config& config, const Request& request, Wanted wanted, Stage stage,
                          const FetchResult& result) {
  return with_verification(config, request, wanted, [&](Verification verification) -> Step& {
    switch (stage) {
      case Stage::renew_session:
        return verification.take_renewed(result);
      case Stage::user_signature:
        return verification.take_signature(result);
      case Stage::user_answer:
        return verification.take_user(result);
      default:
        return verification.take_keys(result, stage == Stage::user_keys_again);
    }
  });
}

}  // namespace landfall::supabase
