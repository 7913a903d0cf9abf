// These are the definitions that Boost.URL's grammar needs. They replace its src.hpp, which pulls in the whole library.
// `boost` stands for a namespace of our own here (cmake/headers.cmake).

#include <cstdlib>
#include <exception>

#include <boost/config.hpp>
#include <boost/url/grammar/error.hpp>
#include <boost/version.hpp>

namespace boost {

// Boost calls these in place of `throw`. No call from Landfall reaches them.
BOOST_NORETURN void throw_exception(const std::exception&) { std::abort(); }
BOOST_NORETURN void throw_exception(const std::exception&, const source_location&) { std::abort(); }

namespace urls::grammar {

// A result with any error code has no value, and no caller reads the code. Boost's own definitions add message tables.
#if BOOST_VERSION < 108300
error_code make_error_code(error /*reason*/) noexcept { return {}; }
#else
namespace detail {

const char* error_cat_type::name() const noexcept { return ""; }
std::string error_cat_type::message(int /*code*/) const { return {}; }
const char* error_cat_type::message(int /*code*/, char* /*buffer*/, std::size_t /*size*/) const noexcept { return ""; }
system::error_condition error_cat_type::default_error_condition(int code) const noexcept { return {code, *this}; }
constinit error_cat_type error_cat;

}  // namespace detail
#endif

}  // namespace urls::grammar
}  // namespace boost
