# The native tests: GoogleTest, over the vectors that the Wasm build runs too.
find_package(GTest 1.12 REQUIRED)
enable_testing()

add_executable(landfall_tests
  tests/native/base_test.cpp
  tests/native/cookie_test.cpp
  tests/native/form_test.cpp
  tests/native/host_test.cpp
  tests/native/next_test.cpp
  tests/native/url_test.cpp
  tests/native/vectors_test.cpp)
target_link_libraries(landfall_tests PRIVATE landfall GTest::gtest_main)
target_compile_definitions(landfall_tests PRIVATE LANDFALL_VECTORS_DIR="${PROJECT_SOURCE_DIR}/tests/vectors")
target_compile_options(landfall_tests PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
  -Wno-missing-field-initializers -Wno-dangling-else)   # what GCC alone says about assertions in an `if`

add_test(NAME native COMMAND landfall_tests --gtest_brief=1)
