#include "base/result.hpp"

namespace landfall {

[[gnu::noinline]] ResultBase::ResultBase(ErrorCode code) : error_{code} {}
ResultBase::ResultBase(const Error& error) : error_(error) {}

}  // namespace landfall
