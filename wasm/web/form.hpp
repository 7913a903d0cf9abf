#pragma once

#include <string_view>

#include "base/text.hpp"

/// application/x-www-form-urlencoded (URL Standard 5; RFC 6749 B): queries and form bodies.
/// Proof: tests/vectors/form.json.
namespace landfall {

/// One name=value pair, both still encoded: views into the text that was read.
struct FormField {
  std::string_view name;
  std::string_view value;
};

/// The fields of a query (without its `?`) or of a form body, in order (URL Standard 5.1). Only `&` separates fields.
/// The first `=` separates name from value. A field without `=` has an empty value. Empty fields are skipped. `=x` is a
/// field with an empty name.
class FormFields {
 public:
  explicit FormFields(std::string_view encoded) : rest_(encoded) {}

  /// Reads the next field; false at the end.
  bool read(FormField& field);

 private:
  std::string_view rest_;
};

/// Decodes a name or a value: `+` is a space, `%XX` is a byte, and a `%` without two hexadecimal digits stays (URL
/// Standard 5.1, 1.3). The result can hold any byte, including zero and malformed UTF-8.
Text form_decode(std::string_view encoded);

/// Decodes only `%XX`, as in paths and cookies. `+` stays (URL Standard 1.3).
Text percent_decode(std::string_view encoded);

/// Whether `encoded_name` decodes to `name`, without making a copy: `st%61te` is `state`.
bool form_name_is(std::string_view encoded_name, std::string_view name);

/// Appends bytes in the encoding of names and values: letters, digits and `*-._` as they are, space as `+`, every
/// other byte as `%XX` in upper case (URL Standard 5.2).
void append_form_encoded(Text& out, std::string_view bytes);

/// Appends `name=value`, both encoded here, after a `&` unless `out` is empty or ends in `?` or `&`.
void append_form_field(Text& out, std::string_view name, std::string_view value);

/// The decoded value of a field that occurs once. Returns nothing for a field that occurs twice, because it is
/// ambiguous.
Text read_form_field(std::string_view encoded, std::string_view name);

}  // namespace landfall
