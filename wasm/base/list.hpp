#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>

#include "base/memory.hpp"

namespace landfall {

/// Moves a list's elements to a larger place. It is not a template, so that every list shares its code.
void* grow_list(const void* data, std::size_t used_bytes, std::size_t new_bytes);

/// A growing list in call memory. It moves elements as bytes and never destroys them. A copy shares them until either
/// list grows.
template <class T>
class List {
  static_assert(std::is_trivially_destructible_v<T>);

 public:
  constexpr List() = default;
  constexpr List(const List& other) : data_(other.data_), size_(other.size_) {}
  // NOLINTNEXTLINE(bugprone-unhandled-self-assignment): self-assignment only drops its spare room
  constexpr List& operator=(const List& other) {
    data_ = other.data_;
    size_ = other.size_;
    capacity_ = 0;
    return *this;
  }
  constexpr List(List&&) noexcept = default;
  constexpr List& operator=(List&&) noexcept = default;
  ~List() = default;

  T& push_back(const T& element) {
    if (size_ >= capacity_) {
      capacity_ = 2 * size_ + 4;
      data_ = static_cast<T*>(grow_list(data_, size_ * sizeof(T), capacity_ * sizeof(T)));
    }
    return *new (data_ + size_++) T(element);
  }
  constexpr void pop_back() { --size_; }
  /// Removes an element. The last element takes its place.
  constexpr void remove(std::size_t index) { data_[index] = data_[--size_]; }

  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
  constexpr T& operator[](std::size_t index) { return data_[index]; }
  constexpr const T& operator[](std::size_t index) const { return data_[index]; }
  constexpr T& front() { return data_[0]; }
  constexpr const T& front() const { return data_[0]; }
  constexpr T& back() { return data_[size_ - 1]; }
  [[nodiscard]] constexpr T* data() const { return data_; }
  constexpr T* begin() { return data_; }
  constexpr T* end() { return data_ + size_; }
  constexpr const T* begin() const { return data_; }
  constexpr const T* end() const { return data_ + size_; }

 private:
  T* data_ = nullptr;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;
};

}  // namespace landfall
