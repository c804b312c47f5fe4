#include "web/html/rendered_text.h"

#include "base/text.h"
#include "base/work_limit.h"
#include "web/html/document_tree.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace murphy::web {
namespace {

using Node = DocumentTree::Node;

template <std::size_t size> bool among(const std::array<std::string_view, size>& sorted, std::string_view tag) {
  return std::ranges::binary_search(sorted, tag);
}

// Elements whose contents are never rendered, and those that show something else than their contents.
constexpr std::array<std::string_view, 20> never_rendered = {
    "area",    "audio",    "base",     "canvas", "datalist", "frameset", "head",  "iframe",   "link",     "meta",
    "noembed", "noframes", "noscript", "object", "param",    "script",   "style", "template", "textarea", "video"};

// Elements that the standard's style sheet (WHATWG HTML, 15.3) gives a box of their own line. Table cells stand apart
// as well.
constexpr std::array<std::string_view, 52> blocks = {
    "address",  "article", "aside",  "blockquote", "body",    "caption",  "center",     "dd",     "details",
    "dialog",   "dir",     "div",    "dl",         "dt",      "fieldset", "figcaption", "figure", "footer",
    "form",     "h1",      "h2",     "h3",         "h4",      "h5",       "h6",         "header", "hgroup",
    "hr",       "html",    "legend", "li",         "listing", "main",     "menu",       "nav",    "ol",
    "optgroup", "option",  "p",      "plaintext",  "pre",     "search",   "section",    "select", "summary",
    "table",    "tbody",   "tfoot",  "thead",      "tr",      "ul",       "xmp"};
static_assert(std::ranges::is_sorted(never_rendered) && std::ranges::is_sorted(blocks));

// Whether a style attribute says `property: value`.
bool style_says(std::string_view style, std::string_view property, std::string_view value) {
  for (const std::string_view declaration : split(style, ';')) {
    const std::size_t colon = declaration.find(':');
    if (colon == std::string_view::npos) continue;
    if (!equal_ignoring_ascii_case(trim(declaration.substr(0, colon)), property)) continue;
    std::string_view said = trim(declaration.substr(colon + 1));
    said = trim(said.substr(0, said.find('!')));
    if (equal_ignoring_ascii_case(said, value)) return true;
  }
  return false;
}

bool is_button_type(std::string_view type) {
  return equal_ignoring_ascii_case(type, "submit") || equal_ignoring_ascii_case(type, "button") ||
         equal_ignoring_ascii_case(type, "reset");
}

// What a host holds beside a shadow root that has no slot for it.
bool is_left_out(const Document& document, std::uint32_t index) {
  const Node& node = document.tree().nodes[index];
  return node.parent != DocumentTree::none && document.tree().nodes[node.parent].hides_its_children &&
         !node.is_shadow_root;
}

bool is_never_rendered(Element element) {
  if (element.is_shadow_root()) return false;
  if (!element.is_html()) return element.tag() == "script" || element.tag() == "style" || element.tag() == "title";
  if (element.tag() == "input") return equal_ignoring_ascii_case(element.attribute_or_empty("type"), "hidden");
  return among(never_rendered, element.tag());
}

bool is_hidden_by_author(Element element) {
  if (!element.is_html()) return false;
  if (element.has("hidden") || (element.tag() == "dialog" && !element.has("open"))) return true;
  const std::string_view style = element.attribute_or_empty("style");
  return !style.empty() && (style_says(style, "display", "none") || style_says(style, "visibility", "hidden"));
}

// Text being laid out in lines.
class Lines {
public:
  static constexpr std::size_t all = static_cast<std::size_t>(-1);
  // `most`: what comes behind so many bytes is left out.
  explicit Lines(std::size_t most = all) : most_(most) {}
  bool is_full() const { return text_.size() >= most_; }
  void text(std::string_view words) {
    while (!words.empty() && !is_full()) {
      WorkLimit::count();
      // Most of a text is ASCII, of which only white space looks like anything else.
      const auto plain = static_cast<std::size_t>(std::ranges::find_if_not(words, is_plain) - words.begin());
      if (plain > 0) {
        separate();
        text_ += words.substr(0, std::min(plain, most_ - text_.size()));
        words.remove_prefix(plain);
        continue;
      }
      const std::string_view before = words;
      const Looks looks = looks_like(next_code_point(words));
      if (looks == Looks::space) space_ = true;
      if (looks != Looks::itself) continue;
      separate();
      text_ += before.substr(0, before.size() - words.size());
    }
  }
  void space() { space_ = true; }
  void line() { line_ = true; }
  std::string take() { return std::move(text_); }

private:
  static bool is_plain(char c) { return c > ' ' && c <= '~'; }
  void separate() {
    if (!text_.empty() && line_)
      text_ += '\n';
    else if (!text_.empty() && space_)
      text_ += ' ';
    line_ = space_ = false;
  }
  std::size_t most_;
  std::string text_;
  bool line_ = false;
  bool space_ = false;
};

// What an element shows that has no contents of its own to show.
void replaced(Element element, Lines& lines) {
  const std::string_view tag = element.tag();
  if (tag == "img") {
    lines.text(element.attribute_or_empty("alt"));
    return;
  }
  if (tag == "br") lines.line();
  if (tag != "input") return;
  const std::string_view type = element.attribute_or_empty("type");
  lines.space();
  if (equal_ignoring_ascii_case(type, "image"))
    lines.text(element.attribute_or_empty("alt"));
  else if (is_button_type(type)) {
    if (const auto value = element.attribute("value"))
      lines.text(*value);
    else if (equal_ignoring_ascii_case(type, "submit"))
      lines.text("Submit");
    else if (equal_ignoring_ascii_case(type, "reset"))
      lines.text("Reset");
  }
  lines.space();
}

enum class Without { nothing, controls, controls_and_links };

void lay_out(Element root, Without without, Lines& lines) {
  struct Open {
    std::uint32_t end;
    bool block;
    bool cell;
  };
  const Document& document = root.document();
  const auto& nodes = document.tree().nodes;
  std::vector<Open> open;
  const auto close_until = [&](std::uint32_t index) {
    while (!open.empty() && open.back().end <= index) {
      if (open.back().block) lines.line();
      if (open.back().cell) lines.space();
      open.pop_back();
    }
  };
  for (std::uint32_t i = root.index(); i < nodes[root.index()].end && !lines.is_full();) {
    WorkLimit::count();
    close_until(i);
    const Node& node = nodes[i];
    if (node.is_text) {
      if (!is_left_out(document, i)) lines.text(node.text);
      ++i;
      continue;
    }
    const Element element = DocumentTree::element(document, i);
    const bool is_control = node.is_html && (node.text == "button" || node.text == "select" || node.text == "input");
    const bool is_left_away = (is_control && without != Without::nothing) ||
                              (node.is_html && node.text == "a" && without == Without::controls_and_links);
    if (element != root && (is_left_away || hides_itself(element))) {
      i = node.end;
      continue;
    }
    if (node.is_html) {
      const bool block = among(blocks, node.text);
      const bool cell = node.text == "td" || node.text == "th" || node.text == "button";
      if (block) lines.line();
      if (cell) lines.space();
      if (block || cell) open.push_back({node.end, block, cell});
      replaced(element, lines);
    }
    ++i;
  }
}

std::string words_of_label(Element label, Without without) {
  Lines lines(longest_label);
  lay_out(label, without, lines);
  return short_label(collapse_white_space(lines.take()));
}

} // namespace

bool hides_itself(Element element) {
  return is_never_rendered(element) || is_hidden_by_author(element) || is_left_out(element.document(), element.index());
}

bool is_hidden(Element element) {
  for (; element; element = element.parent()) {
    if (hides_itself(element)) return true;
  }
  return false;
}

std::string rendered_text(Element element) {
  bool rendered = true;
  for (Element one = element; one; one = one.parent()) {
    if (is_hidden_by_author(one)) return {};
    if (is_never_rendered(one)) rendered = false;
  }
  if (!rendered) return collapse_white_space(element.text_content());
  Lines lines;
  lay_out(element, Without::nothing, lines);
  return lines.take();
}

std::string rendered_text(const Document& document) { return rendered_text(document.root()); }

std::string rendered_words(Element element) { return collapse_white_space(rendered_text(element)); }

std::vector<std::string> message_lines(Element element) {
  Lines lines;
  lay_out(element, Without::controls, lines);
  const std::string text = lines.take();
  std::vector<std::string> result;
  if (text.empty()) return result;
  for (const std::string_view line : split(text, '\n')) result.emplace_back(line);
  return result;
}

std::string label_words(Element label) { return words_of_label(label, Without::controls); }

std::string label_words_without_links(Element label) { return words_of_label(label, Without::controls_and_links); }

std::string short_label(std::string words) {
  constexpr std::string_view mark = "…";
  if (words.size() < longest_label) return words;
  return std::string(utf8_prefix(words, longest_label - mark.size())).append(mark);
}

} // namespace murphy::web
