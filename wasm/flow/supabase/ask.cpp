#include "flow/supabase/ask.hpp"

#include "base/limits.hpp"
#include "base/utf8.hpp"

namespace landfall::supabase {
namespace {

Fetch& ask(const Project& project, std::string_view path, std::string_view token) {
  auto& fetch = place<Fetch>();
  fetch.method = "POST";
  fetch.deadline_milliseconds = kSupabaseDeadlineMilliseconds;
  fetch.url = concat(project.api, path);
  fetch.headers.push_back({"apikey", project.key});
  fetch.headers.push_back({"authorization", concat("Bearer ", token)});
  fetch.headers.push_back({"x-client-info", "landfall"});
  // From this date on, errors are {"code", "message"}.
  fetch.headers.push_back({"x-supabase-api-version", "2024-01-01"});
  return fetch;
}

/// POST with an object of one or two members.
Fetch& ask_with(const Project& project, std::string_view path, std::string_view name, std::string_view value,
                std::string_view other_name = {}, std::string_view other_value = {}) {
  Text body = concat("{\"", name, "\":");
  append_json_string(body, value);
  if (!other_name.empty()) {
    body += concat(",\"", other_name, "\":");
    append_json_string(body, other_value);
  }
  body += '}';
  Fetch& fetch = ask(project, path, project.key);
  fetch.headers.push_back({"content-type", "application/json;charset=UTF-8"});
  fetch.body = body;
  return fetch;
}

}  // namespace

Fetch& ask_session(const Project& project, std::string_view auth_code, std::string_view code_verifier) {
  return ask_with(project, "/token?grant_type=pkce", "auth_code", auth_code, "code_verifier", code_verifier);
}

Fetch& ask_refresh(const Project& project, std::string_view refresh_token) {
  return ask_with(project, "/token?grant_type=refresh_token", "refresh_token", refresh_token);
}

Fetch& ask_verify(const Project& project, std::string_view type, std::string_view token_hash) {
  return ask_with(project, "/verify", "type", type, "token_hash", token_hash);
}

Fetch& ask_logout(const Project& project, std::string_view access_token, std::string_view scope) {
  return ask(project, concat("/logout?scope=", scope), access_token);
}

Fetch& ask_user(const Project& project, std::string_view access_token) {
  Fetch& fetch = ask(project, "/user", access_token);
  fetch.method = "GET";
  return fetch;
}

}  // namespace landfall::supabase
