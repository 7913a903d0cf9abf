// Boost.URL, compiled once: it is a library of headers here, so that the Wasm build needs no Boost binaries.

#include <cstdlib>
#include <exception>

#include <boost/config.hpp>
#include <boost/url/src.hpp>

namespace boost {

// Boost calls these in place of `throw`. Nothing that Landfall calls can get here.
BOOST_NORETURN void throw_exception(const std::exception&) { std::abort(); }
BOOST_NORETURN void throw_exception(const std::exception&, const source_location&) { std::abort(); }

}  // namespace boost
