#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/limits.hpp"
#include "codec/core.hpp"
#include "count.hpp"

namespace landfall::instructions {

constexpr std::int64_t kNow = 1750000000;

/// An app with one provider and with Supabase Auth.
constexpr std::string_view kBoth =
    R"({"origin":{"trustedHosts":["app.example"]},"secret":"0123456789abcdef0123456789abcdef","providers":{"work":{)"
    R"("clientId":"client-1","clientSecret":"s","authorizationEndpoint":"https://as.example/authorize",)"
    R"("tokenEndpoint":"https://as.example/token"}},"supabase":{"url":"https://abc.supabase.co","key":"anon"}})";

/// An app, as JavaScript would ask the core for it.
class App {
 public:
  using Fields = std::map<RequestField, std::string_view>;

  /// @param options JSON
  explicit App(std::string_view options = kBoth) {
    MessageBuilder message;
    message.add(options);
    const auto ready = Message::parse(core_.handle(Operation::configure, message.build()));
    require(ready && (*ready)[0] == std::to_string(static_cast<int>(StepKind::ready)), "the options are refused");
  }

  /// A GET with these headers and fields; Host is that of the app unless it is given.
  static Text request(std::string_view url, std::map<RequestHeader, std::string_view> headers, Fields fields = {}) {
    headers.try_emplace(RequestHeader::host, "app.example");
    std::string entropy;
    while (entropy.size() < kEntropyBytes) entropy += "ab";
    const std::string now = std::to_string(kNow);
    fields.merge(Fields{{RequestField::method, "GET"},
                        {RequestField::url, url},
                        {RequestField::now, now},
                        {RequestField::entropy, entropy}});
    MessageBuilder message;
    const auto first_header = static_cast<std::size_t>(RequestField::header_0);
    for (std::size_t i = 0; i < first_header; ++i) message.add(fields[static_cast<RequestField>(i)]);
    for (std::size_t i = 0; i < 13; ++i) message.add(headers[static_cast<RequestHeader>(i)]);
    return message.build();
  }

  /// The answer's fields.
  Message handle(Operation operation, std::string_view request) {
    const auto answer = Message::parse(core_.handle(operation, request));
    require(answer.has_value(), "no message");
    return *answer;
  }

 private:
  Core core_;
};

/// The value of a parameter that needs no decoding. @param name with its `=`
inline std::string_view parameter_of(std::string_view url, std::string_view name) {
  const std::size_t at = url.find(name);
  require(at != std::string_view::npos, "no " + std::string(name));
  const std::string_view value = url.substr(at + name.size());
  return value.substr(0, value.find_first_of("&%"));
}

/// The value of a header in a step; empty when there is none.
inline std::string_view header_of(const Message& step, std::string_view name) {
  for (std::size_t i = 0; i + 1 < step.size(); ++i)
    if (step[i] == name) return step[i + 1];
  return {};
}

}  // namespace landfall::instructions
