#pragma once

#include <string>

#include "world.hpp"

/// One request of a journey, from its first step to its answer, and what must hold of each step.
namespace landfall::fuzz {

struct Visit {
  Route route;
  std::size_t browser;
  std::size_t host;
  RequestCase request;
  /// Whom a sign-in asks for.
  const Provider* provider = nullptr;
  /// The session is in the address, for a page that takes one from there.
  bool has_fragment = false;
  /// It must have no effect: a request that looks ahead, comes from another site, or for another host.
  bool is_harmless = false;
  /// Serve, unless it is one that shows something to the app alone.
  Operation operation = Operation::serve;
  /// The app's onSignOut says no.
  bool is_sign_out_refused = false;
  /// What the app wants revoked once its onSignOut is asked.
  std::string revoke_provider = {};
  std::string revoke_token = {};
};

/// A GET of a browser.
Visit make_visit(Route route, std::size_t browser, std::size_t host, const std::string& path);

/// Makes it a request that looks ahead, that another site made, that names another host, or that has another method.
void twist_request(Visit& visit, Input& input);

void run_visit(World& world, const Visit& visit, Input& input);

std::string form_encoded(std::string_view text);

}  // namespace landfall::fuzz
