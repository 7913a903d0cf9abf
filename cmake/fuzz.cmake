# One libFuzzer program for each tests/fuzz/<name>.cpp: `npm run fuzz`.
set(LANDFALL_FUZZ_TARGETS cookie core form host json next supabase_cookies supabase_token transaction)

foreach(name IN LISTS LANDFALL_FUZZ_TARGETS)
  add_executable(fuzz_${name} tests/fuzz/${name}.cpp)
  target_link_libraries(fuzz_${name} PRIVATE landfall)
  target_compile_definitions(fuzz_${name} PRIVATE LANDFALL_VECTORS_DIR="${PROJECT_SOURCE_DIR}/tests/vectors")
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
endforeach()
