#include "markdown.h"

#include "base/regex.h"
#include "base/text.h"
#include "command.h"
#include "tests/places.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <gtest/gtest.h>

namespace murphy::docs {
namespace {

constexpr std::string_view fence = "```";

} // namespace

std::vector<std::string> pages() {
  std::vector<std::string> found{"README.md", "CHANGELOG.md", "CONTRIBUTING.md"};
  for (const auto& entry : std::filesystem::directory_iterator(in_project("docs")))
    if (entry.path().extension() == ".md") found.push_back("docs/" + entry.path().filename().string());
  std::ranges::sort(found);
  return found;
}

std::string read_page(const std::string& page) { return end_to_end::read_file(in_project(page)); }

std::vector<Block> blocks(const std::string& page) {
  const std::string text = read_page(page);
  std::vector<Block> found;
  bool inside = false;
  std::size_t number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    if (line.starts_with(fence)) {
      if (!inside) {
        const std::string info(line.substr(fence.size()));
        const std::size_t space = std::min(info.find(' '), info.size());
        found.push_back({page, number, info.substr(0, space), info.substr(std::min(space + 1, info.size())), {}});
      }
      inside = !inside;
    } else if (inside) {
      found.back().text += std::string(line) + "\n";
    }
  }
  return found;
}

std::vector<Block> all_blocks() {
  std::vector<Block> found;
  for (const std::string& page : pages())
    for (Block& block : blocks(page)) found.push_back(std::move(block));
  return found;
}

std::vector<Link> links(const std::string& page) {
  const std::string text = read_page(page);
  std::vector<Link> found;
  bool inside = false;
  std::size_t number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    if (line.starts_with(fence)) inside = !inside;
    if (inside) continue;
    for (Groups& groups : every_match(R"(\[[^\]]*\]\(([^)\s]+)\))", line)) found.push_back({page, number, groups[1]});
  }
  return found;
}

std::vector<std::string> anchors(const std::string& page) {
  const std::string text = read_page(page);
  std::vector<std::string> found;
  bool inside = false;
  for (const std::string_view line : split(text, '\n')) {
    if (line.starts_with(fence)) inside = !inside;
    if (inside || !line.starts_with("#")) continue;
    std::string anchor;
    for (const char c : line.substr(std::min(line.find_first_not_of("# "), line.size()))) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == ' ')
        anchor += '-';
      else if (std::isalnum(byte) != 0 || c == '-' || c == '_' || byte >= 0x80)
        anchor += static_cast<char>(std::tolower(byte));
    }
    found.push_back(anchor);
  }
  return found;
}

std::vector<Command> commands(const Block& block) {
  std::vector<Command> found;
  std::size_t number = block.line;
  for (const std::string_view line : split(block.text, '\n')) {
    ++number;
    if (block.tag == "console" && line.starts_with("$ "))
      found.push_back({block.page, number, std::string(line.substr(2))});
    if (block.tag == "sh" && !line.empty() && !line.starts_with("#"))
      found.push_back({block.page, number, std::string(line)});
  }
  return found;
}

std::vector<Groups> every_match(const std::string& pattern, std::string_view text) {
  // What is left behind a match is its last group, so that the search goes on there.
  const auto regex = Regex::compile("(?:" + pattern + ")([\\s\\S]*)");
  if (!regex) {
    ADD_FAILURE() << regex.error().what;
    return {};
  }
  std::vector<Groups> found;
  std::string rest(text);
  while (true) {
    Result<Groups> groups = (*regex)->search(rest);
    if (!groups) {
      ADD_FAILURE() << groups.error().what;
      return found;
    }
    if (groups->empty()) return found;
    rest = std::move(groups->back());
    groups->pop_back();
    found.push_back(std::move(*groups));
  }
}

std::string place(const Block& block) { return block.page + ":" + std::to_string(block.line); }

} // namespace murphy::docs
