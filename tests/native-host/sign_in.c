/* landfall.h in C: configures a core from LANDFALL_OPTIONS, starts a sign-in at the address that comes as an argument,
   and prints the fields of the answer, one a line. */
#include <landfall/landfall.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { kConfigure = 0, kServe = 4, kNow = 0, kEntropy = 1, kMethod = 3, kUrl = 4, kFields = 5, kEntropyBytes = 96 };

static void put(uint8_t* at, uint32_t number) {
  for (int i = 0; i < 4; ++i) at[i] = (uint8_t)(number >> 8 * i);
}

static uint32_t get(const uint8_t* at) {
  return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static const uint8_t* call(landfall_core* core, uint32_t operation, uint32_t count, const char* const* fields,
                           const size_t* sizes) {
  size_t size = 8 + 4 * (size_t)count;
  for (uint32_t i = 0; i < count; ++i) size += sizes[i];
  uint8_t* message = malloc(size);
  if (message == NULL) abort();
  put(message, (uint32_t)size);
  put(message + 4, count);
  uint8_t* to = message + 8 + 4 * (size_t)count;
  for (uint32_t i = 0; i < count; ++i) {
    put(message + 8 + 4 * (size_t)i, (uint32_t)sizes[i]);
    if (sizes[i] > 0) memcpy(to, fields[i], sizes[i]);
    to += sizes[i];
  }
  const uint8_t* answer = landfall_call(core, operation, message, size);
  free(message);
  return answer;
}

static void print(const uint8_t* answer) {
  const uint32_t count = get(answer + 4);
  const uint8_t* from = answer + 8 + 4 * (size_t)count;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t size = get(answer + 8 + 4 * (size_t)i);
    printf("%.*s\n", (int)size, (const char*)from);
    from += size;
  }
}

int main(int count, char** arguments) {
  const char* options = getenv("LANDFALL_OPTIONS");
  if (count != 2 || options == NULL || landfall_abi() != 12) return 1;
  landfall_core* core = landfall_new();
  if (core == NULL) return 1;
  const size_t options_size = strlen(options);
  call(core, kConfigure, 1, &options, &options_size);

  char entropy[kEntropyBytes];
  for (int i = 0; i < kEntropyBytes; ++i) entropy[i] = (char)(i + 1);
  const char* fields[kFields] = {[kNow] = "1750000000", [kEntropy] = entropy, [kMethod] = "GET", [kUrl] = arguments[1]};
  size_t sizes[kFields] = {0};
  for (int i = 0; i < kFields; ++i)
    if (fields[i] != NULL) sizes[i] = i == kEntropy ? sizeof entropy : strlen(fields[i]);
  print(call(core, kServe, kFields, fields, sizes));
  landfall_free(core);
  landfall_free(NULL);
  return 0;
}
