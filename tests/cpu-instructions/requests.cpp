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
constexpr std::string_view kSupabaseOptions =
    R"({"origin":"https://app.example","supabase":{"url":"https://abcdefghijklmnopqrst.supabase.co","key":"sb_publishable_k"}})";

/// A token response with an access token of so many characters.
std::string tokens_of(std::size_t size) {
  return R"({"access_token":")" + std::string(size, 'a') + R"(","token_type":"bearer","expires_in":3600})";
}

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

/// A request of a browser.
Message serve(App& app, std::string_view url, std::string_view cookies, const App::Fields& fields = {}) {
  return app.handle(Operation::serve, App::request(url, {{RequestHeader::cookie, cookies}}, fields));
}

/// A callback, and what its token request brings.
Message come_back(App& app, std::string_view url, std::string_view cookies, std::string_view tokens) {
  const Message fetch = serve(app, url, cookies);
  require(fetch[0] == std::to_string(static_cast<int>(StepKind::fetch)), "the callback asks for no tokens");
  Message answer = serve(app, url, cookies,
                         {{RequestField::resume, fetch[2]},
                          {RequestField::status, "200"},
                          {RequestField::content_type, "application/json"},
                          {RequestField::answer, tokens}});
  require(header_of(answer, "location") == "/welcome#", "the callback leads elsewhere");
  return answer;
}

}  // namespace

void count_requests() {
  Memory memory;
  const MemoryScope scope(memory);
  App app(kOptions);

  count_again("check_next", [&] {
    MessageBuilder message;
    message.add({"/account/security?tab=keys", "https://app.example"});
    app.handle(Operation::check_next, message.build());
  });

  const auto start = [&] { return serve(app, "https://app.example/auth/sign-in?provider=work&next=/welcome", {}); };
  count_again("sign-in", start);

  const Message started = start();
  const std::string cookies = cookies_of(started);
  const std::string url = "https://app.example/auth/callback/work?code=c&state=" +
                          std::string(parameter_of(header_of(started, "location"), "state="));
  const std::string tokens = tokens_of(26);
  const std::string long_tokens = tokens_of(2600);
  count_again("callback", [&] { come_back(app, url, cookies, tokens); });
  count_again("callback of 2.7 kB", [&] { come_back(app, url, cookies, long_tokens); });

  const std::string session = cookies_of(come_back(app, url, cookies, tokens));
  count_again("session", [&] {
    const Message step =
        app.handle(Operation::get_session, App::request("https://app.example/me", {{RequestHeader::cookie, session}}));
    require(step[0] == std::to_string(static_cast<int>(StepKind::stored_session)) && !step[3].empty(),
            "nobody is there");
  });

  App supabase(kSupabaseOptions);
  const std::string attempt =
      cookies_of(serve(supabase, "https://app.example/auth/sign-in?provider=bitbucket&next=/welcome", {}));
  const std::string supabase_session =
      R"({"refresh_token":"r","user":{"id":"0f8fad5b-d9cb-469f-a165-70867728950e"},)" + tokens_of(2530).substr(1);
  count_again("callback through Supabase", [&] {
    come_back(supabase, "https://app.example/auth/callback?code=0f8fad5b-d9cb-469f-a165-70867728950e", attempt,
              supabase_session);
  });
}

}  // namespace landfall::instructions
