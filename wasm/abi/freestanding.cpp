// Wasm only: small stand-ins for the parts of libc that would bring in imports (stdio, environment, exit) or code that
// nothing here needs (printf, exact strtod, locales). The linker puts `__wrap_x` in the place of `x` for every name in
// CMakeLists.txt's list; plain definitions would clash with other functions that the archive keeps in the same object
// file. Compiled without LTO and without built-ins, so that the compiler turns nothing below into a call of the
// function that it replaces.

#include <clocale>
#include <cstdarg>
#include <cstddef>

extern "C" {

[[noreturn]] void __wrap_abort() { __builtin_trap(); }
// Called by libc++abi for a pure virtual call and the like; the real one prints.
[[noreturn]] void __wrap_abort_message(const char*, ...) { __builtin_trap(); }
[[noreturn]] void __wrap___assert_fail(const char*, const char*, int, const char*) { __builtin_trap(); }

// The module never exits, so exit handlers never run.
int __wrap___cxa_atexit(void (*)(void*), void*, void*) { return 0; }

// nlohmann's lexer converts every number; json/json.cpp keeps its text and never reads the value.
unsigned long long __wrap_strtoull(const char*, char**, int) { return 0; }
long long __wrap_strtoll(const char*, char**, int) { return 0; }
double __wrap_strtod(const char*, char**) { return 0; }

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

// This replaces the archive's version, whose constructor imports the environment.
char* getenv(const char*) { return nullptr; }

}  // extern "C"
