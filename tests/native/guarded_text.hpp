#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <string_view>

/// A copy of a text that ends where the memory ends: a read behind it stops the program in every build, not only under
/// AddressSanitizer.
class GuardedText {
 public:
  explicit GuardedText(std::string_view text) {
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    const std::size_t room = (text.size() + page - 1) / page * page;
    size_ = room + page;
    memory_ = static_cast<char*>(mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    if (memory_ == MAP_FAILED || mprotect(memory_ + room, page, PROT_NONE) != 0)
      throw std::runtime_error("no memory for a guarded text");
    char* begin = memory_ + room - text.size();
    if (!text.empty()) std::memcpy(begin, text.data(), text.size());
    text_ = {begin, text.size()};
  }
  GuardedText(const GuardedText&) = delete;
  GuardedText& operator=(const GuardedText&) = delete;
  ~GuardedText() { munmap(memory_, size_); }

  operator std::string_view() const { return text_; }  // NOLINT(google-explicit-constructor)

 private:
  char* memory_ = nullptr;
  std::size_t size_ = 0;
  std::string_view text_;
};
