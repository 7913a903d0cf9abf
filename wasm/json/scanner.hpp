#pragma once

#include <cstdint>
#include <nlohmann/detail/input/lexer.hpp>
#include <string_view>

#include "base/ascii.hpp"
#include "base/memory.hpp"

/// The tokens of a JSON text. Only json.cpp uses them.
namespace landfall {

/// The buffer for nlohmann's lexer: it holds the decoded strings and numbers one after the other, so that views of them
/// stay valid. Together they are never longer than the document, so the buffer never has to grow.
class JsonTexts {
 public:
  using value_type = char;

  JsonTexts() = default;
  explicit JsonTexts(std::size_t document_bytes) : begin_(static_cast<char*>(allocate(document_bytes + 1))) {}

  void clear() {
    begin_ += size_;
    size_ = 0;
  }
  [[gnu::noinline]] void push_back(char c) { begin_[size_++] = c; }
  /// Appends a NUL, for strtoull.
  const char* data() {
    begin_[size_] = '\0';
    return begin_;
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::string_view view() const { return {begin_, size_}; }

 private:
  char* begin_ = nullptr;
  std::size_t size_ = 0;
};

/// The unread rest of the text. The lexer reads its characters from here, and the scanner's own fast paths do too.
class JsonCursor {
 public:
  using char_type = char;

  explicit JsonCursor(std::string_view& rest) : rest_(&rest) {}
  std::char_traits<char>::int_type get_character() {
    if (rest_->empty()) return std::char_traits<char>::eof();
    const char c = rest_->front();
    rest_->remove_prefix(1);
    return std::char_traits<char>::to_int_type(c);
  }

 private:
  std::string_view* rest_;
};

/// The value types for nlohmann's lexer. It needs nothing else from a JSON class.
struct JsonTypes {
  using number_integer_t = std::int64_t;
  using number_unsigned_t = std::uint64_t;
  using number_float_t = double;
  using string_t = JsonTexts;
};

/// Splits a text into tokens.
class JsonScanner {
  using Lexer = nlohmann::detail::lexer<JsonTypes, JsonCursor>;

 public:
  using Token = Lexer::token_type;

  explicit JsonScanner(std::string_view text) : rest_(text), lexer_(JsonCursor(rest_)) {
    lexer_.get_string() = JsonTexts(text.size());
  }
  JsonScanner(const JsonScanner&) = delete;
  JsonScanner& operator=(const JsonScanner&) = delete;

  /// The text of the last string or number.
  [[nodiscard]] std::string_view text() const { return text_; }

  /// The next token. This function reads punctuation and plain strings itself, which are most of every document. The
  /// lexer reads and checks everything else.
  Token scan() {
    // The lexer first looks for a byte order mark. It also reads one character past each number, and only it can return
    // that character.
    if (needs_lexer_) return scan_by_lexer();
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\n')) rest_.remove_prefix(1);
    if (rest_.empty()) return scan_by_lexer();
    switch (rest_.front()) {
      case '"':
        return scan_string();
      case ',':
        return take(Token::value_separator);
      case ':':
        return take(Token::name_separator);
      case '{':
        return take(Token::begin_object);
      case '}':
        return take(Token::end_object);
      case '[':
        return take(Token::begin_array);
      case ']':
        return take(Token::end_array);
      default:
        return scan_by_lexer();
    }
  }

 private:
  Token take(Token token) {
    rest_.remove_prefix(1);
    return token;
  }

  Token scan_string() {
    const std::size_t end = 1 + plain_prefix<'"', '\\'>(rest_.substr(1));
    if (end == rest_.size() || rest_[end] != '"') return scan_by_lexer();
    text_ = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    return Token::value_string;
  }

  Token scan_by_lexer() {
    const Token token = lexer_.scan();
    text_ = lexer_.get_string().view();
    needs_lexer_ = token == Token::value_unsigned || token == Token::value_integer || token == Token::value_float;
    return token;
  }

  std::string_view rest_;
  Lexer lexer_;
  std::string_view text_;
  bool needs_lexer_ = true;
};

}  // namespace landfall
