#pragma once

#include <landfall/landfall.hpp>
#include <string>

/// The headers of the error page.
inline constexpr char kErrorPageHeaders[] =
    "Content-Type: text/html; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n"
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";

/// The page of a failed sign-in: the sentence for a RESPOND's code, and a link to start again.
std::string make_error_page(const landfall::Fields& ready, const landfall::Fields& step);

/// The public sentence for a code. It is empty for an unknown code: anybody can write one into the address.
std::string_view sentence_of(std::string_view code);
