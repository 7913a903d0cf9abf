# The native library: `cmake --install`, then find_package(landfall) and landfall::landfall in another project.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(folder "${CMAKE_INSTALL_INCLUDEDIR}/landfall")
set(package "${CMAKE_INSTALL_LIBDIR}/cmake/landfall")

install(TARGETS landfall EXPORT landfall
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  INCLUDES DESTINATION "${folder}")
install(FILES wasm/abi/landfall.h wasm/abi/landfall.hpp DESTINATION "${folder}")
install(FILES wasm/base/errors.def DESTINATION "${folder}/base")
install(FILES wasm/codec/fields.hpp wasm/codec/messages.def DESTINATION "${folder}/codec")
install(EXPORT landfall FILE landfall-config.cmake NAMESPACE landfall:: DESTINATION "${package}")

write_basic_package_version_file(landfall-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/landfall-config-version.cmake" DESTINATION "${package}")
