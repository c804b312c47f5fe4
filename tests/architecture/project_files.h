// The project's own files as a reader finds them: without what was built or fetched.
#pragma once

#include <string>
#include <vector>

namespace murphy::architecture {

struct SourceFile {
  std::string name; // relative to the project
  std::string text;
  std::vector<std::string> lines() const;
};

// The files below these folders ("" is the project) whose names end in one of these ways (none given: every text file).
std::vector<SourceFile> project_files(const std::vector<std::string>& folders,
                                      const std::vector<std::string>& endings = {});

} // namespace murphy::architecture
