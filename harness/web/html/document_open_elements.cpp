#include "web/html/document_open_elements.h"

#include "web/html/document_tags.h"

namespace murphy::web {
namespace {

// FNV-1a. Two tags of one hash would only blur the depth.
constexpr std::uint64_t id_of(std::string_view tag) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : tag) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ULL;
  }
  return hash;
}

constexpr std::uint64_t p = id_of("p"), a = id_of("a"), nobr = id_of("nobr"), form = id_of("form"),
                        option = id_of("option"), optgroup = id_of("optgroup"), button = id_of("button"),
                        select = id_of("select"), li = id_of("li"), dd = id_of("dd"), dt = id_of("dt"),
                        div = id_of("div"), address = id_of("address"), table = id_of("table"),
                        template_ = id_of("template");

// The adoption agency's outer loop runs eight times (13.2.6.4.7); beyond, the formatting element stays open.
constexpr std::size_t adoption_limit = 8;

} // namespace

bool OpenElements::is_open(std::string_view tag) const { return open_.contains(id_of(tag)); }

bool OpenElements::in_foreign_content() const {
  if (foreign_roots_ == 0) return false;
  for (auto entry = stack_.rbegin(); entry != stack_.rend(); ++entry) {
    if (entry->integration_point) return false;
    if (entry->traits & foreign_root) return true;
  }
  return false;
}

// The height of the topmost entry of that tag, unless an entry with a trait of `barrier` stands above it.
std::size_t OpenElements::find(std::uint64_t id, std::uint32_t barrier) {
  if (!open_.contains(id)) return not_found;
  for (std::size_t i = stack_.size(); i-- > 0;) {
    ++work_;
    if (stack_[i].id == id) return i;
    if (stack_[i].traits & barrier) return not_found;
  }
  return not_found;
}

void OpenElements::erase(std::size_t index) {
  const Entry& entry = stack_[index];
  if (entry.traits & foreign_root) --foreign_roots_;
  const auto count = open_.find(entry.id);
  if (--count->second == 0) open_.erase(count);
  stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(index));
}

void OpenElements::pop_to(std::size_t height) {
  while (stack_.size() > height) erase(stack_.size() - 1);
}

void OpenElements::push(std::uint64_t id, std::uint32_t traits, bool integration_point) {
  stack_.push_back({id, traits, integration_point});
  ++open_[id];
  if (traits & foreign_root) ++foreign_roots_;
  work_ += stack_.size();
}

void OpenElements::end_paragraph() {
  // "has a p element in button scope": neither a scope marker nor a button may stand above it.
  if (!open_.contains(p)) return;
  for (std::size_t i = stack_.size(); i-- > 0;) {
    ++work_;
    if (stack_[i].id == p) return pop_to(i);
    if ((stack_[i].traits & scope) || stack_[i].id == button) return;
  }
}

void OpenElements::end_formatting(std::uint64_t id) {
  const std::size_t found = find(id, scope);
  if (found == not_found) return;
  std::size_t blocks = 0;
  for (std::size_t i = found + 1; i < stack_.size(); ++i) blocks += (stack_[i].traits & special) ? 1 : 0;
  if (blocks >= adoption_limit) return;
  // Without blocks inside, all that stands above goes too; but formatting elements are opened again behind it
  // ("reconstruct the active formatting elements").
  for (std::size_t i = stack_.size(); blocks == 0 && --i > found;) {
    if (!(stack_[i].traits & formatting)) erase(i);
  }
  erase(found);
}

void OpenElements::end_list_item(std::uint64_t id) {
  for (std::size_t i = stack_.size(); i-- > 0;) {
    ++work_;
    const Entry& entry = stack_[i];
    if (id == li ? entry.id == li : (entry.id == dd || entry.id == dt)) return pop_to(i);
    if ((entry.traits & special) && entry.id != address && entry.id != div && entry.id != p) return;
  }
}

void OpenElements::clear_to_table_context(std::uint32_t kept) {
  while (!stack_.empty()) {
    const Entry& top = stack_.back();
    if (top.id == table || top.id == template_ || (top.traits & kept)) return;
    pop_to(stack_.size() - 1);
  }
}

void OpenElements::break_out_of_foreign_content() {
  while (in_foreign_content()) {
    ++work_;
    pop_to(stack_.size() - 1);
  }
}

void OpenElements::start(std::string_view tag, bool self_closing) {
  const std::uint64_t id = id_of(tag);
  const std::uint32_t traits = tag_traits(tag);
  if (in_foreign_content()) {
    if (!(traits & breakout)) {
      const bool integration = tag == "foreignobject" || tag == "desc" || tag == "title";
      if (!self_closing) push(id, traits & foreign_root, integration);
      return;
    }
    break_out_of_foreign_content();
  }
  if (traits & only_one) return;
  if (traits & (row_group | row | cell)) {
    // Outside of tables such tags are ignored.
    if (!is_open("table") && !is_open("template")) return;
    if (is_open("table"))
      clear_to_table_context((traits & row_group) ? 0 : (traits & row) ? row_group : row_group | row);
  }
  if (traits & list_item) end_list_item(id);
  if (traits & closes_p) end_paragraph();
  if ((traits & heading) && !stack_.empty() && (stack_.back().traits & heading)) pop_to(stack_.size() - 1);
  if (traits & reopened) {
    if (id == a || id == nobr) end_formatting(id);
    if (id == form && open_.contains(form) && !open_.contains(template_)) return;
    if (id == option || id == optgroup) {
      if (!stack_.empty() && stack_.back().id == option) pop_to(stack_.size() - 1);
      const bool in_group = id == optgroup && !stack_.empty() && stack_.back().id == optgroup;
      if (in_group && open_.contains(select)) pop_to(stack_.size() - 1);
    }
    if (id == button || id == select) {
      const std::size_t found = find(id, scope);
      if (found != not_found) {
        pop_to(found);
        if (id == select) return;
      }
    }
  }
  if (traits & (void_element | raw_text)) return;
  if ((traits & foreign_root) && self_closing) return;
  push(id, traits);
}

void OpenElements::end(std::string_view tag) {
  const std::uint64_t id = id_of(tag);
  if (!open_.contains(id)) return;
  const std::uint32_t traits = tag_traits(tag);
  if (traits & formatting) return end_formatting(id);
  if (id == form) {
    const std::size_t found = find(id, scope);
    if (found != not_found) erase(found);
    return;
  }
  if (id == template_) return pop_to(find(id, 0));
  if (id == table || (traits & (row_group | row | cell))) {
    for (std::size_t i = stack_.size(); i-- > 0;) {
      ++work_;
      if (stack_[i].id == id) return pop_to(i);
      if (stack_[i].id == table || stack_[i].id == template_) return;
    }
    return;
  }
  const std::size_t found = find(id, (traits & special) ? scope : special);
  if (found != not_found) pop_to(found);
}

} // namespace murphy::web
