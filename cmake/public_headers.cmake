# What a program includes, as <landfall/...>: the same in this build, for add_subdirectory, and installed. Nothing else of wasm/ is on its
# path, so an #include among these files gets the same form.
set(LANDFALL_PUBLIC_HEADERS
  abi/landfall.h
  abi/landfall.hpp
  base/errors.def
  codec/fields.hpp
  codec/messages.def)

set(folder "${PROJECT_BINARY_DIR}/include")
set(public_headers "")
foreach(header IN LISTS LANDFALL_PUBLIC_HEADERS)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "wasm/${header}")
  file(READ "wasm/${header}" text)
  string(REGEX REPLACE "#include \"(abi/)?([^\"]+)\"" "#include <landfall/\\2>" text "${text}")
  string(REGEX REPLACE "^abi/" "" name "${header}")
  file(CONFIGURE OUTPUT "${folder}/landfall/${name}" CONTENT "${text}" @ONLY)
  list(APPEND public_headers "${folder}/landfall/${name}")
endforeach()
target_sources(landfall PUBLIC FILE_SET HEADERS BASE_DIRS "${folder}" FILES ${public_headers})
