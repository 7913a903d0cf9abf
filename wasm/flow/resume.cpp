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

bool is_supabase(Stage stage) {
  switch (stage) {
    case Stage::exchange:
    case Stage::redeem:
    case Stage::refresh:
    case Stage::logout:
    case Stage::user:
      return true;
    default:
      return false;
  }
}

}  // namespace

Step& resume(const Config& config, const Request& request, std::string_view text, const Answer& answer) {
  Pending* pending = parse_resume(text);
  if (pending == nullptr || (is_supabase(pending->at()) && config.supabase == nullptr))
    return respond_error(config, {.code = ErrorCode::internal_error, .parameter = "resume"});
  switch (pending->at()) {
    case Stage::token:
    case Stage::jwks:
    case Stage::jwks_again:
    case Stage::verify:
    case Stage::userinfo:
    case Stage::emails:
      break;
    case Stage::session:
      return resume_admission(config, request, *pending, answer);
    case Stage::sign_out:
      return resume_app_sign_out(config, request, *pending, answer);
    case Stage::revoke:
      return resume_revocation(config, *pending, answer);
    case Stage::exchange:
    case Stage::redeem:
      return supabase::take_session(config, request, *pending, answer);
    case Stage::refresh:
    case Stage::logout:
      return supabase::resume_log_out(config, *pending, answer);
    case Stage::user:
      return supabase::resume_fragment(config, request, answer);
  }
  return resume_callback(config, request.now, *pending, answer);
}

}  // namespace landfall
