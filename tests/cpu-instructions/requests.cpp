// What a request costs the core: the check of `next`, a sign-in, a callback with its token response, the session of a
// request.
#include <string>
#include <string_view>

#include "app.hpp"
#include "count.hpp"

namespace landfall::instructions {
namespace {

constexpr std::string_view kOptions =
    R"({"origin":"https://app.example","secret":"0123456789abcdef0123456789abcdef","session":true,"providers":{"work":{)"
    R"("clientId":"client-1","clientSecret":"s","authorizationEndpoint":"https://as.example/authorize",)"
    R"("tokenEndpoint":"https://as.example/token"}}})";
constexpr std::string_view kTokens =
    R"({"access_token":"abcdefghijklmnopqrstuvwxyz","token_type":"bearer","expires_in":3600})";

/// Counts a call that has run before: what happens once in the life of a program does not count.
template <class Call>
void count_again(const std::string& name, const Call& call) {
  call();
  count(name + "|again", call);
}

/// The cookies that a step sets, as a browser sends them.
std::string cookies_of(const Message& step) {
  std::string cookies;
  for (std::size_t i = 0; i + 1 < step.size(); ++i)
    if (step[i] == "set-cookie") cookies += std::string(step[i + 1].substr(0, step[i + 1].find(';'))) + "; ";
  return cookies;
}

}  // namespace

void count_requests() {
  Memory memory;
  const MemoryScope scope(memory);
  App app(kOptions);
  const auto serve = [&](std::string_view url, std::string_view cookies, const App::Fields& fields = {}) {
    return app.handle(Operation::serve, App::request(url, {{RequestHeader::cookie, cookies}}, fields));
  };

  count_again("check_next", [&] {
    MessageBuilder message;
    message.add({"/account/security?tab=keys", "https://app.example"});
    app.handle(Operation::check_next, message.build());
  });

  const auto start = [&] { return serve("https://app.example/auth/sign-in?provider=work&next=/welcome", {}); };
  count_again("sign-in", start);

  const Message started = start();
  const std::string cookies = cookies_of(started);
  const std::string url = "https://app.example/auth/callback/work?code=c&state=" +
                          std::string(parameter_of(header_of(started, "location"), "state="));
  const auto come_back = [&] {
    const Message fetch = serve(url, cookies);
    require(fetch[0] == std::to_string(static_cast<int>(StepKind::fetch)), "the callback asks for no tokens");
    const Message answer = serve(url, cookies,
                                 {{RequestField::resume, fetch[2]},
                                  {RequestField::status, "200"},
                                  {RequestField::content_type, "application/json"},
                                  {RequestField::answer, kTokens}});
    require(header_of(answer, "location") == "/welcome#", "the callback leads elsewhere");
    return answer;
  };
  count_again("callback", come_back);

  const std::string session = cookies_of(come_back());
  count_again("session", [&] {
    const Message step =
        app.handle(Operation::get_session, App::request("https://app.example/me", {{RequestHeader::cookie, session}}));
    require(step[0] == std::to_string(static_cast<int>(StepKind::stored_session)) && !step[3].empty(),
            "nobody is there");
  });
}

}  // namespace landfall::instructions
