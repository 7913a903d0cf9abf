#pragma once

#include <string>
#include <string_view>

#include "codec/message.hpp"
#include "flow/config.hpp"

namespace landfall {

/// The whole library behind one function, natively and in Wasm: message in, message out. It holds the configuration and nothing
/// else; clock, random bytes and the network are the caller's.
class Core {
 public:
  /// Performs an operation of messages.def. Anything malformed has an answer of its own: no input makes it fail.
  std::string handle(Operation operation, std::string_view message);

 private:
  std::string configure(std::string_view json);
  [[nodiscard]] std::string start(const Message& message) const;
  [[nodiscard]] std::string run(Operation operation, const Message& message) const;
  [[nodiscard]] std::string fail(const Message& message) const;

  /// Empty until `configure`: then no provider is known, and that is what every answer says.
  Config config_;
};

}  // namespace landfall
