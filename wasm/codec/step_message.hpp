#pragma once

#include <string>
#include <string_view>

#include "codec/config.hpp"
#include "flow/sign_in.hpp"
#include "flow/step.hpp"
#include "rules/next.hpp"

/// What the core has to say, as the messages of messages.def. All text is printable ASCII, but for line breaks inside `resume`,
/// `recovery` and `session`.
namespace landfall {

std::string build_message(const Step& step);
std::string build_message(const Started& started);
std::string build_message(const Config& config);
std::string build_message(const ConfigError& error);
std::string build_message(NextVerdict verdict, std::string_view encoded);

}  // namespace landfall
