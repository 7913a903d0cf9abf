#pragma once

#include <landfall/landfall.hpp>
#include <string>

/// The headers of the error page.
inline constexpr char kErrorPageHeaders[] =
    "Content-Type: text/html; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n"
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";

/// The page of a sign-in that failed: the sentence of a RESPOND's code, and a link to start again.
std::string make_error_page(const landfall::Fields& ready, const landfall::Fields& step);

/// The public sentence for a code; empty for what is no code of ours, such as one that somebody wrote into the address.
std::string_view sentence_of(std::string_view code);
