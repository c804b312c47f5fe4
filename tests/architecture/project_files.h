// The project's own files as a reader finds them: without what was built or fetched.
#pragma once

#include <cctype>
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

// Part of a name.
inline bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

} // namespace murphy::architecture
