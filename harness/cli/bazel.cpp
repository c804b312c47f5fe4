#include "cli/bazel.h"

#include <fstream>

namespace murphy::cli {

std::string bazel_filter(const reports::Variable& variable) {
  const char* words = variable("TESTBRIDGE_TEST_ONLY");
  return words == nullptr || variable("BAZEL_TEST") == nullptr ? "" : words;
}

void tell_bazel(ExitCode code, const reports::Variable& variable) {
  const char* file = variable("TEST_INFRASTRUCTURE_FAILURE_FILE");
  if (file == nullptr || *file == '\0') return;
  if (code == ExitCode::target)
    std::ofstream(file) << "Murphy could not reach, start or understand the app.\n";
  else if (code == ExitCode::internal)
    std::ofstream(file) << "Murphy could not write a report, or failed itself.\n";
}

} // namespace murphy::cli
