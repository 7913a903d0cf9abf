// These are the definitions that Boost.URL's grammar needs. They replace its src.hpp, which pulls in the whole library.

#include <cstdlib>
#include <exception>

#include <boost/config.hpp>
#include <boost/url/grammar/error.hpp>

namespace boost {

// Boost calls these in place of `throw`. No call from Landfall reaches them.
BOOST_NORETURN void throw_exception(const std::exception&) { std::abort(); }
BOOST_NORETURN void throw_exception(const std::exception&, const source_location&) { std::abort(); }

namespace urls::grammar {

// A result with any error code has no value, and no caller reads the code. Boost's own definition adds an error
// category and its message tables.
error_code make_error_code(error /*reason*/) noexcept { return {}; }

}  // namespace urls::grammar
}  // namespace boost
