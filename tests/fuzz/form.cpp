// Forms: what was decoded and encoded again decodes to the same, and no field is invented.
#include "web/form.hpp"

#include <cstdint>
#include <cstdlib>

#include "rules/authorization_response.hpp"

using namespace landfall;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Memory memory;
  const MemoryScope scope(memory);
  const std::string_view form(reinterpret_cast<const char*>(data), size);
  Text again;
  std::size_t fields = 0;
  FormField field;
  for (FormFields reader(form); reader.read(field); ++fields) {
    const Text name = form_decode(field.name);
    if (!form_name_is(field.name, name)) std::abort();
    append_form_field(again, name, form_decode(field.value));
  }
  FormFields original(form);
  std::size_t repeated = 0;
  for (FormFields reader(again); reader.read(field); ++repeated) {
    FormField before;
    if (!original.read(before)) std::abort();
    if (form_decode(before.name) != form_decode(field.name).view()) std::abort();
    if (form_decode(before.value) != form_decode(field.value).view()) std::abort();
  }
  if (repeated != fields) std::abort();
  const auto response = parse_authorization_response(form);
  if (response && response->code.size() > size) std::abort();
  return 0;
}
