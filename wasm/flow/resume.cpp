#include "flow/resume.hpp"

#include "flow/admit.hpp"
#include "flow/client.hpp"
#include "flow/finish.hpp"
#include "flow/pending.hpp"
#include "flow/respond.hpp"
#include "flow/sign_out.hpp"
#include "flow/supabase/exchange.hpp"
#include "flow/supabase/implicit.hpp"
#include "flow/supabase/sign_out.hpp"

namespace landfall {
namespace {

Step& resume_supabase(const Config& config, const Request& request, Pending& pending, const FetchResult& result) {
  if (pending.stage == Stage::user) return supabase::resume_implicit(config, request, result);
  if (pending.stage == Stage::exchange || pending.stage == Stage::redeem)
    return supabase::resume_exchange(config, request, pending, result);
  return supabase::resume_log_out(config, request, pending, result);
}

}  // namespace

[[gnu::noinline]] Step& resume(const Config& config, const Request& request, std::string_view text,
                               const FetchResult& result) {
  Pending* pending = parse_resume(text);
  const Error refusal{ErrorCode::internal_error, "resume"};
  if (pending == nullptr) return respond_error(config, refusal);
  switch (pending->stage) {
    case Stage::sign_secret:
    case Stage::sign_revocation:
      return resume_signature(config, *pending, result);
    case Stage::token:
    case Stage::jwks:
    case Stage::jwks_again:
    case Stage::verify:
    case Stage::userinfo:
    case Stage::emails:
      return resume_callback(config, request, *pending, result);
    case Stage::app_sign_out:
      return resume_app_sign_out(config, request, *pending, result);
    case Stage::revoke:
      return resume_revocation(config, *pending, result);
    case Stage::exchange:
    case Stage::redeem:
    case Stage::refresh:
    case Stage::logout:
    case Stage::user:
      if (config.supabase() != nullptr) return resume_supabase(config, request, *pending, result);
      break;
    case Stage::session:
      return resume_admission(config, request, *pending, result);
    default:
      // The other stages are those of question.
      break;
  }
  return respond_error(config, refusal);
}

}  // namespace landfall
