# The native library: `cmake --install`, then find_package(landfall) and landfall::landfall in another project.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package "${CMAKE_INSTALL_LIBDIR}/cmake/landfall")

install(TARGETS landfall EXPORT landfall
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(EXPORT landfall FILE landfall-config.cmake NAMESPACE landfall:: DESTINATION "${package}")

write_basic_package_version_file(landfall-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/landfall-config-version.cmake" DESTINATION "${package}")
