#pragma once

#include <string_view>

#include "base/text.hpp"
#include "codec/config.hpp"
#include "flow/sign_in.hpp"
#include "flow/step.hpp"
#include "rules/next.hpp"

/// The answers of the core, as the messages of messages.def. All text is printable ASCII, except for line breaks and
/// tabs inside some fields.
namespace landfall {

Text build_message(const Step& step);
Text build_message(const Started& started);
Text build_message(const Config& config);
Text build_message(const ConfigError& error);
/// One field.
Text build_message(std::string_view field);
Text build_message(NextVerdict verdict, std::string_view encoded);

}  // namespace landfall
