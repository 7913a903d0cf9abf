#pragma once

#include <string_view>

/// Finds the address of a page in an app that its host serves below a path.
namespace landfall {

/// A path of the app below its base path. One that is there already stays as it is, so a path may have the base or not.
/// @param base_path without a slash at the end; empty for an app at the root of its host.
/// @param path it starts with a slash; its query and its fragment stay.
std::string_view in_base_path(std::string_view base_path, std::string_view path);

}  // namespace landfall
