// What the pages for users hold: code in fences, links, and commands.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::docs {

// A fenced block. In ```toml murphy.toml `tag` is "toml" and `name` is "murphy.toml".
struct Block {
  std::string page;     // relative to the project
  std::size_t line = 0; // of the opening fence
  std::string tag;
  std::string name;
  std::string text;
};

struct Link {
  std::string page;
  std::size_t line = 0;
  std::string target;
};

struct Command {
  std::string page;
  std::size_t line = 0;
  std::string text;
};

// README.md, CHANGELOG.md, CONTRIBUTING.md and all of docs/, relative to the project.
std::vector<std::string> pages();

std::string read_page(const std::string& page);
std::vector<Block> blocks(const std::string& page);
std::vector<Block> all_blocks();

// Inline links, those within fences left out.
std::vector<Link> links(const std::string& page);

// The anchors of a page's headings, as GitHub makes them.
std::vector<std::string> anchors(const std::string& page);

// The command lines of a block: every line of `sh` but remarks, and those behind "$ " of `console`.
std::vector<Command> commands(const Block& block);

// The groups of each match, in order, [0] holding the match and all that follows it. The pattern matches no empty text.
using Groups = std::vector<std::string>;
std::vector<Groups> every_match(const std::string& pattern, std::string_view text);

std::string place(const Block& block);

} // namespace murphy::docs
