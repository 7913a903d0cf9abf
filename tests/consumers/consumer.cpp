// A program of another project: it includes the one header, has exceptions, RTTI and a Boost.URL of its own, and asks
// the core a question.
#include <cstdio>
#include <landfall/landfall.hpp>
#include <string>
#include <typeinfo>

#if __has_include("abi/landfall.hpp") || __has_include("base/errors.def") || __has_include(<landfall.hpp>)
#error "more of Landfall is on the path than <landfall/...>"
#endif
#if defined(BOOST_NO_EXCEPTIONS) || defined(JSON_NOEXCEPTION)
#error "Landfall's own definitions are this program's"
#endif

std::string host_of(const std::string& url);

int main() {
  try {
    landfall::Landfall core;
    landfall::Fields question;
    question.set(0, "/welcome?from=mail");
    const landfall::Fields allowed = core.handle(landfall::Operation::check_next, question);
    question.set(0, "//evil.example");
    const landfall::Fields refused = core.handle(landfall::Operation::check_next, question);
    std::printf("%zu %zu %s\n", allowed.size(), refused.size(), typeid(core).name());
    std::printf("%s\n", host_of("https://app.example/").c_str());
    host_of("no:// url");
  } catch (const std::exception&) {
    std::printf("exceptions work\n");
  }
}
