// What Boost.URL's grammar wants defined, in place of its src.hpp: that one is the whole library.

#include <cstdlib>
#include <exception>

#include <boost/config.hpp>
#include <boost/url/grammar/error.hpp>

namespace boost {

// Boost calls these in place of `throw`. Nothing that Landfall calls can get here.
BOOST_NORETURN void throw_exception(const std::exception&) { std::abort(); }
BOOST_NORETURN void throw_exception(const std::exception&, const source_location&) { std::abort(); }

namespace urls::grammar {

// A result that holds an error code has no value, whichever code it is, and nobody asks which: Boost's own definition
// brings a category with its messages and their tables.
error_code make_error_code(error /*reason*/) noexcept { return {}; }

}  // namespace urls::grammar
}  // namespace boost
