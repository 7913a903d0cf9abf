# The modules, core.wasm first: each linked without Emscripten's JavaScript and without a single import, then stripped to its exports.

set(LANDFALL_EXPORTS landfall_abi landfall_input landfall_handle landfall_wipe memory _initialize)

# Where the time goes: the hashes of a sign-in, the `next` check with what carries its messages, and queries.
set(LANDFALL_HOT_SOURCES wasm/base/sha256.cpp wasm/base/text.cpp wasm/rules/next.cpp wasm/codec/message.cpp
  wasm/web/form.cpp)

# What wasm/abi/freestanding.cpp defines as __wrap_<name>.
set(LANDFALL_WRAPPED abort abort_message __assert_fail __cxa_atexit strtoull strtoll strtod
  vsnprintf snprintf strerror localeconv)
list(TRANSFORM LANDFALL_WRAPPED PREPEND "-Wl,--wrap=" OUTPUT_VARIABLE wrap_options)

if(EMSCRIPTEN_VERSION VERSION_LESS 3.1.28)
  set(stack_option -sTOTAL_STACK=65536)
else()
  set(stack_option -sSTACK_SIZE=65536)
endif()

# A runtime compiles a function at its first call. So a large function stays apart, even if one place calls it: a first sign-in
# compiles what it uses. Smaller ones go to where they are called.
set(keep_apart --one-caller-inline-max-function-size=1500)

# Small code everywhere (-Oz, by the preset), fast code where the time goes: 1 % larger after compression, and a start takes a
# quarter less. All of it at -O3 would be a third larger.
set_source_files_properties(${LANDFALL_HOT_SOURCES} PROPERTIES COMPILE_OPTIONS "-O2")
set_source_files_properties(wasm/abi/freestanding.cpp PROPERTIES COMPILE_OPTIONS "-fno-lto;-fno-builtin")
set_source_files_properties(wasm/abi/arena.cpp PROPERTIES COMPILE_OPTIONS "-mbulk-memory")  # memory.fill wipes faster
add_library(landfall_abi OBJECT ${LANDFALL_ABI_SOURCES} wasm/abi/freestanding.cpp)
target_link_libraries(landfall_abi PRIVATE landfall_internals landfall_options)
target_compile_features(landfall_abi PRIVATE cxx_std_20)

find_program(LANDFALL_WASM_OPT wasm-opt HINTS "${EMSCRIPTEN_ROOT_PATH}/../bin" NO_CMAKE_FIND_ROOT_PATH REQUIRED)
find_program(LANDFALL_WASM_METADCE wasm-metadce HINTS "${EMSCRIPTEN_ROOT_PATH}/../bin" NO_CMAKE_FIND_ROOT_PATH)

# Named one by one: with --all-features, newer releases write types that no runtime knows.
set(features --mvp-features --enable-sign-ext --enable-mutable-globals --enable-nontrapping-float-to-int
  --enable-bulk-memory)
if(EMSCRIPTEN_VERSION VERSION_GREATER_EQUAL 4.0)  # what its LLVM and libraries take for granted
  list(APPEND features --enable-bulk-memory-opt --enable-multivalue --enable-reference-types
    --enable-call-indirect-overlong)
endif()

set(exports_graph "${PROJECT_BINARY_DIR}/exports.json")
set(names ${LANDFALL_EXPORTS})
list(TRANSFORM names REPLACE "(.+)" "\"\\1\"")
list(JOIN names "," names)
set(nodes ${LANDFALL_EXPORTS})
list(TRANSFORM nodes REPLACE "(.+)" "{\"name\":\"\\1\",\"export\":\"\\1\"}")
list(JOIN nodes "," nodes)
file(CONFIGURE OUTPUT "${exports_graph}" CONTENT "[{\"name\":\"root\",\"root\":true,\"reaches\":[${names}]},${nodes}]")
if(NOT LANDFALL_WASM_METADCE)
  message(STATUS "wasm-metadce is missing: Emscripten's own exports stay in the modules")
endif()

# A module, as a target and as a file ${name}.wasm. The capabilities that are named after it are left out.
function(landfall_module name)
  set(linked ${name}_linked)
  add_executable(${linked} EXCLUDE_FROM_ALL $<TARGET_OBJECTS:landfall_abi>)
  landfall_capabilities(${linked} ${ARGN})
  set_target_properties(${linked} PROPERTIES SUFFIX .wasm)
  target_link_libraries(${linked} PRIVATE landfall landfall_internals landfall_options)
  target_link_options(${linked} PRIVATE
    -Oz -flto -fno-exceptions -fno-rtti
    -sSTANDALONE_WASM --no-entry -sFILESYSTEM=0 -sMALLOC=none
    -sINITIAL_MEMORY=262144 -sALLOW_MEMORY_GROWTH -sMAXIMUM_MEMORY=67108864
    -Wl,-mllvm,-inline-threshold=0   # a call is shorter than what it calls
    "-sBINARYEN_EXTRA_PASSES=${keep_apart}"
    ${stack_option} -Wl,--stack-first   # so that a stack overflow traps and does not overwrite globals
    ${wrap_options})

  set(module "${PROJECT_BINARY_DIR}/${name}.wasm")
  set(kept "${PROJECT_BINARY_DIR}/${name}_kept.wasm")
  set(keep_exports "${CMAKE_COMMAND}" -E copy $<TARGET_FILE:${linked}> "${kept}")
  if(LANDFALL_WASM_METADCE)
    set(keep_exports "${LANDFALL_WASM_METADCE}" $<TARGET_FILE:${linked}> --graph-file "${exports_graph}" ${features} -o "${kept}")
  endif()
  add_custom_command(OUTPUT "${module}"
    COMMAND ${keep_exports} > "${kept}.txt"
    # The passes between find shorter forms of loops and branches.
    COMMAND "${LANDFALL_WASM_OPT}" ${features} ${keep_apart} -Oz --flatten --rereloop -Oz --licm -Oz --merge-locals --vacuum
      --strip-debug --strip-producers --strip-target-features "${kept}" -o "${module}"
    DEPENDS ${linked} VERBATIM)
  add_custom_target(${name} DEPENDS "${module}")
endfunction()

landfall_module(core)
landfall_module(browser PAGES SESSION DESCRIBE)
foreach(choice IN LISTS LANDFALL_CHOICES)
  string(REPLACE "-" ";" left_out "${choice}")
  landfall_module(without-${choice} ${left_out})
endforeach()
