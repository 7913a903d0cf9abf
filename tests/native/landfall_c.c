/* A host in C11: it sees nothing but landfall.h and the names of messages.def. Each function returns the line of the
   first expectation that does not hold; 0 when all do. */
#include <stdio.h>
#include <string.h>

#include "abi/landfall.h"
#include "codec/messages.def"

#define OPERATION(name) OPERATION_##name,
#define REQUEST(name) REQUEST_##name,
#define STEP(name) STEP_##name,
#define RESPOND(name) RESPOND_##name,
#define REFUSED(name) REFUSED_##name,
enum operation { LANDFALL_OPERATION(OPERATION) };
enum request { LANDFALL_REQUEST(REQUEST) };
enum step { LANDFALL_STEP(STEP) };
enum respond { LANDFALL_RESPOND(RESPOND) };
enum refused { LANDFALL_REFUSED(REFUSED) };

#define EXPECT(condition) \
  if (!(condition)) return __LINE__

/* Room for every message here. */
enum { ROOM = 4096, MAX_BYTES = 2 << 20 };

static uint32_t read_number(const uint8_t* at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static void write_number(uint8_t* at, size_t number) {
  for (int i = 0; i < 4; ++i) at[i] = (uint8_t)(number >> 8 * i);
}

/* Writes a message and returns its size. */
static size_t write_message(uint8_t* message, const char* const* fields, size_t count) {
  size_t at = 8 + 4 * count;
  write_number(message + 4, count);
  for (size_t i = 0; i < count; ++i) {
    const size_t size = fields[i] != NULL ? strlen(fields[i]) : 0;
    write_number(message + 8 + 4 * i, size);
    if (size != 0) memcpy(message + at, fields[i], size);
    at += size;
  }
  write_number(message, at);
  return at;
}

/* Whether a field of a message has this text. */
static int has_field(const uint8_t* message, size_t index, const char* text) {
  const size_t count = read_number(message + 4);
  const uint8_t* at = message + 8 + 4 * count;
  if (index >= count) return *text == '\0';
  for (size_t i = 0; i < index; ++i) at += read_number(message + 8 + 4 * i);
  return read_number(message + 8 + 4 * index) == strlen(text) && memcmp(at, text, strlen(text)) == 0;
}

/* Whether the first field is this step. */
static int is_step(const uint8_t* message, enum step step) {
  char number[12];
  snprintf(number, sizeof number, "%d", (int)step);
  return has_field(message, 0, number);
}

int landfall_c_host(const char* options);
int landfall_c_limits(const uint8_t* large);

/* Configures a core and serves two requests. */
int landfall_c_host(const char* options) {
  uint8_t message[ROOM];
  const char* request[REQUEST_header_0] = {NULL};
  landfall_core* const core = landfall_new();
  landfall_core* const other = landfall_new();
  EXPECT(core != NULL && other != NULL && core != other);
  EXPECT(landfall_abi() == LANDFALL_ABI);

  const uint8_t* answer = landfall_call(core, OPERATION_configure, message, write_message(message, &options, 1));
  EXPECT(is_step(answer, STEP_ready));
  const char* const none = "{\"unknown\":1}";
  answer = landfall_call(other, OPERATION_configure, message, write_message(message, &none, 1));
  EXPECT(is_step(answer, STEP_refused) && has_field(answer, REFUSED_parameter, "unknown"));

  request[REQUEST_now] = "1750000000";
  request[REQUEST_method] = "GET";
  request[REQUEST_url] = "https://app.example/auth/auth-code-error?error=state_mismatch";
  answer = landfall_call(core, OPERATION_serve, message, write_message(message, request, REQUEST_header_0));
  EXPECT(is_step(answer, STEP_respond) && has_field(answer, RESPOND_status, "200"));
  EXPECT(has_field(answer, RESPOND_route, "error") && has_field(answer, RESPOND_code, "state_mismatch"));

  request[REQUEST_url] = "https://app.example/elsewhere";
  answer = landfall_call(core, OPERATION_serve, message, write_message(message, request, REQUEST_header_0));
  EXPECT(read_number(answer) == 8 && read_number(answer + 4) == 0);

  /* One configuration each: the other core has none. */
  request[REQUEST_route] = "sign_in";
  request[REQUEST_entropy] =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  request[REQUEST_url] = "https://app.example/auth/sign-in?provider=work";
  answer = landfall_call(core, OPERATION_serve, message, write_message(message, request, REQUEST_header_0));
  EXPECT(is_step(answer, STEP_respond) && has_field(answer, RESPOND_status, "303"));
  EXPECT(has_field(answer, RESPOND_code, "") && has_field(answer, RESPOND_provider, "work"));
  answer = landfall_call(other, OPERATION_serve, message, write_message(message, request, REQUEST_header_0));
  EXPECT(is_step(answer, STEP_respond) && has_field(answer, RESPOND_code, "provider_unknown"));

  landfall_free(core);
  landfall_free(other);
  landfall_free(NULL);
  return 0;
}

/* What is no message gets an answer. `large` has one byte more than a message may have. */
int landfall_c_limits(const uint8_t* large) {
  landfall_core* const core = landfall_new();
  const uint8_t* answer = landfall_call(core, OPERATION_serve, large, MAX_BYTES + 1);
  EXPECT(is_step(answer, STEP_respond) && has_field(answer, RESPOND_code, "request_too_large"));
  answer = landfall_call(core, OPERATION_serve, large, MAX_BYTES);
  EXPECT(is_step(answer, STEP_respond) && has_field(answer, RESPOND_code, "internal_error"));
  EXPECT(has_field(answer, RESPOND_parameter, "message"));
  answer = landfall_call(core, 255, large, 3);
  EXPECT(is_step(answer, STEP_respond) && has_field(answer, RESPOND_code, "internal_error"));
  const uint8_t nothing[] = {8, 0, 0, 0, 0, 0, 0, 0};
  EXPECT(memcmp(landfall_call(core, OPERATION_serve, NULL, 0), nothing, sizeof nothing) == 0);
  landfall_free(core);
  return 0;
}
