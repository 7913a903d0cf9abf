# The Emscripten toolchain, wherever it is: a distribution's package or an activated emsdk.
if(NOT DEFINED CACHE{LANDFALL_EMSCRIPTEN_ROOT})
  find_program(LANDFALL_EM_CONFIG em-config HINTS "$ENV{EMSDK}/upstream/emscripten" NO_CMAKE_FIND_ROOT_PATH)
  if(NOT LANDFALL_EM_CONFIG)
    message(FATAL_ERROR "em-config is not on the PATH: install the emscripten package, or activate an emsdk")
  endif()
  execute_process(
    COMMAND "${LANDFALL_EM_CONFIG}" EMSCRIPTEN_ROOT
    OUTPUT_VARIABLE root OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  set(LANDFALL_EMSCRIPTEN_ROOT "${root}" CACHE INTERNAL "")
endif()
include("${LANDFALL_EMSCRIPTEN_ROOT}/cmake/Modules/Platform/Emscripten.cmake")
