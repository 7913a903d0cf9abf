# One libFuzzer program for each tests/fuzz/<name>.cpp: `npm run fuzz`.
set(LANDFALL_FUZZ_TARGETS
  authorization_response cookie core form host journey json jwt message next own_session profile public_origin question set_cookie supabase_cookies
  supabase_token transaction)

foreach(name IN LISTS LANDFALL_FUZZ_TARGETS)
  if(NOT EXISTS ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${name})
    message(FATAL_ERROR "tests/fuzz/corpus/${name} is missing: tools/fuzz.mjs finds the targets there")
  endif()
  add_executable(fuzz_${name} tests/fuzz/${name}.cpp)
  target_link_libraries(fuzz_${name} PRIVATE landfall landfall_internals)
  target_include_directories(fuzz_${name} PRIVATE tests/native)
  target_compile_options(fuzz_${name} PRIVATE ${LANDFALL_WARNINGS} -Wno-missing-field-initializers)
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
endforeach()
target_sources(fuzz_journey PRIVATE
  tests/fuzz/jar.cpp tests/fuzz/journey_attack.cpp tests/fuzz/journey_person.cpp tests/fuzz/journey_redeem.cpp
  tests/fuzz/journey_relay.cpp tests/fuzz/journey_request.cpp tests/fuzz/journey_sibling.cpp tests/fuzz/journey_start.cpp
  tests/fuzz/journey_sessions.cpp
  tests/fuzz/journey_visit.cpp tests/fuzz/world.cpp tests/fuzz/world_evil.cpp tests/fuzz/world_providers.cpp
  tests/fuzz/world_tokens.cpp)
