// JSON: what the reader accepts, and each member that it keeps, is what nlohmann's own parser says; the exceptions are
// the ones of json.hpp, and each of them is checked to be one.
#include "json/json.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <vector>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "input.hpp"

using namespace landfall;

namespace {

using Json = nlohmann::json;

struct Wanted {
  std::span<const std::string_view> names;
  std::size_t max_depth;
};

// What the readers of token responses, key sets, ID Tokens and Supabase's sessions ask for, as far as it differs in
// kind.
constexpr std::string_view kToken[] = {"access_token", "token_type", "expires_in", "refresh_token",
                                       "scope",        "id_token",   "error",      "error_description"};
constexpr std::string_view kKeys[] = {"keys", "kty", "kid", "use", "key_ops", "alg", "crv", "n", "e", "x", "y"};
constexpr std::string_view kClaims[] = {"iss", "sub", "aud",   "azp",     "exp",
                                        "iat", "nbf", "nonce", "at_hash", "auth_time"};
constexpr std::string_view kSession[] = {"access_token", "refresh_token",    "expires_in", "expires_at",
                                         "code",         "error_code",       "error",      "msg",
                                         "message",      "error_description"};

const Wanted kWanted[] = {{kToken, 2}, {kKeys, 3}, {kClaims, 2}, {kSession, 1}};

struct Member {
  std::string path;
  Kind kind;
  /// Text of strings and booleans, raw text of numbers beyond 64 bits.
  std::string text;
  std::optional<double> number;
  std::size_t depth = 0;
};

/// Listens to nlohmann's parser and keeps what json.hpp promises to keep. Not its DOM: that one shows neither a member
/// that is there twice nor how deep a document is.
class Reference final : public nlohmann::json_sax<Json> {
 public:
  explicit Reference(const Wanted& wanted) : wanted_(wanted) {}

  bool null() override { return keep(Kind::null); }
  bool boolean(bool value) override { return keep(Kind::boolean, value ? "true" : "false"); }
  bool number_integer(std::int64_t value) override { return keep(Kind::number, {}, static_cast<double>(value)); }
  bool number_unsigned(std::uint64_t value) override { return keep(Kind::number, {}, static_cast<double>(value)); }
  bool number_float(double value, const std::string& /*text*/) override { return keep(Kind::number, {}, value); }
  bool string(std::string& value) override { return keep(Kind::string, value); }
  bool binary(binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*size*/) override { return open(Kind::object); }
  bool start_array(std::size_t /*size*/) override { return open(Kind::array); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(std::string& name) override {
    Level& level = levels_.back();
    level.is_wanted =
        level.is_kept && std::find(wanted_.names.begin(), wanted_.names.end(), name) != wanted_.names.end();
    if (level.is_wanted) level.path = level.prefix + (level.prefix.empty() ? "" : "/") + name;
    return true;
  }
  bool parse_error(std::size_t position, const std::string& token, const Json::exception& error) override {
    constexpr int kNumberOverflow = 406;
    if (error.id == kNumberOverflow) overflow_at = position - token.size();
    overflow_bytes = token.size();
    return false;
  }

  std::vector<Member> members;
  Member root;
  bool is_too_deep = false;
  bool has_twice = false;
  /// Where the parser gave up on a number that is no double.
  std::optional<std::size_t> overflow_at;
  std::size_t overflow_bytes = 0;

 private:
  struct Level {
    bool is_array;
    /// Its members are within the wanted depth.
    bool is_kept;
    bool is_wanted;
    std::string prefix;
    std::string path;
    std::size_t next_index;
  };

  bool keep(Kind kind, std::string text = {}, std::optional<double> number = {}) {
    if (levels_.empty()) {
      root = {{}, kind, std::move(text), number, 0};
      return true;
    }
    Level& level = levels_.back();
    if (level.is_array && level.is_kept) {
      level.path = level.prefix + "/" + std::to_string(level.next_index++);
      level.is_wanted = true;
    }
    if (!level.is_wanted) return true;
    if (!level.is_array)
      for (const Member& member : members) has_twice |= member.path == level.path;
    if (members.size() <= kMaxJsonMembers)
      members.push_back({level.path, kind, std::move(text), number, levels_.size() - 1});
    return true;
  }

  bool open(Kind kind) {
    if (levels_.size() == kMaxJsonDepth) {
      is_too_deep = true;
      return false;
    }
    keep(kind);
    const bool is_kept = levels_.size() < wanted_.max_depth && (levels_.empty() || levels_.back().is_wanted);
    levels_.push_back({kind == Kind::array, is_kept, false, levels_.empty() ? "" : levels_.back().path, {}, 0});
    return true;
  }

  bool close() {
    levels_.pop_back();
    return true;
  }

  const Wanted& wanted_;
  std::vector<Level> levels_;
};

/// Escapes of lone surrogates become the one of U+FFFD.
std::string without_lone_surrogates(std::string_view text) {
  const auto unit_at = [text](std::size_t at) {
    if (text.size() < at + 6 || text[at] != '\\' || text[at + 1] != 'u') return -1L;
    const std::string digits(text.substr(at + 2, 4));
    for (const char c : digits)
      if (!is_hex(c)) return -1L;
    return std::strtol(digits.c_str(), nullptr, 16);
  };
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const long unit = unit_at(i);
    const bool is_high = unit >= 0xD800 && unit < 0xDC00;
    const bool is_low = unit >= 0xDC00 && unit < 0xE000;
    const bool is_pair = is_high && unit_at(i + 6) >= 0xDC00 && unit_at(i + 6) < 0xE000;
    const std::size_t bytes = is_pair ? 12 : unit >= 0 ? 6 : text[i] == '\\' ? 2 : 1;
    out += (is_high || is_low) && !is_pair ? "\\uFFFD" : text.substr(i, bytes);
    i += bytes;
  }
  return out;
}

void check_value(const Value& value, const Member& expected) {
  CHECK(value.kind == expected.kind);
  if (value.kind != Kind::number) {
    CHECK(value.text == std::string_view(expected.text));
    return;
  }
  // The number's own text reads as the number that the reference saw; one beyond a double it saw as 0.
  Reference number({});
  const bool is_double = Json::sax_parse(value.text, &number);
  CHECK(is_double || number.overflow_at);
  if (expected.number) CHECK(is_double ? number.root.number == expected.number : *expected.number == 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const Wanted& wanted = input.pick(kWanted);
  const std::string_view text = input.rest();
  Memory memory;
  const MemoryScope scope(memory);
  const Document* document = parse_json(text, wanted.names, wanted.max_depth);
  if (text.find('\0') != std::string_view::npos) {
    CHECK(document == nullptr);
    return 0;
  }
  // The reference stops at a number beyond a double: it gets a 0 there, with blanks behind, and starts again.
  std::string mended = without_lone_surrogates(text);
  constexpr int kMaxOverflows = 16;
  for (int i = 0; i < kMaxOverflows; ++i) {
    Reference reference(wanted);
    const bool is_json = Json::sax_parse(mended, &reference);
    if (reference.overflow_at) {
      mended.replace(*reference.overflow_at, reference.overflow_bytes,
                     "0" + std::string(reference.overflow_bytes - 1, ' '));
      continue;
    }
    const bool is_taken =
        is_json && !reference.is_too_deep && !reference.has_twice && reference.members.size() <= kMaxJsonMembers;
    CHECK((document != nullptr) == is_taken);
    if (document == nullptr) return 0;
    check_value(document->root, reference.root);
    CHECK(document->members.size() == reference.members.size());
    for (std::size_t k = 0; k < reference.members.size(); ++k) {
      CHECK(document->members[k].path == std::string_view(reference.members[k].path));
      CHECK(document->members[k].depth == reference.members[k].depth);
      check_value(document->members[k].value, reference.members[k]);
    }
    return 0;
  }
  return 0;
}
