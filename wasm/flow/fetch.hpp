#pragma once

#include <cstdint>
#include <string_view>

#include "flow/step.hpp"
#include "rules/token_request.hpp"

namespace landfall {

inline constexpr std::string_view kJson = "application/json";

/// A GET for JSON. @param max_age_seconds see Fetch. @param accept the media types that the response may have.
Fetch& ask_json(std::string_view url, std::int64_t max_age_seconds, std::string_view accept = kJson);

/// A POST that authenticates the client.
Fetch& ask_client(std::string_view url, const ClientRequest& request, bool wants_json);

/// Adds the fields that a provider wants: `name: value`, with `|` between.
void add_headers(Fetch& fetch, std::string_view headers);

}  // namespace landfall
