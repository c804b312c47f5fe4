#include "golden.h"
#include "tests/places.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace murphy {

void expect_golden(std::string_view text, const std::string& file) {
  const std::filesystem::path path = std::filesystem::path(in_project()) / "tests" / file;
  if (std::getenv("MURPHY_APPROVE")) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ostringstream kept;
  kept << std::ifstream(path, std::ios::binary).rdbuf();
  if (kept.str() == text) return;
  std::istringstream wanted(kept.str()), got{std::string(text)};
  for (int line = 1;; ++line) {
    std::string wanted_line, got_line;
    const bool has_wanted = static_cast<bool>(std::getline(wanted, wanted_line));
    const bool has_got = static_cast<bool>(std::getline(got, got_line));
    if (has_wanted == has_got && wanted_line == got_line && has_got) continue;
    ADD_FAILURE() << path.string() << ":" << line << " differs\n  golden: " << (has_wanted ? wanted_line : "(its end)")
                  << "\n  now:    " << (has_got ? got_line : "(its end)")
                  << "\nWhere the change is right, run scripts/approve and look at the diff.";
    return;
  }
}

} // namespace murphy
