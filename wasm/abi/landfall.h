#ifndef LANDFALL_H
#define LANDFALL_H

/* The core for hosts that call C: messages in, messages out, as docs/abi.md describes them. */

/* NOLINTBEGIN(modernize-deprecated-headers,modernize-use-using): this header is C too. */
#include <stddef.h>
#include <stdint.h>

/* Marks the functions that a shared library exports. */
#if defined(__GNUC__)
#define LANDFALL_API __attribute__((visibility("default")))
#else
#define LANDFALL_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* One configuration and the core behind it. Not for two threads at once. */
typedef struct landfall_core landfall_core;

/* A new core without a configuration; NULL when there is no memory. Give it back with landfall_free. */
LANDFALL_API landfall_core* landfall_new(void);

/* Wipes and frees a core; NULL is nothing. */
LANDFALL_API void landfall_free(landfall_core* core);

/* Performs an operation on a message of `size` bytes and returns the answer, a message whose first four bytes are its
   size (little endian). The answer is good until the next call with this core, which wipes it; a call with `size` 0
   does nothing else, and answers a message without fields. Never NULL: a malformed message, and a message of more than
   2 MB, gets a RESPOND that says so. */
LANDFALL_API const uint8_t* landfall_call(landfall_core* core, uint32_t operation, const uint8_t* message, size_t size);

/* The version of the messages: LANDFALL_ABI of messages.def. */
LANDFALL_API uint32_t landfall_abi(void);

#ifdef __cplusplus
}
#endif
/* NOLINTEND(modernize-deprecated-headers,modernize-use-using) */

#endif
