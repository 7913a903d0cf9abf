# Writes wasm/pages/assets.hpp.in into the build: the markup, style and script of the pages as C++ text, without comments of
# their own and without indentation. With LANDFALL_PAGES=OFF all of it is empty.

foreach(file page.html error.html confirm.html page.css page.js)
  string(REPLACE "." "_" name "${file}")
  set(${name} "")
  if(LANDFALL_PAGES)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "wasm/pages/${file}")
    file(READ "${PROJECT_SOURCE_DIR}/wasm/pages/${file}" ${name})
    string(REGEX REPLACE "(^|\n)//[^\n]*" "" ${name} "${${name}}")
    string(REGEX REPLACE "\n[ \n]*" "\n" ${name} "${${name}}")
  endif()
endforeach()
configure_file(wasm/pages/assets.hpp.in pages/pages/assets.hpp @ONLY)
target_include_directories(landfall PRIVATE "${PROJECT_BINARY_DIR}/pages")
