#pragma once

#include <landfall/landfall.hpp>

/// The two steps that a program carries out for the core. Each notes in the REQUEST what came of it.

/// FETCH: makes the request with libcurl.
void fetch(const landfall::Fields& step, landfall::Fields& request);

/// VERIFY: checks the signature with OpenSSL. What cannot be checked is not valid.
void verify(const landfall::Fields& step, landfall::Fields& request);
