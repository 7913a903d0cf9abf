# What a program includes, as <landfall/...>: the same in this build, for add_subdirectory, and installed. A quoted #include among these
# files is found in their own folder, so nothing else of wasm/ is on the path.
set(LANDFALL_PUBLIC_HEADERS
  abi/landfall.hpp
  base/errors.def
  codec/fields.hpp
  codec/messages.def)

set(folder "${PROJECT_BINARY_DIR}/include")
set(public_headers "")
foreach(header IN LISTS LANDFALL_PUBLIC_HEADERS)
  string(REGEX REPLACE "^abi/" "" name "${header}")
  configure_file("${PROJECT_SOURCE_DIR}/wasm/${header}" "${folder}/landfall/${name}" COPYONLY)
  list(APPEND public_headers "${folder}/landfall/${name}")
endforeach()
target_sources(landfall PUBLIC FILE_SET HEADERS BASE_DIRS "${folder}" FILES ${public_headers})
