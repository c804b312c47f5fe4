#include "web/forms/naming.h"

#include "base/nearest.h"
#include "base/text.h"
#include "base/work_limit.h"
#include "web/forms/form_labels.h"
#include "web/forms/naming_match.h"
#include "web/forms/naming_words.h"
#include "web/html/rendered_text.h"
#include "web/selector/selector.h"

#include <fmt/format.h>

#include <algorithm>

namespace murphy::web {
namespace {

struct Clickable {
  std::variant<Link, SubmitTarget> target;
  Candidate candidate;
  Element element;
};

std::string said_of(Element element) {
  std::string words = labelled_by(element);
  return words.empty() ? collapse_white_space(element.attribute_or_empty("aria-label")) : words;
}

std::string link_words(Element link) {
  std::string words = rendered_words(link);
  for (const std::string_view attribute : {"aria-label", "title", "href"}) {
    if (words.empty()) words = collapse_white_space(link.attribute_or_empty(attribute));
  }
  return words;
}

std::vector<Clickable> clickables(const Forms& forms, const Document& document) {
  std::vector<Clickable> found;
  for (Element element = document.root(); element; element = element.next()) {
    if (!(element.is("a") || element.is("area")) || !element.has("href")) continue;
    std::vector<std::string> shown = {element.is("area") ? collapse_white_space(element.attribute_or_empty("alt"))
                                                         : rendered_words(element)};
    std::vector<std::string> said = {said_of(element), std::string(element.attribute_or_empty("title"))};
    found.push_back({Link{element, std::string(trim(element.attribute_or_empty("href")))},
                     {{std::move(shown), std::move(said), {}, {std::string(element.attribute_or_empty("id"))}},
                      !is_hidden(element)},
                     element});
  }
  for (const Control& control : forms.controls) {
    if (!control.is_submit() || !control.form) continue;
    found.push_back({SubmitTarget{&forms.forms[*control.form], &control},
                     {button_names(control), !is_hidden(control.element)},
                     control.element});
  }
  return found;
}

std::string clickable_line(const Clickable& clickable) {
  if (const auto* link = std::get_if<Link>(&clickable.target)) {
    return fmt::format("link {} to {}", in_quotes(link_words(link->element)), link->href);
  }
  return "button " + control_line(*std::get<SubmitTarget>(clickable.target).button);
}

bool leads_to_the_same(const Clickable& left, const Clickable& right) {
  WorkLimit::count();
  if (left.target.index() != right.target.index()) return false;
  if (const auto* link = std::get_if<Link>(&left.target)) return link->href == std::get<Link>(right.target).href;
  return does_the_same(*std::get<SubmitTarget>(left.target).button, *std::get<SubmitTarget>(right.target).button);
}

} // namespace

Result<std::variant<Link, SubmitTarget>> find_click(const Forms& forms, const Document& document,
                                                    std::string_view words, Precision precision) {
  const std::vector<Clickable> all = clickables(forms, document);
  std::vector<const Clickable*> found;
  const ExplicitName said = explicit_name(words);
  if (said.kind == ExplicitName::Kind::none) {
    std::vector<Candidate> candidates;
    for (const Clickable& clickable : all) candidates.push_back(clickable.candidate);
    for (const std::size_t index : named(candidates, words, precision)) found.push_back(&all[index]);
  } else if (said.kind == ExplicitName::Kind::selector) {
    const auto selector = Selector::parse(said.rest);
    if (!selector) return std::unexpected(selector.error());
    for (const Clickable& clickable : all) {
      if (selector->matches(clickable.element)) found.push_back(&clickable);
    }
  } else {
    for (const Clickable& clickable : all) {
      if (clickable.element.attribute(said.kind == ExplicitName::Kind::name ? "name" : "id") == said.rest)
        found.push_back(&clickable);
    }
  }
  std::vector<const Clickable*> distinct;
  for (const Clickable* clickable : found) {
    if (std::ranges::none_of(distinct, [&](const Clickable* other) { return leads_to_the_same(*other, *clickable); }))
      distinct.push_back(clickable);
  }
  if (distinct.size() == 1) {
    if (const auto* submit = std::get_if<SubmitTarget>(&distinct.front()->target)) {
      if (auto pressable = check_pressable(*submit->button); !pressable)
        return std::unexpected(std::move(pressable.error()));
    }
    return distinct.front()->target;
  }
  std::vector<std::string> lines;
  if (distinct.size() > 1) {
    for (const Clickable* clickable : distinct) lines.push_back(clickable_line(*clickable));
    return not_found(fmt::format("{} could be {} links or buttons", in_quotes(words), distinct.size()),
                     list("they are:", lines) + "\nselect one with id:… or a CSS selector");
  }
  std::vector<std::string> names;
  for (const Clickable& clickable : all) {
    if (!clickable.candidate.visible) continue;
    const auto* link = std::get_if<Link>(&clickable.target);
    names.push_back(link ? link_words(link->element) : std::get<SubmitTarget>(clickable.target).button->words());
    lines.push_back(clickable_line(clickable));
  }
  std::vector<std::string> hint = {did_you_mean(words, names)};
  for (std::string& line : idle_buttons(forms, words)) hint.push_back(std::move(line));
  hint.push_back(lines.empty() ? "the page has no links and no buttons" : list("the page has:", lines));
  return not_found(fmt::format("the page has no link or button {}", in_quotes(words)), as_hint(hint));
}

} // namespace murphy::web
