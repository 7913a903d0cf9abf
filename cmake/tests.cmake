# The native tests: GoogleTest, over the vectors that the Wasm build runs too.
find_package(GTest 1.12 REQUIRED)
enable_testing()

add_executable(landfall_tests
  tests/native/authorization_response_test.cpp
  tests/native/authorization_url_test.cpp
  tests/native/base_test.cpp
  tests/native/callback_test.cpp
  tests/native/mix_up_test.cpp
  tests/native/not_set_test.cpp
  tests/native/config_test.cpp
  tests/native/cookie_test.cpp
  tests/native/core_metadata_test.cpp
  tests/native/core_test.cpp
  tests/native/entropy_test.cpp
  tests/native/form_test.cpp
  tests/native/host_test.cpp
  tests/native/id_token_test.cpp
  tests/native/json_test.cpp
  tests/native/landfall_test.cpp
  tests/native/message_test.cpp
  tests/native/metadata_test.cpp
  tests/native/next_test.cpp
  tests/native/pkce_test.cpp
  tests/native/public_origin_test.cpp
  tests/native/request_test.cpp
  tests/native/respond_test.cpp
  tests/native/session_test.cpp
  tests/native/stages_test.cpp
  tests/native/state_test.cpp
  tests/native/supabase_auth_response_test.cpp
  tests/native/supabase_arrival_test.cpp
  tests/native/supabase_callback_test.cpp
  tests/native/supabase_confirm_test.cpp
  tests/native/supabase_cookies_test.cpp
  tests/native/supabase_hostile_test.cpp
  tests/native/supabase_sign_in_test.cpp
  tests/native/supabase_sign_out_test.cpp
  tests/native/supabase_url_test.cpp
  tests/native/token_response_test.cpp
  tests/native/token_request_test.cpp
  tests/native/transaction_cookies_test.cpp
  tests/native/transaction_test.cpp
  tests/native/url_test.cpp
  tests/native/vectors_test.cpp)
target_link_libraries(landfall_tests PRIVATE landfall GTest::gtest_main)
target_compile_definitions(landfall_tests PRIVATE LANDFALL_VECTORS_DIR="${PROJECT_SOURCE_DIR}/tests/vectors")
target_compile_options(landfall_tests PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wno-dangling-else -Werror)

add_test(NAME native COMMAND landfall_tests --gtest_brief=1)

# Its instructions are counted by tests/node/instructions.test.mjs, under valgrind: so without sanitizers.
if(NOT LANDFALL_SANITIZE)
  add_executable(landfall_instructions
    tests/instructions/comparisons.cpp
    tests/instructions/json_parsers.cpp
    tests/instructions/main.cpp
    tests/instructions/parsers.cpp
    tests/instructions/text_parsers.cpp)
  target_link_libraries(landfall_instructions PRIVATE landfall landfall_options)
endif()

# For the comparison of all runtimes, in tests/runtimes.
add_executable(landfall_next_verdicts tests/native/next_verdicts.cpp)
target_link_libraries(landfall_next_verdicts PRIVATE landfall)
