// The whole journey: sign-ins, callbacks, e-mail links and sign-outs of two browsers, with whatever an attacker, a
// provider or the network can do to them, in the order that the input says. After each step the promises are checked.
#include <optional>
#include <string>

#include "journey_attack.hpp"
#include "journey_visit.hpp"

namespace landfall::fuzz {
namespace {

constexpr std::size_t kMaxMoves = 24;
constexpr std::size_t kMaxSignIns = 8;

constexpr std::string_view kNexts[] = {"/welcome",
                                       "/",
                                       "//evil.example",
                                       "/\\evil.example",
                                       "https://evil.example/",
                                       "/a,b;c?d=e#f",
                                       "/auth/callback?x",
                                       "/auth//callback/plain;y",
                                       "/%0d%0aset-cookie:a",
                                       "/.//evil.example"};
constexpr std::string_view kIssuers[] = {"", "https://evil.example", "https://openid.example",
                                         "https://posted.example"};
constexpr std::string_view kErrors[] = {"access_denied", "server_error", "invalid_request", "x\r\ny"};
constexpr std::string_view kTypes[] = {"recovery", "email", "signup", "other"};
constexpr std::string_view kScopes[] = {"", "local", "others", "global"};

/// How a twist byte changes a callback: one bit each.
enum Twist : unsigned {
  other_code = 1,
  other_state = 2,
  other_iss = 4,
  with_error = 8,
  other_place = 16,
  other_request = 32,
  with_text = 64,
  left_out = 128
};

class Journey {
 public:
  explicit Journey(Input& input) : input_(input) {}

  void run() {
    const std::uint8_t choice = input_.byte();
    world_.app = choice % 2;
    world_.has_preview = choice >= 192;
    world_.has_sessions = choice / 2 % 4 == 3;
    std::size_t moves = 0;
    for (; moves < kMaxMoves && !input_.is_empty(); ++moves) {
      move();
      check_sessions(world_);
    }
    start_again(world_, world_.providers()[moves % world_.providers().size()], world_.has_preview ? kPreview : kFixed);
  }

 private:
  void move() {
    switch (input_.pick(16)) {
      case 0:
      case 1:
        return sign_in();
      case 2:
      case 3:
      case 4:
        return call_back();
      case 5:
        return visit_again();
      case 6:
        return write_cookies();
      case 7:
        return wait();
      case 8:
        return sign_out();
      case 9:
        return confirm();
      case 10:
        return bring_fragment();
      case 11:
        return look_around();
      case 12:
        return send_on(world_, input_);
      case 13:
        return plant_cookies(world_, input_);
      case 14:
        return post_across(world_, input_);
      default:
        return arrive_at_root(world_, input_);
    }
  }

  [[nodiscard]] const Provider& pick_provider() { return world_.providers()[input_.pick(world_.providers().size())]; }

  void sign_in() {
    if (world_.sign_ins.size() == kMaxSignIns) return;
    const std::size_t browser = input_.pick(2);
    const std::size_t host = input_.pick(2);
    const Provider& provider = pick_provider();
    const std::uint8_t choice = input_.byte();
    const std::string next(choice < 128 ? input_.pick(kNexts) : input_.text(24));
    Visit visit = make_start(world_, browser, host, provider, next, choice % 4 == 3);
    if (choice % 16 == 15) twist_request(visit, input_);
    run_visit(world_, visit, input_);
  }

  void call_back() {
    const SignIn unknown{.provider = &pick_provider(), .state = "unknown", .sent_state = "unknown", .code = "unknown"};
    const auto any = [&]() -> const SignIn& {
      const std::size_t which = input_.byte();
      return world_.sign_ins.empty() ? unknown : world_.sign_ins[which % world_.sign_ins.size()];
    };
    const SignIn& sign_in = any();
    const unsigned twist = input_.byte();
    const SignIn& named = (twist & other_state) != 0 ? any() : sign_in;
    std::string state = named.sent_state;
    // An evil link names a host that nobody waits at.
    if (world_.has_preview && (twist & other_iss) != 0) state = named.state + pick_awaited(input_);
    std::string code = (twist & other_code) != 0 ? pick_seen_code(world_, input_) : sign_in.code;
    // Without PKCE and nonce, `state` alone keeps another code away, and the attacker does not know it.
    if (named.provider->is_bare && !named.is_known()) code = named.code;
    std::string iss = sign_in.provider->promises_iss ? sign_in.provider->issuer() : "";
    if ((twist & other_iss) != 0) iss = input_.pick(kIssuers);
    const unsigned parts_left_out = (twist & left_out) != 0 ? input_.byte() : 0u;
    std::string form;
    const auto add = [&](std::string_view name, std::string_view value, bool is_there) {
      if (is_there) form += (form.empty() ? "" : "&") + std::string(name) + "=" + form_encoded(value);
    };
    add("code", code, parts_left_out % 2 == 0);
    const bool is_exact = sign_in.provider->is_supabase && world_.takes_own_flows_alone();
    add(sign_in.provider->is_supabase ? "sb_flow_id" : "state", state, (parts_left_out / 2 % 2 == 0) != is_exact);
    add("iss", iss, !iss.empty());
    add("error", input_.pick(kErrors), (twist & with_error) != 0);
    if ((twist & with_text) != 0) form += "&" + std::string(input_.text(24));

    std::size_t browser = sign_in.browser;
    std::size_t host = world_.has_preview && !sign_in.provider->is_supabase ? kFixed : sign_in.host;
    if ((twist & other_place) != 0) {
      browser = input_.pick(2);
      host = input_.pick(2);
    }
    // An evil provider sends the person on to an honest one; an open allow list lets Supabase come back anywhere.
    const Provider& called = parts_left_out / 4 % 4 == 3 ? pick_provider() : *sign_in.provider;
    if (parts_left_out / 16 % 8 == 7) form += "&access_token=a&id_token=b";
    Visit visit = make_visit(Route::callback, browser, host, called.callback());
    if (sign_in.provider->form_post) {
      post_form(visit, form);
    } else {
      visit.request.fields[RequestField::url] += "?" + form;
    }
    if ((twist & other_request) != 0) twist_request(visit, input_);
    last_callback_ = visit;
    run_visit(world_, visit, input_);
  }

  /// A reload, a link in a history, or a stolen address in another browser.
  void visit_again() {
    if (!last_callback_) return;
    Visit visit = *last_callback_;
    if (input_.pick(4) == 3) visit.browser = 1 - visit.browser;
    run_visit(world_, visit, input_);
  }

  void write_cookies() {
    const std::size_t browser = input_.pick(2);
    const std::size_t host = input_.pick(2);
    Jar& jar = world_.jars[browser];
    const std::size_t which = input_.byte();
    if (input_.pick(2) == 0) {
      const std::size_t at = input_.pick(4096);
      world_.has_written_cookies |= jar.tamper(which, at, static_cast<char>(input_.byte()), kHosts[host]);
      return;
    }
    // Nobody can write a __Host- cookie of another browser's; what this browser has on the other host may come along.
    const bool is_own = input_.pick(2) == 0;
    const auto cookies = world_.jars[is_own ? browser : 1 - browser].list(kHosts[1 - host]);
    if (cookies.empty()) return;
    const std::string& cookie = cookies[which % cookies.size()];
    if (!is_own && cookie.starts_with("__Host-")) return;
    jar.toss(cookie, kHosts[host]);
    world_.has_written_cookies = true;
  }

  void wait() {
    constexpr std::int64_t kSeconds[] = {1, 31, 299, 301, 599, 601, -31, 100'000};
    world_.now += input_.pick(kSeconds);
  }

  void sign_out() {
    const std::size_t browser = input_.pick(2);
    const std::size_t host = input_.pick(2);
    Visit visit = make_visit(
        Route::sign_out, browser, host,
        "/auth/sign-out?scope=" + std::string(input_.pick(kScopes)) + "&next=" + form_encoded(input_.pick(kNexts)));
    visit.request.fields[RequestField::method] = "POST";
    const std::uint8_t choice = input_.byte();
    if (choice % 4 == 1) {
      visit.request.headers[RequestHeader::sec_fetch_site] = "cross-site";
      visit.is_harmless = true;
    }
    if (choice % 8 == 2) twist_request(visit, input_);
    if (choice >= 128 && !world_.sign_ins.empty()) {
      const SignIn& sign_in = world_.sign_ins[choice % world_.sign_ins.size()];
      visit.revoke_provider = sign_in.provider->name;
      visit.revoke_token = world_.find_grant(sign_in.code)->token("access");
    }
    visit.is_sign_out_refused = choice % 8 == 5;
    run_visit(world_, visit, input_);
  }

  void confirm() {
    const std::size_t browser = input_.pick(2);
    const std::uint8_t choice = input_.byte();
    const std::string form = "token_hash=" + std::string(choice % 8 == 7 ? "" : kTokenHash) +
                             "&type=" + std::string(input_.pick(kTypes)) + "&next=" + form_encoded(input_.pick(kNexts));
    Visit visit = make_visit(Route::confirm, browser, 0, "/auth/confirm");
    if (choice < 64) {
      visit.request.fields[RequestField::url] += "?" + form;
      visit.is_harmless = true;
    } else {
      post_form(visit, form);
      visit.request.headers[RequestHeader::origin] = choice % 16 == 15 ? "https://evil.example" : "https://app.example";
      visit.is_harmless = choice % 16 == 15;
    }
    if (choice % 16 == 14) twist_request(visit, input_);
    run_visit(world_, visit, input_);
  }

  void bring_fragment() {
    Visit visit =
        make_visit(Route::callback, input_.pick(2), 0, "/auth/callback?next=" + form_encoded(input_.pick(kNexts)));
    visit.request.fields[RequestField::fragment] =
        "access_token=a&refresh_token=b&token_type=bearer&expires_in=3600&" + std::string(input_.text(24));
    visit.has_fragment = true;
    run_visit(world_, visit, input_);
  }

  /// What only reads, or shows a page.
  void look_around() {
    const std::size_t which = input_.pick(4);
    const std::size_t browser = input_.pick(2);
    const std::size_t host = input_.pick(2);
    Visit visit = make_visit(which == 2 ? Route::error : Route::none, browser, host,
                             std::string(which == 2 ? "/auth/auth-code-error" : "/") +
                                 "?provider=openid&error=state_mismatch&" + std::string(input_.text(24)));
    visit.is_harmless = true;
    if (which == 0) visit.operation = Operation::get_session;
    if (which == 3) visit.operation = Operation::load_metadata;
    run_visit(world_, visit, input_);
  }

  Input& input_;
  World world_;
  std::optional<Visit> last_callback_;
};

}  // namespace
}  // namespace landfall::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  landfall::fuzz::Input input(data, size);
  landfall::fuzz::Journey(input).run();
  return 0;
}
