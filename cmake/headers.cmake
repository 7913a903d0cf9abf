# Boost and nlohmann/json are headers only. They are linked into a folder of their own, because /usr/include as a whole
# would put the host's C library in front of Emscripten's.
find_path(LANDFALL_BOOST_INCLUDE boost/url/rfc/pct_encoded_rule.hpp
  HINTS "$ENV{BOOST_ROOT}" PATHS /usr/local/include /usr/include
  DOC "A folder with Boost >= 1.81" NO_CMAKE_FIND_ROOT_PATH REQUIRED)
find_path(LANDFALL_JSON_INCLUDE nlohmann/json.hpp
  PATHS /usr/local/include /usr/include
  DOC "A folder with nlohmann/json >= 3.11" NO_CMAKE_FIND_ROOT_PATH REQUIRED)

set(LANDFALL_HEADERS "${PROJECT_BINARY_DIR}/headers")
file(MAKE_DIRECTORY "${LANDFALL_HEADERS}")
file(CREATE_LINK "${LANDFALL_BOOST_INCLUDE}/boost" "${LANDFALL_HEADERS}/boost" SYMBOLIC)
file(CREATE_LINK "${LANDFALL_BOOST_INCLUDE}/boost" "${LANDFALL_HEADERS}/landfall_boost" SYMBOLIC)
file(CREATE_LINK "${LANDFALL_JSON_INCLUDE}/nlohmann" "${LANDFALL_HEADERS}/nlohmann" SYMBOLIC)

add_library(landfall_headers INTERFACE)
target_include_directories(landfall_headers SYSTEM INTERFACE "${LANDFALL_HEADERS}")
target_compile_definitions(landfall_headers INTERFACE
  boost=landfall_boost             # a program may have a Boost of its own, of another version and with exceptions
  BOOST_ALL_NO_LIB
  BOOST_NO_EXCEPTIONS
  BOOST_DISABLE_CURRENT_LOCATION   # else the binary names the folders it was built in
  BOOST_URL_NO_SOURCE_LOCATION
  JSON_NOEXCEPTION
  JSON_USE_IMPLICIT_CONVERSIONS=0)
