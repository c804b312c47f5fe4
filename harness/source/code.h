// The code of the app: where it writes a name, and since when. Only reads.
#pragma once

#include "record/code_place.h"

#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::source {

// Whether a folder is part of a git checkout.
bool is_checkout(const std::filesystem::path& folder);

// Safe to use from several threads.
class Code {
public:
  // The tracked files of `folder`; without git all files there that look like code. What Murphy itself reads, such as
  // scenarios, is no code of the app: `left_out` names those files. `longest` bounds each look into the history, and
  // each search.
  explicit Code(std::filesystem::path folder, const std::vector<std::string>& left_out = {},
                std::chrono::milliseconds longest = std::chrono::seconds(1));

  // At most three places that write the name as a word, those changed last first. None when it stands in so many files
  // that it cannot be the slip of one change. The same name is looked for once.
  std::vector<record::CodePlace> places_of(const std::string& name);

private:
  std::vector<record::CodePlace> search(const std::string& name) const;

  const std::filesystem::path folder_;
  std::vector<std::filesystem::path> left_out_;
  const std::chrono::milliseconds longest_;
  std::mutex mutex_; // guards found_
  std::map<std::string, std::vector<record::CodePlace>> found_;
};

} // namespace murphy::source
