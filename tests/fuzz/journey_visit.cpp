// The promises, checked at every step of a request.
#include "journey_visit.hpp"

namespace landfall::fuzz {
namespace {

constexpr std::size_t kMaxSteps = 32;

bool sets_session(std::string_view set_cookie) {
  const std::string_view after = set_cookie.substr(std::min(kSessionCookie.size(), set_cookie.size()));
  return set_cookie.starts_with(kSessionCookie) && (after.starts_with('=') || after.starts_with('.')) &&
         !value_of(set_cookie).empty();
}

/// A path of this origin for every browser: not //, not /\.
bool is_path(std::string_view location) {
  return location.starts_with('/') && !location.substr(1).starts_with('/') &&
         location.find('\\') == std::string_view::npos && location.find('#') != std::string_view::npos;
}

/// One visit on its way.
class Passage {
 public:
  Passage(World& world, const Visit& visit, Input& input)
      : world_(world), visit_(visit), input_(input), jar_(world.jars[visit.browser]), host_(kHosts[visit.host]) {
    sent_ = visit.request;
    const bool is_form = visit.request.fields.at(RequestField::method) == "POST" && visit.route == Route::callback;
    const std::string path = address().substr(address().find('/', 8));
    sent_.fields[RequestField::now] = std::to_string(world.now);
    sent_.headers[RequestHeader::cookie] = jar_.header(host_, path, is_form || visit.is_cross_site_post);
    // A host calls a handler of one route, or lets the path decide.
    const bool is_by_path = world.sign_ins.size() % 2 == 1 || visit.is_elsewhere;
    sent_.fields[RequestField::route] = is_by_path ? "" : std::string(route_name(visit.route));
    form_ = is_form ? sent_.fields[RequestField::body] : query_of(sent_.fields[RequestField::url]);
  }

  /// @returns where the browser goes on with the response; empty for nowhere.
  std::string run() {
    carry_out();
    return passed_on_;
  }

 private:
  void carry_out() {
    // Nobody has read the body yet.
    const std::string body = sent_.fields[RequestField::body];
    sent_.fields[RequestField::body].clear();
    StepCase step = ask(world_, visit_.host, visit_.operation, sent_.list());
    CHECK(!step.fields.empty() || visit_.route == Route::none || visit_.is_elsewhere);
    if (step.fields.empty()) return;
    if (address().ends_with("example/")) check_arrival();
    for (std::size_t i = 0; take(step, body); ++i) {
      CHECK(i < kMaxSteps);
      step = ask(world_, visit_.host, visit_.operation, sent_.list());
    }
    if (step.kind() == StepKind::stored_session) return follow(step, stored_session_field::set_cookie_0, 1);
    CHECK(step.kind() == StepKind::respond);
    check_respond(step);
  }

  /// Carries out a step as a host would, and puts what came of it into the request; false for the last one.
  bool take(const StepCase& step, const std::string& body) {
    for (const RequestField field :
         {RequestField::status, RequestField::failure, RequestField::content_type, RequestField::answer})
      sent_.fields[field].clear();
    sent_.fields[RequestField::resume] = step.at(fetch_field::resume);
    switch (step.kind()) {
      case StepKind::fetch:
        check_fetch(step);
        break;
      case StepKind::verify:
      case StepKind::sign:
        check_signature(world_, visit_, step);
        break;
      case StepKind::body:
        return take_body(step, body);
      case StepKind::session:
        return resume_exchange(step);
      case StepKind::sign_out:
        return take_sign_out();
      default:
        return false;
    }
    const Reply reply = reply_to(world_, step, input_);
    // Supabase is asked again, after an outage or with another verifier.
    is_garbled_ |= reply.is_garbled;
    is_refused_ = reply.is_refusal || (is_refused_ && !is_supabase_);
    sent_.fields[RequestField::status] = reply.status;
    sent_.fields[RequestField::failure] = reply.failure;
    sent_.fields[RequestField::content_type] = reply.content_type;
    sent_.fields[RequestField::answer] = reply.body;
    return true;
  }

  /// A body is asked for once, and only where one is of use.
  bool take_body(const StepCase& step, const std::string& body) {
    CHECK(step.at(body_field::resume).empty() && sent_.fields[RequestField::has_body].empty());
    CHECK(visit_.request.fields.at(RequestField::method) == "POST");
    // A third party may begin a sign-in by POST.
    CHECK(visit_.route == Route::callback || visit_.route == Route::confirm || visit_.route == Route::sign_in);
    sent_.fields[RequestField::body] = body;
    sent_.fields[RequestField::has_body] = "1";
    return true;
  }

  /// The app sees a session only of a sign-in that succeeded. It may refuse it, or lead elsewhere.
  bool resume_exchange(const StepCase& step) {
    CHECK(!has_asked_ && !is_refused_ && !visit_.is_harmless);
    CHECK(redeemed_ != nullptr || is_supabase_ || visit_.has_fragment || visit_.route == Route::confirm);
    CHECK(step.at(session_field::session).starts_with('{'));
    access_token_ = json_member(step.at(session_field::session), "access_token");
    if (!is_garbled_) check_person(world_, visit_, redeemed_, step);
    has_asked_ = true;
    const std::size_t choice = input_.pick(8);
    if (choice == 7) sent_.fields[RequestField::failure] = "refused";
    if (choice == 6) sent_.fields[RequestField::redirect] = input_.pick(kRedirects);
    is_session_taken_ = choice < 6;
    is_session_refused_ = choice == 7;
    return true;
  }

  bool take_sign_out() {
    CHECK(!has_asked_ && visit_.route == Route::sign_out && !visit_.is_harmless);
    has_asked_ = true;
    if (visit_.is_sign_out_refused) sent_.fields[RequestField::failure] = "refused";
    sent_.fields[RequestField::revoke_provider] = visit_.revoke_provider;
    sent_.fields[RequestField::revoke_token] = visit_.revoke_token;
    return true;
  }

  [[nodiscard]] std::string parameter(std::string_view name) const { return parameter_of(form_, name); }

  /// Without the query.
  [[nodiscard]] std::string address() const {
    const std::string& url = sent_.fields.at(RequestField::url);
    return url.substr(0, url.find('?'));
  }

  void check_fetch(const StepCase& fetch) {
    const std::string url = fetch.at(fetch_field::url);
    check_question(world_, fetch);
    is_supabase_ = url.starts_with("https://abc.supabase.co/");
    has_asked_supabase_ |= is_supabase_;
    if (fetch.at(fetch_field::method) == "GET") return;
    CHECK(!visit_.is_harmless && !(has_asked_ && visit_.route != Route::sign_out));
    CHECK(!(has_asked_ && visit_.is_sign_out_refused));
    const std::string body = fetch.at(fetch_field::body);
    for (const Provider& provider : world_.providers()) {
      if (url != provider.token_endpoint()) continue;
      CHECK(visit_.route == Route::callback);
      CHECK(!provider.is_bare || body.find("code_verifier") == std::string::npos);
      redeemed_ = provider.is_bare ? world_.find_by_sent_state(parameter("state"))
                  : is_supabase_   ? world_.find_by_verifier(json_member(body, "code_verifier"))
                                   : world_.find_by_verifier(parameter_of(body, "code_verifier"));
      const TokenRequest request{provider, body, address(), form_, redeemed_};
      return is_supabase_ ? check_supabase_redeem(world_, visit_, request) : check_redeem(world_, visit_, request);
    }
    CHECK(visit_.route == (url.ends_with("/verify") ? Route::confirm : Route::sign_out));
  }

  /// At the site's root only what is Supabase's is a response: every other code there is the app's own business.
  void check_arrival() const {
    if (visit_.route != Route::callback || !sent_.fields.at(RequestField::route).empty()) return;
    const std::string code = parameter("code");
    CHECK(code.starts_with("00000000-0000-4000-8000-") ||
          (!parameter("error").empty() && !parameter("error_code").empty()));
  }

  void check_respond(const StepCase& respond) {
    const bool is_failure = !respond.at(respond_field::code).empty();
    const auto set_cookies = respond.headers(respond_field::header_0, "set-cookie");
    // A redirect that is no safe one refuses the session too.
    bool has_session = is_session_taken_ || (has_asked_ && visit_.route != Route::sign_out && !is_failure);
    CHECK(!is_session_taken_ || !is_failure);
    CHECK(!is_session_refused_ || respond.at(respond_field::code) == "session_refused");
    if (has_asked_ && visit_.is_sign_out_refused) CHECK(respond.at(respond_field::code) == "sign_out_failed");
    for (const std::string& line : set_cookies) has_session |= sets_session(line);
    if (has_session) {
      CHECK(!is_failure && !is_refused_ && !visit_.is_harmless);
      // A sign-out of other browsers refreshes the session of this one, before it asks others.
      CHECK(redeemed_ != nullptr || has_asked_supabase_ || visit_.has_fragment || visit_.route == Route::confirm);
      // Nobody started what is in a fragment.
      CHECK(!visit_.has_fragment || !world_.takes_own_flows_alone());
    }
    // With a preview, a state without a host is none that a direct provider got, and Supabase's flows have none.
    const SignIn* named = world_.find_by_sent_state(parameter("state"));
    const bool is_sent = !world_.has_preview || (named != nullptr && !named->provider->is_supabase);
    if (visit_.route == Route::callback && !world_.has_written_cookies && is_sent)
      check_finished(sent_, parameter("state"), respond.at(respond_field::code));
    for (const std::string& location : respond.headers(respond_field::header_0, "location"))
      if (is_passed_on(world_, visit_, parameter("state"), location)) passed_on_ = location;
    if (!passed_on_.empty()) CHECK(set_cookies.empty() && !has_session && redeemed_ == nullptr);
    check_secrets(respond, is_failure);
    const bool is_start = visit_.route == Route::sign_in && !is_failure && respond.at(respond_field::status) == "303";
    if (is_start) {
      CHECK(!visit_.is_harmless);
      world_.sign_ins.push_back(read_start(world_, visit_, respond));
    }
    for (const std::string& location : respond.headers(respond_field::header_0, "location"))
      CHECK(is_start || is_path(location) || (has_session && is_other_site(location)) || !passed_on_.empty());
    if (visit_.is_harmless) CHECK(set_cookies.empty());
    follow(respond, respond_field::header_0 + 1, 2);
    check_ended(has_session);
    const bool is_kept = has_session && is_supabase_ && visit_.route == Route::callback && !visit_.has_fragment;
    if (is_kept && !is_garbled_) check_stored(world_, visit_, access_token_);
    if (visit_.route == Route::sign_out && !is_failure && respond.at(respond_field::status) == "303" &&
        parameter("scope") != "others" && !world_.has_written_cookies && !world_.has_sibling_cookies)
      for (const std::string& cookie : jar_.list(host_))
        CHECK(!cookie.starts_with(kSessionCookie) && !cookie.starts_with(kTransactionPrefix));
  }

  /// A sign-in that has been redeemed, or refused by its provider, is over: no second try, no replay.
  void check_ended(bool has_session) {
    if (redeemed_ == nullptr) return;
    if (has_session) {
      CHECK(!redeemed_->is_finished || world_.has_written_cookies);
      redeemed_->is_finished = true;
    }
    if (world_.has_written_cookies || (is_supabase_ && !has_session)) return;
    for (Grant& grant : world_.grants)
      if (has_session && grant.token("access") == access_token_) grant.is_used = true;
    CHECK(!jar_.holds(redeemed_->cookie, host_));
  }

  void check_secrets(const StepCase& respond, bool is_failure) {
    for (std::size_t i = 0; i < respond.fields.size(); ++i) {
      const bool is_cookie = i > respond_field::header_0 && respond.fields[i - 1] == "set-cookie";
      // The page behind a link in an e-mail has the link in its form.
      const bool is_form = i == respond_field::body && visit_.route == Route::confirm;
      // What passes a response on has its code in the address.
      if (!passed_on_.empty() && respond.fields[i] == passed_on_) continue;
      if (is_failure || !(is_cookie || is_form)) CHECK(!world_.has_secret(respond.fields[i]));
    }
  }

  void follow(const StepCase& step, std::size_t first, std::size_t stride) {
    for (std::size_t i = first; i < step.fields.size(); i += stride)
      if (stride == 1 || step.fields[i - 1] == "set-cookie") take_cookie(step.fields[i]);
  }

  void take_cookie(const std::string& set_cookie) {
    note_session(world_, visit_, redeemed_, is_garbled_, set_cookie);
    CHECK(jar_.follow(set_cookie, host_) || world_.has_sibling_cookies);
  }

  World& world_;
  const Visit& visit_;
  Input& input_;
  Jar& jar_;
  std::string_view host_;
  RequestCase sent_;
  /// Where the response of a callback is.
  std::string form_;
  /// The sign-in whose code_verifier was sent to a token endpoint last.
  SignIn* redeemed_ = nullptr;
  /// The last question was for Supabase Auth, and any of this visit was.
  bool is_supabase_ = false;
  bool has_asked_supabase_ = false;
  bool is_refused_ = false;
  bool is_garbled_ = false;
  /// Of the session that the app was asked about.
  std::string access_token_;
  /// The app's hook was asked; what it said of a session.
  bool has_asked_ = false;
  bool is_session_taken_ = false;
  bool is_session_refused_ = false;
  /// Where the fixed origin sends the browser on with the response.
  std::string passed_on_;
};

}  // namespace

void run_visit(World& world, const Visit& visit, Input& input) {
  const std::string passed_on = Passage(world, visit, input).run();
  if (!passed_on.empty()) Passage(world, make_passed_on(visit, passed_on), input).run();
}

}  // namespace landfall::fuzz
