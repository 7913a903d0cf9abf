# Writes wasm/pages/assets.hpp.in into the build: the markup, style and script of the pages as C++ text, without comments of
# their own and without indentation.

foreach(file page.html error.html confirm.html page.css page.js)
  string(REPLACE "." "_" name "${file}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "wasm/pages/${file}")
  file(READ "${PROJECT_SOURCE_DIR}/wasm/pages/${file}" ${name})
  string(REGEX REPLACE "(^|\n)//[^\n]*" "" ${name} "${${name}}")
endforeach()

# Of the palette, the style takes the colours that it names.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS wasm/pages/palette.css)
set(palette "")
file(STRINGS wasm/pages/palette.css lines)
foreach(line IN LISTS lines)
  if(line MATCHES "^ *(/\\*|$)")
    continue()
  endif()
  if(line MATCHES "^ *(--[a-z-]+):")
    string(FIND "${page_css}" "var(${CMAKE_MATCH_1})" at)
    if(at EQUAL -1)
      continue()
    endif()
  endif()
  string(APPEND palette "${line}\n")
endforeach()
set(page_css "${palette}${page_css}")

foreach(name page_html error_html confirm_html page_css page_js)
  string(REGEX REPLACE "\n[ \n]*" "\n" ${name} "${${name}}")
endforeach()
configure_file(wasm/pages/assets.hpp.in pages/pages/assets.hpp @ONLY)
target_include_directories(landfall PRIVATE "${PROJECT_BINARY_DIR}/pages")
