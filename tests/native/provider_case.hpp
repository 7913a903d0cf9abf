#pragma once

#include <stdexcept>
#include <string>

#include "rules/fetch_result.hpp"
#include "rules/provider.hpp"

/// What vectors say about providers and their answers.
namespace landfall {

inline ClientAuthentication authentication_of(const std::string& name) {
  if (name == "client_secret_basic") return ClientAuthentication::client_secret_basic;
  if (name == "client_secret_post") return ClientAuthentication::client_secret_post;
  if (name == "none") return ClientAuthentication::none;
  throw std::runtime_error("no such authentication: " + name);
}

inline FetchFailure failure_of(const std::string& name) {
  if (name.empty()) return FetchFailure::none;
  if (name == "network") return FetchFailure::network;
  if (name == "timeout") return FetchFailure::timeout;
  if (name == "too_large") return FetchFailure::too_large;
  if (name == "redirect") return FetchFailure::redirect;
  if (name == "refused") return FetchFailure::refused;
  throw std::runtime_error("no such failure: " + name);
}

}  // namespace landfall
