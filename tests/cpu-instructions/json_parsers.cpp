// JSON that a provider sends or an app configures, and what is hostile for its readers.
#include "base/base64url.hpp"
#include "base/limits.hpp"
#include "codec/config.hpp"
#include "json/compact.hpp"
#include "json/json.hpp"
#include "parsers.hpp"
#include "rules/id_token.hpp"
#include "rules/jwks.hpp"
#include "rules/metadata.hpp"
#include "rules/supabase/auth_response.hpp"
#include "rules/supabase/session.hpp"
#include "rules/token_response.hpp"

namespace landfall::instructions {
namespace {

FetchResult response_of(std::string_view body) {
  return {.status = 200, .content_type = "application/json", .body = body};
}

bool read_token_response(std::string_view text) {
  ProviderError refusal;
  return static_cast<bool>(parse_token_response(response_of(text), IdTokenIs::required, refusal));
}

bool read_session_response(std::string_view text) {
  ProviderError refusal;
  const auto session = supabase::parse_session_response(response_of(text), refusal);
  const Document* json = parse_json(text, {}, 1);
  if (json == nullptr) return false;
  const Text compact = compact_json(text, "user");
  (void)supabase::member_sizes(compact);
  (void)supabase::complete_session(session ? *session : *json, compact, 1750000000);
  return static_cast<bool>(session);
}

bool read_provider_metadata(std::string_view text) {
  Provider provider;
  provider.issuer = "https://as.example";
  return static_cast<bool>(parse_metadata(response_of(text), provider));
}

bool read_keys(std::string_view text) {
  const auto jwks = parse_jwks(response_of(text));
  if (!jwks) return false;
  bool found = false;
  for (const char* alg : {"RS256", "ES256"})
    found |= static_cast<bool>(select_key(*jwks, "wanted", *find_signature_algorithm(alg), {}, {}));
  return found;
}

bool read_id_token(std::string_view compact) {
  const Jwt* id_token = parse_id_token(compact);
  return id_token != nullptr &&
         check_id_token(*id_token, {.issuers = {.issuer = "https://as.example"}, .client_id = "c"}) == ErrorCode::ok;
}

bool read_claims(std::string_view claims) {
  return read_id_token(concat(base64url(R"({"alg":"RS256"})"), ".", base64url(claims), ".AAAA"));
}

bool read_options(std::string_view text) {
  Config config;
  return !read_config(text, config).has_value();
}

/// What is hostile for any reader of JSON.
const std::vector<Shape> kJsonShapes{{"arrays", "", "["},
                                     {"objects", "", "{\"a\":"},
                                     {"numbers", "[", "1,", "1]"},
                                     {"one number", "", "1"},
                                     {"exponents", "[", "1e9,", "1]"},
                                     {"one text", "[\"", "a", "\"]"},
                                     {"backslashes", "[\"", "\\\\", "\"]"},
                                     {"escapes", "[\"", "\\u00e9", "\"]"},
                                     {"halves of a pair", "[\"", "\\ud83d", "\"]"},
                                     {"characters", "[\"", "\u00e9", "\"]"},
                                     {"blanks", "[", " ", "]"},
                                     {"empty members", "{", "\"\":0,", "\"x\":0}"},
                                     {"long name", "{\"", "n", "\":0}"},
                                     {"objects in a list", "[", "{},", "{}]"},
                                     {"commas", "[", ","},
                                     {"open text", "\"", "a"},
                                     {"literals", "[", "true,", "true]"},
                                     {"path", "{\"", "n", "\":[1,2,3,4,5,6,7,8]}"},
                                     {"unknown members", "{", "\"a\":{\"b\":[1]},", "\"c\":1}"}};

}  // namespace

std::vector<Parser> json_parsers() {
  // "ICAg" stands for three blanks, "e30" for {}.
  const std::vector<Shape> tokens{{"dots", "", "."},
                                  {"one segment", "", "ICAg"},
                                  {"header", "", "ICAg", "e30.e30.AAAA"},
                                  {"claims", "e30.", "ICAg", "e30.AAAA"},
                                  {"signature", "e30.e30.", "AAAA"},
                                  {"segments", "", "e30."}};
  return {
      {"JSON", 0, [](std::string_view text) { return parse_json(text, {}, kMaxJsonDepth) != nullptr; }, kJsonShapes},
      {"token response",
       0,
       read_token_response,
       {{"long token", "{\"token_type\":\"bearer\",\"access_token\":\"", "a", "\"}"},
        {"scopes", "{\"scope\":[", "\"a\",", "\"a\"]}"},
        {"life", "{\"token_type\":\"bearer\",\"access_token\":\"a\",\"expires_in\":\"", "9", "\"}"},
        {"description", "{\"error\":\"x\",\"error_description\":\"", "\\n", "\"}"}}},
      {"Supabase response",
       0,
       read_session_response,
       {{"members of a user", "{\"user\":{", "\"a\":1,", "\"b\":1}}"},
        {"long user", "{\"user\":\"", "\\u0041", "\"}"},
        {"message", "{\"msg\":\"", "a", "\"}"}}},
      {"metadata",
       0,
       read_provider_metadata,
       {{"issuer", "{\"issuer\":\"https://as.example\",\"token_endpoint\":\"https://", "a.", "\"}"},
        {"methods", "{\"token_endpoint_auth_methods_supported\":[", "\"a\",", "\"a\"]}"}}},
      {"keys",
       0,
       read_keys,
       {{"empty keys", "{\"keys\":[", "{},", "{}]}"},
        {"RSA keys", "{\"keys\":[", "{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"AQAB\",\"e\":\"AQAB\"},", "{}]}"},
        {"operations", "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"wanted\",\"key_ops\":[", "\"sign\",", "\"sign\"]}]}"},
        {"numbers", "{\"keys\":[", "1,", "1]}"},
        {"short keys", "{\"keys\":[", "{\"kty\":\"RSA\"},", "{}]}"},
        {"long key", "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"wanted\",\"e\":\"AQAB\",\"n\":\"", "AQAB", "\"}]}"}}},
      {"ID Token", 0, read_id_token, tokens},
      {"claims",
       0,
       read_claims,
       {{"audience", "{\"iss\":\"https://as.example\",\"aud\":[", "\"c\",", "\"c\"]}"},
        {"nonce", "{\"nonce\":\"", "a", "\"}"}}},
      {"options",
       kMaxConfigBytes,
       read_options,
       {{"providers", "{\"providers\":{", "\"work\":{},", "\"a\":{}}}"},
        {"unknown", "{\"", "provider", "\":0}"},
        {"deep", "", "{\"paths\":"},
        {"hosts", "{\"origin\":{\"trustedHosts\":[", "\"a.example\",", "\"a.example\"]}}"}}},
      {"compact JSON", 0,
       [](std::string_view text) { return parse_json(text, {}, 1) != nullptr && !compact_json(text, "user").empty(); },
       kJsonShapes},
  };
}

}  // namespace landfall::instructions
