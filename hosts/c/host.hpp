#pragma once

#include <chrono>
#include <functional>
#include <landfall/landfall.hpp>
#include <map>
#include <mutex>
#include <string>

#include "steps.hpp"

/// A request of a browser: what the server and the app bring to it.
struct Visit {
  /// The `method`, the `url`, and the headers.
  landfall::Fields request;
  /// Reads the body, up to so many bytes.
  std::function<std::string(std::size_t max_bytes)> read;
  /// Answers SESSION, SIGN_OUT and REVOKED: sets fields of the request. An exception is a refusal.
  std::function<void(const landfall::Fields& step, landfall::Fields& request)> ask;
};

/// Carries out FETCH, as `fetch` does.
using Send = std::function<void(const landfall::Fields& step, landfall::Fields& request)>;

/// The core of one configuration, and what carries out its steps. Any number of threads may use it.
class Host {
 public:
  /// Takes the options, the JSON that docs/abi.md describes.
  explicit Host(std::string_view options, Send send = fetch);

  /// READY, or REFUSED with the option at fault.
  [[nodiscard]] const landfall::Fields& ready() const { return ready_; }

  /// Carries out the steps of an operation until the core has an answer. That has no field where the address is the
  /// app's.
  landfall::Fields run(landfall::Operation operation, Visit& visit);

 private:
  /// A response that the core called good.
  struct Kept {
    std::chrono::steady_clock::time_point at;
    bool is_again = false;
    landfall::Fields result;
  };

  landfall::Fields follow(landfall::Operation operation, Visit& visit);
  landfall::Fields handle(landfall::Operation operation, const landfall::Fields& request);
  landfall::Fields fail(const Visit& visit);
  Kept ask(const landfall::Fields& step);
  void keep(std::string_view url, const Kept& response);

  const Send send_;
  std::mutex mutex_;  // of all below
  landfall::Landfall core_;
  landfall::Fields ready_;
  std::map<std::string, Kept, std::less<>> kept_;
};
