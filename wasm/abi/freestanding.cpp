// Wasm only: small stand-ins for the parts of libc that would bring in imports (stdio, environment, exit) or code that
// nothing here needs (printf, exact strtod, locales). The linker puts `__wrap_x` in the place of `x` for every name in
// CMakeLists.txt's list; plain definitions would clash with whatever else the archive keeps in the same object file.
// Compiled without LTO and without built-ins, so that nothing below is turned into a call of what it replaces.

#include <cerrno>
#include <clocale>
#include <cstdarg>
#include <cstddef>
#include <cstdint>

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The integer at `text`, in base 10: the only base that nlohmann/json asks for.
struct Digits {
  std::uint64_t value;
  const char* end;
  bool negative;
  bool overflow;
};

Digits read_digits(const char* text) {
  Digits out{0, text, false, false};
  const char* at = text;
  if (*at == '-' || *at == '+') out.negative = *at++ == '-';
  for (; is_digit(*at); ++at, out.end = at) {
    const auto digit = static_cast<std::uint64_t>(*at - '0');
    out.overflow = out.overflow || out.value > (UINT64_MAX - digit) / 10;
    out.value = out.value * 10 + digit;
  }
  return out;
}

void set_end(char** end, const char* at) {
  if (end != nullptr) *end = const_cast<char*>(at);
}

constexpr std::uint64_t kMaxMantissa = UINT64_MAX / 10 - 1;
constexpr int kMaxExponent = 9999;

/// A decimal number, right to some fifteen digits. Nothing computes with it (number texts are kept as they came);
/// it only has to say where the number ends and whether it is too large for a double.
double read_double(const char* at, char** end) {
  const bool negative = *at == '-';
  if (*at == '-' || *at == '+') ++at;
  std::uint64_t mantissa = 0;
  int exponent = 0;
  bool point = false;
  for (; is_digit(*at) || (*at == '.' && !point); ++at) {
    if (*at == '.') {
      point = true;
    } else if (mantissa < kMaxMantissa) {
      mantissa = mantissa * 10 + static_cast<std::uint64_t>(*at - '0');
      exponent -= point ? 1 : 0;
    } else {
      exponent += point ? 0 : 1;
    }
  }
  if (*at == 'e' || *at == 'E') {
    ++at;
    const bool down = *at == '-';
    if (*at == '-' || *at == '+') ++at;
    int written = 0;
    for (; is_digit(*at); ++at) written = written < kMaxExponent ? written * 10 + (*at - '0') : written;
    exponent += down ? -written : written;
  }
  set_end(end, at);
  auto value = static_cast<double>(mantissa);
  if (mantissa != 0) {
    for (; exponent > 0 && value <= __DBL_MAX__; --exponent) value *= 10;
    for (; exponent < 0 && value > 0; ++exponent) value /= 10;
  }
  return negative ? -value : value;
}

}  // namespace

extern "C" {

[[noreturn]] void __wrap_abort() { __builtin_trap(); }
// Called by libc++abi for a pure virtual call and the like; the real one prints.
[[noreturn]] void __wrap_abort_message(const char*, ...) { __builtin_trap(); }
[[noreturn]] void __wrap___assert_fail(const char*, const char*, int, const char*) { __builtin_trap(); }

// Nothing ever exits, so there is nothing to run then.
int __wrap___cxa_atexit(void (*)(void*), void*, void*) { return 0; }

unsigned long long __wrap_strtoull(const char* text, char** end, int) {
  const Digits digits = read_digits(text);
  set_end(end, digits.end);
  if (digits.overflow) {
    errno = ERANGE;
    return UINT64_MAX;
  }
  return digits.negative ? 0 - digits.value : digits.value;
}

long long __wrap_strtoll(const char* text, char** end, int) {
  const Digits digits = read_digits(text);
  set_end(end, digits.end);
  const std::uint64_t limit = static_cast<std::uint64_t>(INT64_MAX) + (digits.negative ? 1 : 0);
  if (digits.overflow || digits.value > limit) {
    errno = ERANGE;
    return digits.negative ? INT64_MIN : INT64_MAX;
  }
  return static_cast<long long>(digits.negative ? 0 - digits.value : digits.value);
}

double __wrap_strtod(const char* text, char** end) { return read_double(text, end); }
float __wrap_strtof(const char* text, char** end) { return static_cast<float>(read_double(text, end)); }
long double __wrap_strtold(const char* text, char** end) { return read_double(text, end); }

// Only texts of errors are formatted, and nothing reads those: they could quote input.
int __wrap_vsnprintf(char* out, std::size_t size, const char*, std::va_list) {
  if (size > 0) *out = '\0';
  return 0;
}
int __wrap_snprintf(char* out, std::size_t size, const char*, ...) {
  if (size > 0) *out = '\0';
  return 0;
}
char* __wrap_strerror(int) { return const_cast<char*>(""); }

lconv* __wrap_localeconv() {
  static char point[] = ".";
  static char none[] = "";
  static lconv c_locale{};
  c_locale.decimal_point = point;
  c_locale.thousands_sep = none;
  return &c_locale;
}

// Not wrapped but replaced: the archive's one brings a constructor with it that imports the environment.
char* getenv(const char*) { return nullptr; }

}  // extern "C"
