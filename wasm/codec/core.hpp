#pragma once

#include <string_view>

#include "base/text.hpp"
#include "codec/message.hpp"
#include "flow/config.hpp"
#include "flow/question.hpp"

namespace landfall {

/// The whole library behind one function, natively and in Wasm: message in, message out. It holds the configuration and
/// nothing else; clock, random bytes and the network are the caller's.
class Core {
 public:
  /// Performs an operation of messages.def; the answer is in call memory. Anything malformed has an answer of its own:
  /// no input makes it fail.
  Text handle(Operation operation, std::string_view message);

 private:
  Text configure(std::string_view json);
  [[nodiscard]] Text start(const Message& message) const;
  [[nodiscard]] Text serve(const Message& message) const;
  [[nodiscard]] Text tell(const Result<FoundSession>& session) const;
  [[nodiscard]] Text question(Wanted wanted, const Message& message) const;
  [[nodiscard]] Text fail(const Message& message) const;

  /// Empty before `configure`, and after one that fails: no provider is known then.
  const Config* config_ = &kUnconfigured;
  /// The memory that the configuration points into.
  Memory config_memory_;
};

}  // namespace landfall
