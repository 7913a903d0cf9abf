#include "flow/resume.hpp"

#include "flow/admit.hpp"
#include "flow/finish.hpp"
#include "flow/pending.hpp"
#include "flow/respond.hpp"
#include "flow/sign_out.hpp"
#include "flow/supabase/exchange.hpp"
#include "flow/supabase/implicit.hpp"
#include "flow/supabase/sign_out.hpp"

namespace landfall {
namespace {

Step& resume_supabase(const Config& config, const Request& request, Pending& pending, const Answer& answer) {
  if (pending.stage == Stage::user) return supabase::resume_fragment(config, request, answer);
  if (pending.stage == Stage::exchange || pending.stage == Stage::redeem)
    return supabase::take_session(config, request, pending, answer);
  return supabase::resume_log_out(config, pending, answer);
}

}  // namespace

Step& resume(const Config& config, const Request& request, std::string_view text, const Answer& answer) {
  Pending* pending = parse_resume(text);
  const Error refusal{ErrorCode::internal_error, "resume"};
  if (pending == nullptr) return respond_error(config, refusal);
  switch (pending->stage) {
    case Stage::token:
    case Stage::jwks:
    case Stage::jwks_again:
    case Stage::verify:
    case Stage::userinfo:
    case Stage::emails:
      return resume_callback(config, request.now, *pending, answer);
    case Stage::app_sign_out:
      return resume_app_sign_out(config, request, *pending, answer);
    case Stage::revoke:
      return resume_revocation(config, *pending, answer);
    case Stage::exchange:
    case Stage::redeem:
    case Stage::refresh:
    case Stage::logout:
    case Stage::user:
      if (config.supabase != nullptr) return resume_supabase(config, request, *pending, answer);
      break;
    case Stage::session:
      return resume_admission(config, request, *pending, answer);
  }
  return respond_error(config, refusal);
}

}  // namespace landfall
