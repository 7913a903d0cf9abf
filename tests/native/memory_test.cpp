#include "base/memory.hpp"

#include <cstdlib>
#include <cstring>
#include <new>
#include <string_view>

#include "abi/landfall.h"
#include "core_case.hpp"

// What goes back to the allocator is looked through before it goes. A sanitizer has an allocator of its own.
#if defined(__SANITIZE_ADDRESS__)
#define LANDFALL_WATCHES_MEMORY 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LANDFALL_WATCHES_MEMORY 0
#endif
#endif
#ifndef LANDFALL_WATCHES_MEMORY
#define LANDFALL_WATCHES_MEMORY 1
#endif

#if LANDFALL_WATCHES_MEMORY
namespace {

/// Stands before each block, so that its end is known.
constexpr std::size_t kHeadBytes = alignof(std::max_align_t);

/// What no block may hold when it goes; empty: nobody looks.
std::string_view watched;
int blocks = 0;
int found = 0;

}  // namespace

// Neither is inlined: the compiler would see `free` where it expects this `delete[]`.
[[gnu::noinline]] void* operator new[](std::size_t size) {
  auto* const head = static_cast<char*>(std::malloc(size + kHeadBytes));
  if (head == nullptr) std::abort();
  std::memcpy(head, &size, sizeof size);
  return head + kHeadBytes;
}

[[gnu::noinline]] void operator delete[](void* block) noexcept {
  if (block == nullptr) return;
  char* const head = static_cast<char*>(block) - kHeadBytes;
  std::size_t size = 0;
  std::memcpy(&size, head, sizeof size);
  if (!watched.empty()) {
    ++blocks;
    found += std::string_view(head + kHeadBytes, size).find(watched) != std::string_view::npos ? 1 : 0;
  }
  std::free(head);
}
void operator delete[](void* block, std::size_t) noexcept { operator delete[](block); }

namespace landfall {
namespace {

constexpr std::string_view kSecret = "a-secret-that-nobody-may-find-in-freed-memory";

/// How many of the blocks that go meanwhile hold the secret.
template <class Action>
int count_leaks(Action action) {
  watched = kSecret;
  blocks = found = 0;
  action();
  watched = {};
  EXPECT_GT(blocks, 0);
  return found;
}

TEST(Memory, ABlockIsZeroWhenItGoes) {
  EXPECT_EQ(count_leaks([] {
              auto* const block = new char[100];
              kSecret.copy(block, kSecret.size());
              delete[] block;
            }),
            1)
      << "what is left in memory is not seen";
  Memory memory;
  {
    const MemoryScope scope(memory);
    kSecret.copy(static_cast<char*>(allocate(100)), kSecret.size());
    (void)place(Text(kSecret));
  }
  EXPECT_EQ(count_leaks([&] { memory.clear(); }), 0);
}

TEST(Memory, ANewConfigurationWipesTheLastOne) {
  Memory memory;  // of both calls, so that nothing else goes meanwhile
  const MemoryScope scope(memory);
  const auto message_with = [](std::string_view url) {
    MessageBuilder builder;
    builder.add(
        concat(R"({"providers":{"work":{"clientId":"a","clientSecret":")", kSecret, R"(","issuer":")", url, R"("}}})"));
    return builder.build();
  };
  Core core;
  const auto configure = [&](std::string_view url) {
    const auto answer = Message::parse(core.handle(Operation::configure, message_with(url)));
    ASSERT_TRUE(answer);
    EXPECT_EQ((*answer)[std::size_t{0}], std::to_string(static_cast<int>(StepKind::ready)));
  };
  configure("https://as.example");
  EXPECT_EQ(count_leaks([&] { configure("https://other.example"); }), 0);
}

TEST(Memory, TheNextCallWipesWhatTheLastOneLeft) {
  const auto message_with = [](std::string_view url) {
    std::vector<std::string> fields(static_cast<std::size_t>(RequestField::header_0));
    fields[static_cast<std::size_t>(RequestField::route)] = "error";
    fields[static_cast<std::size_t>(RequestField::method)] = "GET";
    fields[static_cast<std::size_t>(RequestField::url)] = url;
    Memory memory;
    const MemoryScope scope(memory);
    MessageBuilder builder;
    for (const std::string& field : fields) builder.add(std::string_view(field));
    return std::string(builder.build().view());
  };
  landfall_core* const core = landfall_new();
  const std::string message = message_with("/auth/auth-code-error?next=%2F" + std::string(kSecret));
  const auto serve = static_cast<std::uint32_t>(Operation::serve);
  const auto call = [&](std::string_view bytes) {
    return landfall_call(core, serve, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  };
  const std::uint8_t* answer = call(message);
  std::uint32_t size = 0;
  std::memcpy(&size, answer, sizeof size);
  EXPECT_NE(std::string_view(reinterpret_cast<const char*>(answer), size).find(kSecret), std::string_view::npos);
  EXPECT_EQ(count_leaks([&] { (void)call({}); }), 0);
  (void)call(message);
  EXPECT_EQ(count_leaks([&] { landfall_free(core); }), 0);
}

}  // namespace
}  // namespace landfall
#endif
