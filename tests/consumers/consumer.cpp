// A program of another project: it includes the one header, has exceptions and RTTI, and asks the core a question.
#include <cstdio>
#include <landfall/landfall.hpp>
#include <stdexcept>
#include <typeinfo>

#if __has_include("abi/landfall.hpp") || __has_include("base/errors.def") || __has_include(<landfall.hpp>)
#error "more of Landfall is on the path than <landfall/...>"
#endif
#if defined(BOOST_NO_EXCEPTIONS) || defined(JSON_NOEXCEPTION)
#error "Landfall's own definitions are this program's"
#endif

int main() {
  try {
    landfall::Landfall core;
    landfall::Fields question;
    question.set(0, "/welcome?from=mail");
    const landfall::Fields allowed = core.handle(landfall::Operation::check_next, question);
    question.set(0, "//evil.example");
    const landfall::Fields refused = core.handle(landfall::Operation::check_next, question);
    std::printf("%zu %zu %s\n", allowed.size(), refused.size(), typeid(core).name());
    throw std::runtime_error("exceptions work");
  } catch (const std::exception& error) {
    std::printf("%s\n", error.what());
  }
}
