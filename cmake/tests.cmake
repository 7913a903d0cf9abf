# The native tests: GoogleTest, over the vectors that the Wasm build runs too.
find_package(GTest 1.12 REQUIRED)
include(GoogleTest)
enable_language(C)   # for landfall.h: a host in C11
enable_testing()

add_library(landfall_test_objects OBJECT
  tests/native/admit_test.cpp
  tests/native/authorization_response_test.cpp
  tests/native/authorization_url_test.cpp
  tests/native/base_path_test.cpp
  tests/native/base_test.cpp
  tests/native/callback_test.cpp
  tests/native/client_secret_test.cpp
  tests/native/config_test.cpp
  tests/native/cookie_test.cpp
  tests/native/core_metadata_test.cpp
  tests/native/core_pages_test.cpp
  tests/native/core_test.cpp
  tests/native/describe_test.cpp
  tests/native/entropy_test.cpp
  tests/native/fail_test.cpp
  tests/native/finish_test.cpp
  tests/native/form_test.cpp
  tests/native/host_test.cpp
  tests/native/id_token_test.cpp
  tests/native/issuer_test.cpp
  tests/native/json_test.cpp
  tests/native/known_provider_test.cpp
  tests/native/landfall_c_test.cpp
  tests/native/landfall_test.cpp
  tests/native/memory_test.cpp
  tests/native/message_test.cpp
  tests/native/metadata_test.cpp
  tests/native/mix_up_test.cpp
  tests/native/next_test.cpp
  tests/native/not_set_test.cpp
  tests/native/access_token_test.cpp
  tests/native/end_session_test.cpp
  tests/native/logout_token_test.cpp
  tests/native/own_tokens_test.cpp
  tests/native/linking_test.cpp
  tests/native/revoked_test.cpp
  tests/native/verified_session_renewal_test.cpp
  tests/native/verified_session_test.cpp
  tests/native/own_session_cookies_test.cpp
  tests/native/own_session_flow_test.cpp
  tests/native/own_session_test.cpp
  tests/native/pages_test.cpp
  tests/native/pkce_test.cpp
  tests/native/profile_test.cpp
  tests/native/provider_row_test.cpp
  tests/native/public_origin_test.cpp
  tests/native/redirect_test.cpp
  tests/native/refresh_request_test.cpp
  tests/native/relay_test.cpp
  tests/native/request_test.cpp
  tests/native/respond_test.cpp
  tests/native/serve_test.cpp
  tests/native/require_session_test.cpp
  tests/native/resume_test.cpp
  tests/native/route_test.cpp
  tests/native/session_test.cpp
  tests/native/sign_in_test.cpp
  tests/native/stages_test.cpp
  tests/native/fetched_test.cpp
  tests/native/refusal_words_test.cpp
  tests/native/setting_test.cpp
  tests/native/sign_out_hook_test.cpp
  tests/native/signed_userinfo_test.cpp
  tests/native/spki_test.cpp
  tests/native/state_test.cpp
  tests/native/supabase_attempts_test.cpp
  tests/native/supabase_auth_response_test.cpp
  tests/native/supabase_arrival_test.cpp
  tests/native/supabase_callback_test.cpp
  tests/native/supabase_confirm_test.cpp
  tests/native/supabase_cookies_test.cpp
  tests/native/supabase_hostile_test.cpp
  tests/native/supabase_implicit_test.cpp
  tests/native/supabase_project_cookies_test.cpp
  tests/native/supabase_project_test.cpp
  tests/native/supabase_raw_cookies_test.cpp
  tests/native/supabase_sign_in_test.cpp
  tests/native/supabase_sign_out_test.cpp
  tests/native/supabase_tries_test.cpp
  tests/native/supabase_url_test.cpp
  tests/native/template_test.cpp
  tests/native/token_response_test.cpp
  tests/native/token_request_test.cpp
  tests/native/transaction_cookies_test.cpp
  tests/native/transaction_test.cpp
  tests/native/url_test.cpp
  tests/native/vectors_test.cpp
  tests/native/verify_test.cpp
  tests/native/xchacha20_poly1305_test.cpp
  tests/native/landfall_c.c)
# Several files as one: by itself, each would read the same headers and compile what they define.
set_target_properties(landfall_test_objects PROPERTIES UNITY_BUILD ON)
set_target_properties(landfall_test_objects PROPERTIES C_STANDARD 11 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF)
target_link_libraries(landfall_test_objects PUBLIC landfall landfall_internals GTest::gtest_main)
target_compile_definitions(landfall_test_objects PRIVATE LANDFALL_VECTORS_DIR="${PROJECT_SOURCE_DIR}/tests/vectors")
target_compile_options(landfall_test_objects PRIVATE ${LANDFALL_WARNINGS} -Wno-dangling-else
  $<$<NOT:$<CONFIG:Release>>:-O0>)   # their own code takes longer to optimise than to run

add_executable(landfall_tests)
target_link_libraries(landfall_tests PRIVATE landfall_test_objects)

# The same for a core without some capabilities: the program's own constants stand in front of those in the library.
foreach(choice IN LISTS LANDFALL_CHOICES)
  string(REPLACE "-" ";" left_out "${choice}")
  add_executable(landfall_tests_without-${choice} EXCLUDE_FROM_ALL)
  landfall_capabilities(landfall_tests_without-${choice} ${left_out})
  target_link_libraries(landfall_tests_without-${choice} PRIVATE landfall_test_objects)
endforeach()

# Asked for when ctest starts, not when the program is built: a build for another purpose need not run it.
gtest_discover_tests(landfall_tests DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60)

# Its instructions are counted by tests/node/cpu-instructions.test.mjs, under valgrind: so without sanitizers.
if(NOT LANDFALL_SANITIZE)
  add_executable(landfall_instructions
    tests/cpu-instructions/comparisons.cpp
    tests/cpu-instructions/json_parsers.cpp
    tests/cpu-instructions/main.cpp
    tests/cpu-instructions/parsers.cpp
    tests/cpu-instructions/requests.cpp
    tests/cpu-instructions/text_parsers.cpp)
  target_link_libraries(landfall_instructions PRIVATE landfall landfall_internals landfall_options)
endif()

# For the comparison of all runtimes, in tests/runtimes.
add_executable(landfall_next_verdicts tests/native/next_verdicts.cpp)
target_link_libraries(landfall_next_verdicts PRIVATE landfall landfall_internals)
