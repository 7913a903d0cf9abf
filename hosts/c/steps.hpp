#pragma once

#include <landfall/landfall.hpp>

/// What carries out a step of the core. Each writes its result into the REQUEST.

/// FETCH: makes the request with libcurl.
void fetch(const landfall::Fields& step, landfall::Fields& request);

/// VERIFY: checks the signature with OpenSSL. A signature that it cannot check is not valid.
void verify(const landfall::Fields& step, landfall::Fields& request);

/// SIGN: signs with OpenSSL. A key that cannot sign gives no signature.
void sign(const landfall::Fields& step, landfall::Fields& request);
