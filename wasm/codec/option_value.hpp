#pragma once

#include "codec/config.hpp"
#include "codec/options.hpp"
#include "json/document.hpp"

namespace landfall {

/// Problem::none for a value of a kind, else Problem::type.
Problem expect(const Value& value, Kind kind);

/// Reads one value by its option's form into the struct that the option's scope fills. Lists give their members one by
/// one; objects and secrets are the reader's (option_reader.hpp).
Problem read_value(const Option& option, const Value& value, void* filled);

}  // namespace landfall
