#include "web/html/document_scan.h"

#include "base/make_error.h"
#include "base/text.h"
#include "web/html/document.h"
#include "web/html/document_open_elements.h"
#include "web/html/document_tags.h"

#include <cstdint>
#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace murphy::web {
namespace {

// About half a second of gumbo's time.
constexpr std::uint64_t max_work = 100'000'000;

constexpr bool ends_name(char c) { return is_white_space(c) || c == '/' || c == '>'; }

std::unexpected<Error> too_much(std::string what, std::string_view source, std::size_t position) {
  const auto line = 1 + std::count(source.begin(), source.begin() + static_cast<std::ptrdiff_t>(position), '\n');
  return std::unexpected(
      target_error(fmt::format("the page cannot be read as HTML: {} (line {} of the page)", what, line),
                   "look at the app's answer; a template or a loop may be endless"));
}

class Scanner {
public:
  explicit Scanner(std::string_view source) : source_(source) {}
  Result<SourceScan> run();

private:
  char at(std::size_t position) const { return position < source_.size() ? source_[position] : '\0'; }
  bool starts(std::size_t position, std::string_view text) const {
    return source_.substr(position, text.size()) == text;
  }
  std::size_t behind(std::string_view text, std::size_t from) const;
  std::size_t behind_comment(std::size_t begin) const;
  std::size_t behind_cdata(std::size_t begin);
  std::size_t tag_name_end(std::size_t begin) const;
  bool read_attributes(std::size_t position);
  std::size_t raw_text_end(std::size_t begin, std::string_view tag) const;
  std::size_t script_end(std::size_t begin) const;
  bool is_tag(std::size_t position, std::string_view opening, std::string_view name) const;

  std::string_view source_;
  OpenElements open_;
  SourceScan scan_;
  std::size_t elements_ = 0;
  std::size_t controls_ = 0;
  // Of the tag that was read last:
  std::size_t tag_end_ = 0;
  std::size_t attributes_ = 0;
  bool self_closing_ = false;
};

std::size_t Scanner::behind(std::string_view text, std::size_t from) const {
  const std::size_t found = source_.find(text, from);
  return found == std::string_view::npos ? source_.size() : found + text.size();
}

// `begin` is behind "<!--". Ends at "-->" or "--!>", and at once for "<!-->" and "<!--->" (13.2.5.42 and on).
std::size_t Scanner::behind_comment(std::size_t begin) const {
  if (at(begin) == '>') return begin + 1;
  if (starts(begin, "->")) return begin + 2;
  for (std::size_t i = source_.find("--", begin); i != std::string_view::npos; i = source_.find("--", i + 1)) {
    if (at(i + 2) == '>') return i + 3;
    if (starts(i + 2, "!>")) return i + 4;
  }
  return source_.size();
}

// In SVG and MathML a section ends at "]]>", elsewhere it is a comment that ends at ">". Of the first the closing ">"
// is left.
std::size_t Scanner::behind_cdata(std::size_t begin) {
  const bool is_section = open_.in_foreign_content();
  const std::size_t end = behind(is_section ? "]]>" : ">", begin);
  const std::size_t opening = begin + std::string_view("<!").size();
  const std::size_t sign_end = begin + std::string_view("<![CDATA[").size();
  scan_.blanked.push_back({opening, is_section && end > sign_end ? end - 1 : sign_end});
  return end;
}

std::size_t Scanner::tag_name_end(std::size_t begin) const {
  std::size_t end = begin;
  while (end < source_.size() && !ends_name(source_[end])) ++end;
  return end;
}

// Reads from behind the tag's name to behind its ">". False at the end of the source: then there is no tag.
bool Scanner::read_attributes(std::size_t position) {
  attributes_ = 0;
  self_closing_ = false;
  for (;;) {
    while (position < source_.size() && (is_white_space(source_[position]) || source_[position] == '/')) ++position;
    if (position >= source_.size()) return false;
    if (source_[position] == '>') {
      self_closing_ = source_[position - 1] == '/';
      tag_end_ = position + 1;
      return true;
    }
    ++attributes_;
    ++position; // a "=" here begins the name
    while (position < source_.size() && !ends_name(source_[position]) && source_[position] != '=') ++position;
    std::size_t next = position;
    while (is_white_space(at(next))) ++next;
    if (at(next) != '=') continue;
    ++next;
    while (is_white_space(at(next))) ++next;
    const char quote = at(next);
    if (quote == '"' || quote == '\'') {
      next = source_.find(quote, next + 1);
      if (next == std::string_view::npos) return false;
      position = next + 1;
      continue;
    }
    while (next < source_.size() && !is_white_space(source_[next]) && source_[next] != '>') ++next;
    position = next;
    if (at(position) == '>') {
      tag_end_ = position + 1;
      return true;
    }
  }
}

bool is_control(std::string_view tag) {
  return tag == "input" || tag == "button" || tag == "select" || tag == "textarea" || tag == "label" || tag == "form";
}

bool Scanner::is_tag(std::size_t position, std::string_view opening, std::string_view name) const {
  return starts(position, opening) &&
         equal_ignoring_ascii_case(source_.substr(position + opening.size(), name.size()), name) &&
         ends_name(at(position + opening.size() + name.size()));
}

std::size_t Scanner::raw_text_end(std::size_t begin, std::string_view tag) const {
  if (tag == "plaintext") return source_.size();
  if (tag == "script") return script_end(begin);
  for (std::size_t i = source_.find("</", begin); i != std::string_view::npos; i = source_.find("</", i + 1)) {
    if (is_tag(i, "</", tag)) return i;
  }
  return source_.size();
}

// Behind "<!--" a <script> in the script makes the next </script> its own (13.2.5.26, script data double escaped).
std::size_t Scanner::script_end(std::size_t begin) const {
  bool escaped = false;
  bool inside = false;
  for (std::size_t i = source_.find_first_of("<-", begin); i != std::string_view::npos;
       i = source_.find_first_of("<-", i + 1)) {
    if (starts(i, "<!--"))
      escaped = true;
    else if (starts(i, "-->"))
      escaped = inside = false;
    else if (is_tag(i, "</", "script")) {
      if (!inside) return i;
      inside = false;
    } else if (escaped && is_tag(i, "<", "script"))
      inside = true;
  }
  return source_.size();
}

Result<SourceScan> Scanner::run() {
  std::size_t position = 0;
  std::string tag;
  std::uint64_t attribute_work = 0;
  for (;;) {
    position = source_.find('<', position);
    if (position == std::string_view::npos || position + 1 >= source_.size()) return std::move(scan_);
    const std::size_t begin = position;
    const bool is_end = source_[begin + 1] == '/';
    if (!is_letter(at(begin + (is_end ? 2 : 1)))) {
      if (starts(begin, "<!--"))
        position = behind_comment(begin + 4);
      else if (starts(begin, "<![CDATA["))
        position = behind_cdata(begin);
      else if (at(begin + 1) == '!' || at(begin + 1) == '?' || (is_end && at(begin + 2) != '\0'))
        position = behind(">", begin);
      else
        position = begin + 1;
      continue;
    }
    const std::size_t name = begin + (is_end ? 2 : 1);
    const std::size_t name_end = tag_name_end(name);
    if (!read_attributes(name_end)) return std::move(scan_);
    position = tag_end_;
    tag = ascii_lower(source_.substr(name, name_end - name));
    if (attributes_ > Document::max_attributes) {
      return too_much(fmt::format("a <{}> tag has {} attributes, the limit is {}", ellipsize(visible(tag), 40),
                                  attributes_, Document::max_attributes),
                      source_, begin);
    }
    attribute_work += attributes_ * attributes_ / 2;
    if (is_end) {
      if (tag == "form") scan_.form_ends.push_back(begin);
      open_.end(tag);
      continue;
    }
    const bool foreign = open_.in_foreign_content();
    open_.start(tag, self_closing_);
    if (++elements_ > Document::max_elements)
      return too_much(fmt::format("it has more than {} elements", Document::max_elements), source_, begin);
    if (is_control(tag) && ++controls_ > Document::max_controls)
      return too_much(fmt::format("it has more than {} forms, fields, buttons and labels", Document::max_controls),
                      source_, begin);
    if (open_.depth() > Document::max_depth) {
      return too_much(fmt::format("its elements nest more than {} deep", Document::max_depth), source_, begin);
    }
    if (open_.work() + attribute_work > max_work) {
      return too_much("it has too many tags too deep inside each other", source_, begin);
    }
    // In a select other tags than these are ignored, and what follows them is no text of theirs (13.2.6.4.16).
    const bool ignored = open_.is_open("select") && tag != "script" && tag != "textarea";
    if (!foreign && !ignored && (tag_traits(tag) & raw_text)) {
      position = raw_text_end(position, tag);
      if (tag == "noscript") scan_.blanked.push_back({tag_end_, position});
    }
  }
}

} // namespace

Result<SourceScan> scan_source(std::string_view source) {
  if (source.size() > Document::max_size) {
    return std::unexpected(target_error(fmt::format("the page cannot be read as HTML: it has {} bytes, the limit is {}",
                                                    source.size(), Document::max_size),
                                        "look at the app's answer"));
  }
  return Scanner(source).run();
}

} // namespace murphy::web
