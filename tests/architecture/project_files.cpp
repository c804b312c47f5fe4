#include "project_files.h"
#include "tests/places.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

namespace murphy::architecture {
namespace {

namespace fs = std::filesystem;

const std::set<std::string> not_ours{"build", ".git", ".cache", "node_modules", "__pycache__"};

bool is_text(const std::string& text) { return !text.contains('\0'); }

} // namespace

std::vector<std::string> SourceFile::lines() const {
  std::vector<std::string> all;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) all.push_back(line);
  return all;
}

std::vector<SourceFile> project_files(const std::vector<std::string>& folders,
                                      const std::vector<std::string>& endings) {
  const fs::path project = in_project();
  std::vector<SourceFile> files;
  for (const std::string& folder : folders) {
    for (auto at = fs::recursive_directory_iterator(project / folder); at != fs::recursive_directory_iterator(); ++at) {
      if (at->is_directory() && not_ours.contains(at->path().filename())) at.disable_recursion_pending();
      // In a second work tree .git is a file.
      if (!at->is_regular_file() || not_ours.contains(at->path().filename())) continue;
      const std::string name = fs::relative(at->path(), project);
      const bool wanted =
          endings.empty() || std::ranges::any_of(endings, [&](const std::string& end) { return name.ends_with(end); });
      if (!wanted) continue;
      std::ifstream stream(at->path(), std::ios::binary);
      std::string text{std::istreambuf_iterator<char>(stream), {}};
      if (is_text(text)) files.push_back({name, std::move(text)});
    }
  }
  std::ranges::sort(files, {}, &SourceFile::name);
  return files;
}

} // namespace murphy::architecture
