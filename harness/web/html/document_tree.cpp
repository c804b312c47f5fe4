#include "web/html/document_tree.h"

#include "base/make_error.h"
#include "base/text.h"
#include "base/work_limit.h"
#include "web/html/document_arena.h"
#include "web/html/document_scan.h"

#include <fmt/format.h>
#include <gumbo.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace murphy::web {
namespace {

using Node = DocumentTree::Node;

std::span<GumboNode* const> children_of(const GumboNode& node) {
  const GumboVector& children = node.type == GUMBO_NODE_DOCUMENT ? node.v.document.children : node.v.element.children;
  return {reinterpret_cast<GumboNode**>(children.data), children.length};
}

bool is_form_associated(const GumboElement& element) {
  switch (element.tag) {
  case GUMBO_TAG_BUTTON:
  case GUMBO_TAG_FIELDSET:
  case GUMBO_TAG_INPUT:
  case GUMBO_TAG_OBJECT:
  case GUMBO_TAG_OUTPUT:
  case GUMBO_TAG_SELECT:
  case GUMBO_TAG_TEXTAREA: return element.tag_namespace == GUMBO_NAMESPACE_HTML;
  default: return false;
  }
}

// Copies gumbo's nodes into the flat tree, and replays the parser's form pointer, which gumbo does not report.
class TreeBuilder {
public:
  TreeBuilder(DocumentTree& tree, std::string_view source) : tree_(tree), source_(source) {
    for (std::size_t i = source.find('\n'); i != std::string_view::npos; i = source.find('\n', i + 1))
      line_ends_.push_back(i);
  }

  void copy(const GumboNode& root);
  void replay_form_pointer(const std::vector<std::size_t>& form_ends);

private:
  // What changes the form pointer or reads it, at its place in the source.
  struct Event {
    enum class Kind { form_start, form_end, control };
    std::size_t position = 0;
    Kind kind = Kind::control;
    std::uint32_t node = DocumentTree::none;
  };

  std::string_view keep(std::string_view text);
  std::uint32_t line_at(std::size_t position) const;
  std::uint32_t add(const GumboNode& node, std::uint32_t parent, std::uint32_t previous);
  void add_element(const GumboNode& node, std::uint32_t index);
  bool makes_shadow_root(const GumboNode& node, std::uint32_t index) const;

  DocumentTree& tree_;
  std::string_view source_;
  std::vector<std::size_t> line_ends_;
  std::vector<Event> events_;
  std::vector<SourceScan::Range> no_form_ends_; // where </form> is ignored: in templates and selects
};

std::string_view TreeBuilder::keep(std::string_view text) {
  if (text.empty()) return {};
  auto* memory = static_cast<char*>(tree_.strings.allocate(text.size(), 1));
  text.copy(memory, text.size());
  return {memory, text.size()};
}

// gumbo counts some line feeds within tags twice.
std::uint32_t TreeBuilder::line_at(std::size_t position) const {
  const auto following = std::ranges::lower_bound(line_ends_, position);
  return 1 + static_cast<std::uint32_t>(following - line_ends_.begin());
}

void TreeBuilder::add_element(const GumboNode& node, std::uint32_t index) {
  const GumboElement& element = node.v.element;
  Node& added = tree_.nodes[index];
  added.is_html = element.tag_namespace == GUMBO_NAMESPACE_HTML;
  if (element.tag != GUMBO_TAG_UNKNOWN)
    added.text = gumbo_normalized_tagname(element.tag);
  else {
    GumboStringPiece original = element.original_tag;
    gumbo_tag_from_original_text(&original);
    added.text = keep(ascii_lower({original.data, original.length}));
  }
  added.position = static_cast<std::uint32_t>(element.start_pos.offset);
  added.line = line_at(added.position);
  added.first_attribute = static_cast<std::uint32_t>(tree_.attributes.size());
  added.attribute_count = element.attributes.length;
  for (unsigned i = 0; i < element.attributes.length; ++i) {
    const auto& attribute = *static_cast<const GumboAttribute*>(element.attributes.data[i]);
    const Attribute& kept = tree_.attributes.emplace_back(keep(attribute.name), keep(attribute.value));
    if (kept.name == "id" && !kept.value.empty()) tree_.ids.try_emplace({added.scope, kept.value}, index);
  }

  // A slot of the shadow tree takes what its host holds.
  if (added.scope != 0 && added.text == "slot") tree_.nodes[tree_.nodes[added.scope].parent].hides_its_children = false;

  // Only what stood in the source has a place in it.
  if (element.original_tag.length == 0 || element.original_tag.data == nullptr) return;
  const auto begin = static_cast<std::size_t>(element.original_tag.data - source_.data());
  added.position = static_cast<std::uint32_t>(begin);
  added.line = line_at(begin);
  // In a template the form pointer stays where it is.
  if (added.scope == 0 && added.is_html && element.tag == GUMBO_TAG_FORM)
    events_.push_back({begin, Event::Kind::form_start, index});
  if (added.scope == 0 && is_form_associated(element)) events_.push_back({begin, Event::Kind::control, index});
  const bool closed = element.original_end_tag.length != 0 && element.original_end_tag.data != nullptr;
  const auto end = closed ? static_cast<std::size_t>(element.original_end_tag.data - source_.data()) : source_.size();
  if (node.type == GUMBO_NODE_TEMPLATE || (element.tag == GUMBO_TAG_SELECT && closed))
    no_form_ends_.push_back({begin, end});
}

std::uint32_t TreeBuilder::add(const GumboNode& node, std::uint32_t parent, std::uint32_t previous) {
  const auto index = static_cast<std::uint32_t>(tree_.nodes.size());
  Node& added = tree_.nodes.emplace_back();
  added.parent = parent;
  added.previous_sibling = previous;
  if (parent != DocumentTree::none)
    added.scope = tree_.nodes[parent].is_shadow_root ? parent : tree_.nodes[parent].scope;
  if (previous != DocumentTree::none)
    tree_.nodes[previous].next_sibling = index;
  else if (parent != DocumentTree::none)
    tree_.nodes[parent].first_child = index;
  if (node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE)
    add_element(node, index);
  else {
    added.is_text = true;
    added.text = keep(node.v.text.text);
  }
  return index;
}

// DOM, "attach a shadow root": which elements can have one; those of authors have a hyphen.
bool can_have_shadow_root(std::string_view tag) {
  constexpr std::array<std::string_view, 18> hosts = {"article", "aside", "blockquote", "body", "div",     "footer",
                                                      "h1",      "h2",    "h3",         "h4",   "h5",      "h6",
                                                      "header",  "main",  "nav",        "p",    "section", "span"};
  return tag.contains('-') || std::ranges::find(hosts, tag) != hosts.end();
}

// HTML, 13.2.6.4.4: a template start tag with shadowrootmode. The first of a host alone makes one.
bool TreeBuilder::makes_shadow_root(const GumboNode& node, std::uint32_t index) const {
  if (node.type != GUMBO_NODE_TEMPLATE || tree_.nodes[index].parent == DocumentTree::none) return false;
  const auto attributes =
      std::span(tree_.attributes).subspan(tree_.nodes[index].first_attribute, tree_.nodes[index].attribute_count);
  const auto mode = std::ranges::find(attributes, std::string_view("shadowrootmode"), &Attribute::name);
  if (mode == attributes.end()) return false;
  if (!equal_ignoring_ascii_case(mode->value, "open") && !equal_ignoring_ascii_case(mode->value, "closed"))
    return false;
  const Node& host = tree_.nodes[tree_.nodes[index].parent];
  if (!host.is_html || !can_have_shadow_root(host.text)) return false;
  for (std::uint32_t child = host.first_child; child != index; child = tree_.nodes[child].next_sibling)
    if (tree_.nodes[child].is_shadow_root) return false;
  return true;
}

void TreeBuilder::copy(const GumboNode& root) {
  struct Open {
    std::uint32_t index;
    std::span<GumboNode* const> children; // those still to come
    std::uint32_t previous;
  };
  std::vector<Open> open;
  const auto begin = [&](const GumboNode& node, std::uint32_t parent, std::uint32_t previous) {
    const std::uint32_t index = add(node, parent, previous);
    const bool is_shadow_root = makes_shadow_root(node, index);
    if (is_shadow_root) {
      tree_.nodes[index].is_shadow_root = true;
      tree_.nodes[parent].hides_its_children = true;
    }
    const bool has_contents =
        is_shadow_root || (node.type == GUMBO_NODE_ELEMENT && node.v.element.tag != GUMBO_TAG_NOSCRIPT);
    open.push_back({index, has_contents ? children_of(node) : std::span<GumboNode* const>(), DocumentTree::none});
    return index;
  };
  begin(root, DocumentTree::none, DocumentTree::none);
  while (!open.empty()) {
    Open& top = open.back();
    if (top.children.empty()) {
      tree_.nodes[top.index].end = static_cast<std::uint32_t>(tree_.nodes.size());
      open.pop_back();
      continue;
    }
    const GumboNode& child = *top.children.front();
    top.children = top.children.subspan(1);
    if (child.type == GUMBO_NODE_COMMENT) continue;
    // `top` may move when the child opens.
    const std::size_t level = open.size() - 1;
    const std::uint32_t index = begin(child, top.index, top.previous);
    open[level].previous = index;
  }
}

// WHATWG HTML, 13.2.6: a form start tag that makes an element sets the form pointer (the parser makes none while the
// pointer is set); </form> clears it, also where it closes no element; "create an element for the token" reads it.
void TreeBuilder::replay_form_pointer(const std::vector<std::size_t>& form_ends) {
  std::ranges::sort(no_form_ends_, {}, &SourceScan::Range::begin);
  auto range = no_form_ends_.begin();
  std::size_t ignored_until = 0;
  for (const std::size_t position : form_ends) {
    for (; range != no_form_ends_.end() && range->begin < position; ++range)
      ignored_until = std::max(ignored_until, range->end);
    if (position >= ignored_until) events_.push_back({position, Event::Kind::form_end, DocumentTree::none});
  }
  std::ranges::stable_sort(events_, {}, &Event::position);
  std::uint32_t pointer = DocumentTree::none;
  for (const Event& event : events_) {
    switch (event.kind) {
    case Event::Kind::form_start: pointer = event.node; break;
    case Event::Kind::form_end: pointer = DocumentTree::none; break;
    case Event::Kind::control: tree_.nodes[event.node].form = pointer; break;
    }
  }
}

// Runs gumbo in the arena; null, and `reason` set, when it went beyond its bounds. No object with a destructor may live
// in this function.
const GumboOutput* run_gumbo(ParserArena& arena, const GumboOptions& options, const std::string& text,
                             ParserArena::Reason& reason) {
  if (const int left = setjmp(arena.left); left != 0) {
    reason = static_cast<ParserArena::Reason>(left);
    return nullptr;
  }
  return gumbo_parse_with_options(&options, text.data(), text.size());
}

std::unexpected<Error> beyond_bounds(ParserArena::Reason reason) {
  std::string what = "the page cannot be read as HTML: ";
  if (reason == ParserArena::Reason::memory)
    what += fmt::format("its elements would take more than {} MB", ParserArena::max_bytes >> 20);
  else
    what += fmt::format("its elements are so misnested that reading them would take more than {} s",
                        ParserArena::max_time.count());
  return std::unexpected(
      target_error(std::move(what), "look at the app's answer; a template or a loop may be endless"));
}

} // namespace

Result<std::unique_ptr<DocumentTree>> build_tree(std::string utf8) {
  if (utf8.starts_with("\xEF\xBB\xBF")) utf8.erase(0, 3);
  auto scan = scan_source(utf8);
  if (!scan) return std::unexpected(std::move(scan.error()));
  // To a browser with scripts noscript holds text; gumbo would read elements, forms among them. And it ends the process
  // over a CDATA section of MathML in a table. Places and lines are kept.
  for (const SourceScan::Range& range : scan->blanked) {
    for (std::size_t i = range.begin; i < range.end; ++i) {
      if (utf8[i] != '\n') utf8[i] = ' ';
    }
  }

  ParserArena arena;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = &ParserArena::allocate;
  options.deallocator = &ParserArena::release;
  options.userdata = &arena;
  options.max_errors = 0;
  auto reason = ParserArena::Reason::memory;
  const GumboOutput* output = run_gumbo(arena, options, utf8, reason);
  if (output == nullptr) {
    WorkLimit::check();
    return beyond_bounds(reason);
  }

  auto tree = std::make_unique<DocumentTree>();
  TreeBuilder builder(*tree, utf8);
  builder.copy(*output->root);
  builder.replay_form_pointer(scan->form_ends);
  return tree;
}

} // namespace murphy::web
