// Forms: what was decoded and encoded again decodes to the same, and no field is invented.
#include "web/form.hpp"

#include "input.hpp"

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
    CHECK(form_name_is(field.name, name));
    append_form_field(again, name, form_decode(field.value));
  }
  FormFields original(form);
  std::size_t repeated = 0;
  for (FormFields reader(again); reader.read(field); ++repeated) {
    FormField before;
    CHECK(original.read(before));
    CHECK(form_decode(before.name) == form_decode(field.name).view());
    CHECK(form_decode(before.value) == form_decode(field.value).view());
  }
  CHECK(repeated == fields);
  return 0;
}
