// How deep the elements of a page nest, by its tags alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace murphy::web {

// A model of the parser's stack of open elements (WHATWG HTML, 13.2.4.2). It follows the rules for implied end tags,
// scopes and misnested formatting far enough never to be much below the parser's own.
class OpenElements {
public:
  // `tag` is in lower case.
  void start(std::string_view tag, bool self_closing);
  void end(std::string_view tag);

  std::size_t depth() const { return stack_.size(); }
  // Grows as the time does that the parser needs, which looks through its stack at most tags.
  std::uint64_t work() const { return work_; }
  // Whether a tag here would be SVG's or MathML's, to which other rules of tokenizing apply.
  bool in_foreign_content() const;
  bool is_open(std::string_view tag) const;

private:
  struct Entry {
    std::uint64_t id = 0;
    std::uint32_t traits = 0;
    bool integration_point = false; // an element of SVG whose contents are HTML
  };
  static constexpr std::size_t not_found = static_cast<std::size_t>(-1);

  std::size_t find(std::uint64_t id, std::uint32_t barrier);
  void pop_to(std::size_t height);
  void erase(std::size_t index);
  void push(std::uint64_t id, std::uint32_t traits, bool integration_point = false);
  void end_paragraph();
  void end_formatting(std::uint64_t id);
  void end_list_item(std::uint64_t id);
  void clear_to_table_context(std::uint32_t kept);
  void break_out_of_foreign_content();

  std::vector<Entry> stack_;
  std::unordered_map<std::uint64_t, std::uint32_t> open_; // how many of each tag
  std::size_t foreign_roots_ = 0;
  std::uint64_t work_ = 0;
};

} // namespace murphy::web
