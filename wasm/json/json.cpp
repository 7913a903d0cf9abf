#include "json/json.hpp"

#include <array>
#include <cstdint>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "json/scanner.hpp"
#include "json/surrogates.hpp"

namespace landfall {
namespace {

/// Reads one document token by token. It has its own iterative grammar, because nlohmann's parser refuses numbers
/// beyond a double (1e400), which are valid JSON, and needs twice the bytes.
class Reader final {
 public:
  Reader(std::string_view text, std::span<const std::string_view> wanted, std::size_t max_depth)
      : scanner_(text), wanted_(wanted), max_depth_(max_depth) {}

  /// Whether the text is exactly one JSON value within the limits.
  bool read() {
    Token token = scanner_.scan();
    for (;;) {
      if (token == Token::begin_object || token == Token::begin_array) {
        const bool is_array = token == Token::begin_array;
        if (!open(is_array)) return false;
        token = scanner_.scan();
        if (token == (is_array ? Token::end_array : Token::end_object)) {
          close();
        } else {
          if (!is_array && !read_key(token)) return false;
          continue;
        }
      } else if (!read_scalar(token)) {
        return false;
      }
      // A value is complete: close the containers that end here, and go to the next value.
      for (;;) {
        if (depth_ == 0) return scanner_.scan() == Token::end_of_input;
        const bool is_array = is_array_[depth_ - 1];
        token = scanner_.scan();
        if (token == Token::value_separator) {
          token = scanner_.scan();
          if (!is_array && !read_key(token)) return false;
          break;
        }
        if (token != (is_array ? Token::end_array : Token::end_object)) return false;
        close();
      }
    }
  }

  Document document;

 private:
  using Token = JsonScanner::Token;

  /// A container whose members are kept.
  struct Level {
    bool is_array;
    std::size_t path_size;
    std::size_t next_index;
    /// The index of its first member in the document. A repeated name can only be at or after it.
    std::size_t first_member;
  };

  [[nodiscard]] bool wants(std::string_view name) const {
    if (wanted_.empty()) return true;
    for (const std::string_view candidate : wanted_)
      if (candidate == name) return true;
    return false;
  }

  /// Takes a member's name and its colon. `token` becomes the first token of the value.
  bool read_key(Token& token) {
    if (token != Token::value_string) return false;
    if (skipped_ == 0) {
      const std::string_view name = scanner_.text();
      key_wanted_ = wants(name);
      if (key_wanted_) {
        path_.truncate(levels_.back().path_size);
        if (!path_.empty()) path_ += '/';
        path_ += name;
      }
    }
    if (scanner_.scan() != Token::name_separator) return false;
    token = scanner_.scan();
    return true;
  }

  bool read_scalar(Token token) {
    switch (token) {
      case Token::value_string:
        return record(Kind::string, scanner_.text());
      case Token::value_unsigned:
      case Token::value_integer:
      case Token::value_float:
        return record(Kind::number, scanner_.text());
      case Token::literal_true:
        return record(Kind::boolean, "true");
      case Token::literal_false:
        return record(Kind::boolean, "false");
      case Token::literal_null:
        return record(Kind::null, {});
      default:
        return false;
    }
  }

  /// Keeps a value if it is wanted. Returns false when the member is repeated or there are too many members.
  bool record(Kind kind, std::string_view text) {
    if (skipped_ > 0) return true;
    if (levels_.empty()) {
      document.root = Value{.kind = kind, .text = text};
      return true;
    }
    Level& level = levels_.back();
    if (level.is_array) {
      path_.truncate(level.path_size);
      path_ += '/';
      append_decimal(path_, static_cast<std::int64_t>(level.next_index++));
      key_wanted_ = true;
    }
    if (!key_wanted_) return true;
    if (document.members.size() >= (wanted_.empty() ? kMaxJsonNames : kMaxJsonMembers)) return false;
    const std::size_t depth = levels_.size() - 1;
    // Only names can repeat. Those that are wanted are few, so the search is short.
    for (std::size_t i = level.is_array ? document.members.size() : level.first_member; i < document.members.size();
         ++i)
      if (document.members[i].path == path_ && document.members[i].depth == depth) return false;
    document.members.push_back({.path = path_, .value = Value{.kind = kind, .text = text}, .depth = depth});
    return true;
  }

  bool open(bool is_array) {
    if (depth_ == kMaxJsonDepth) return false;
    is_array_[depth_++] = is_array;
    if (skipped_ > 0) {
      ++skipped_;
      return true;
    }
    if (!record(is_array ? Kind::array : Kind::object, {})) return false;
    if (key_wanted_ && levels_.size() < max_depth_)
      levels_.push_back(
          {.is_array = is_array, .path_size = path_.size(), .next_index = 0, .first_member = document.members.size()});
    else
      skipped_ = 1;
    return true;
  }

  void close() {
    --depth_;
    if (skipped_ > 0)
      --skipped_;
    else
      levels_.pop_back();
  }

  JsonScanner scanner_;
  std::span<const std::string_view> wanted_;
  std::size_t max_depth_;
  std::size_t depth_ = 0;
  std::array<bool, kMaxJsonDepth> is_array_{};
  /// The number of open containers whose members are not wanted.
  std::size_t skipped_ = 0;
  Text path_;
  bool key_wanted_ = true;
  List<Level> levels_;
};

}  // namespace

const Document* parse_json(std::string_view text, std::span<const std::string_view> wanted, std::size_t max_depth) {
  // nlohmann's lexer treats a NUL as the end of the input.
  if (text.find('\0') != std::string_view::npos) return nullptr;
  if (text.find("\\u") != std::string_view::npos) text = mend_surrogates(text);
  Reader reader(text, wanted, max_depth);
  return reader.read() ? &place(reader.document) : nullptr;
}

}  // namespace landfall
