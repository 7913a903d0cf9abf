#include "json/compact.hpp"

#include <cstddef>

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "json/surrogates.hpp"

namespace landfall {
namespace {

[[gnu::cold]] [[gnu::noinline]] void append_utf8(Text& out, unsigned code_point) {
  const auto add = [&out](unsigned byte) { out += static_cast<char>(byte); };
  if (code_point < 0x80) return add(code_point);
  if (code_point < 0x800) {
    add(0xC0 | code_point >> 6);
  } else {
    if (code_point < 0x10000) {
      add(0xE0 | code_point >> 12);
    } else {
      add(0xF0 | code_point >> 18);
      add(0x80 | (code_point >> 12 & 0x3F));
    }
    add(0x80 | (code_point >> 6 & 0x3F));
  }
  add(0x80 | (code_point & 0x3F));
}

/// One pass over a JSON text that is known to be valid.
class Compactor {
 public:
  Compactor(std::string_view json, std::string_view without) : json_(json), without_(without) {
    if (json_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    out_.reserve(json.size());
  }

  Text run() {
    while (at_ < json_.size()) {
      const char c = json_[at_++];
      if (c == '"')
        take_string();
      else if (static_cast<unsigned char>(c) > ' ')
        take_other(c);
    }
    return out_;
  }

 private:
  void take_other(char c) {
    const bool closes = c == '}' || c == ']';
    // Leaving out a member also removes the comma before it, or the comma after it if it is the first member.
    if (is_leaving_out_ && depth_ == 1 && (c == ',' || closes)) {
      out_.truncate(member_begin_);
      is_leaving_out_ = false;
      if (c == ',' && out_.back() == '{') {
        is_name_ = true;
        return;
      }
    }
    if (closes) --depth_;
    if (c == '{' || c == '[') {
      ++depth_;
      is_name_ = c == '{';
    } else if (c == ',') {
      is_name_ = depth_ == 1;
      if (depth_ == 1) member_begin_ = out_.size();
    }
    if (c == '{' && depth_ == 1) member_begin_ = out_.size() + 1;
    if (c == ':') is_name_ = false;
    out_ += c;
  }

  void take_string() {
    const std::size_t begin = out_.size() + 1;
    out_ += '"';
    for (;;) {
      const std::size_t from = at_;
      at_ += plain_prefix<'"', '\\'>(json_.substr(at_));
      while (json_[at_] != '"' && json_[at_] != '\\') ++at_;
      out_ += json_.substr(from, at_ - from);
      if (json_[at_++] == '"') break;
      take_escape();
    }
    const bool is_wanted = without_.empty() || depth_ != 1 || !is_name_ || out_.view().substr(begin) != without_;
    if (!is_wanted) is_leaving_out_ = true;
    out_ += '"';
  }

  [[gnu::cold]] [[gnu::noinline]] void take_escape() {
    const char c = json_[at_++];
    if (c == '/') {
      out_ += c;
    } else if (c != 'u') {
      out_ += '\\';
      out_ += c;
    } else {
      take_unit();
    }
  }

  [[gnu::cold]] [[gnu::noinline]] void take_unit() {
    const auto unit = static_cast<unsigned>(read_hex4(json_.substr(at_, 4)));
    at_ += 4;
    if (unit >= 0xD800 && unit <= 0xDBFF && json_.substr(at_, 2) == "\\u") {
      const auto low = static_cast<unsigned>(read_hex4(json_.substr(at_ + 2, 4)));
      if (low >= 0xDC00 && low <= 0xDFFF) {
        at_ += 6;
        return append_utf8(out_, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
      }
    }
    if (unit >= 0xD800 && unit <= 0xDFFF) return append_json_escape(out_, unit);
    if (unit >= 0x20 && unit != '"' && unit != '\\') return append_utf8(out_, unit);
    constexpr std::string_view kShort = "\b\f\n\r\t\"\\";
    constexpr std::string_view kShortNames = "bfnrt\"\\";
    const std::size_t index = kShort.find(static_cast<char>(unit));
    if (index == std::string_view::npos) return append_json_escape(out_, unit);
    out_ += '\\';
    out_ += kShortNames[index];
  }

  std::string_view json_;
  std::string_view without_;
  std::size_t at_ = 0;
  Text out_;
  std::size_t depth_ = 0;
  std::size_t member_begin_ = 0;
  /// The next string of the first level is a name.
  bool is_name_ = false;
  bool is_leaving_out_ = false;
};

}  // namespace

Text compact_json(std::string_view json, std::string_view without) { return Compactor(json, without).run(); }

}  // namespace landfall
