// Asks git about a checkout.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::source {

// The command line that asks git in `folder`: neither a monitor nor a pager of its settings is run.
std::vector<std::string> git(const std::filesystem::path& folder, std::initializer_list<std::string_view> more);

} // namespace murphy::source
