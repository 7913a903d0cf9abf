// Boost.URL as this program has it: with exceptions, and the same names as in Landfall.
#include <boost/url/src.hpp>
#include <string>

std::string host_of(const std::string& url) { return boost::urls::url_view(url).host(); }
