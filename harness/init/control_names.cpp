#include "init/control_names.h"

#include "base/label.h"
#include "base/text.h"
#include "web/html/rendered_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <variant>
#include <vector>

namespace murphy::init {
namespace {

constexpr std::size_t longest_name = 80; // bytes; what is longer is no name to write down

// Whether a scenario can say it as words: it is short, no reference, and nothing that the language reads otherwise.
bool can_be_words(std::string_view words) {
  return !words.empty() && words.size() <= longest_name && !words.contains("${") &&
         web::explicit_name(words).kind == web::ExplicitName::Kind::none;
}

bool can_be_in_selector(std::string_view text) {
  return !text.empty() && text.find_first_of("\"\\\n\r\t\f") == std::string_view::npos && !text.contains("${");
}

// Of the ways to say it, the first for which `picks` holds.
template <class Picks> std::string first_that(const std::vector<std::string>& ways, Picks picks) {
  const auto found = std::ranges::find_if(ways, picks);
  return found == ways.end() ? std::string() : *found;
}

void add_words(std::vector<std::string>& ways, std::string_view words) {
  if (std::string plain = undecorated(words); can_be_words(plain)) ways.push_back(std::move(plain));
}

void add_technical(std::vector<std::string>& ways, std::string_view name, std::string_view id) {
  if (can_be_in_selector(name)) ways.push_back(fmt::format("name:{}", name));
  if (can_be_in_selector(id)) ways.push_back(fmt::format("id:{}", id));
}

// What a label says of its field, without a link in it for those who forgot: "Password Lost password". Empty where the
// words are of no label element.
std::string own_words(const web::Document& document, const std::string& label) {
  for (web::Element element = document.root(); element; element = element.next())
    if (element.is("label") && web::label_words(element) == label) return web::label_words_without_links(element);
  return {};
}

} // namespace

std::string name_of_field(const web::Forms& forms, const web::Form& form, const web::Control& field) {
  std::vector<std::string> ways;
  for (const std::string& label : field.labels) {
    add_words(ways, own_words(field.element.document(), label));
    add_words(ways, label);
  }
  for (const std::string& words : {field.aria_label, field.placeholder, field.name}) add_words(ways, words);
  add_technical(ways, field.name, field.id);
  return first_that(ways, [&](const std::string& way) {
    const auto found = web::find_field(forms, form, way);
    return found && found->size() == 1 && found->front() == &field;
  });
}

std::string name_of_submit(const web::Forms& forms, const web::SubmitTarget& submit,
                           const std::vector<std::string>& fields) {
  std::vector<std::string> ways;
  if (const web::Control* button = submit.button) {
    add_words(ways, button->words());
    for (const std::string& words : {button->aria_label, button->title}) add_words(ways, words);
  }
  for (const std::string& heading : submit.form->headings) add_words(ways, heading);
  add_words(ways, submit.form->aria_label);
  if (submit.button != nullptr) add_technical(ways, submit.button->name, submit.button->id);
  add_technical(ways, submit.form->name, submit.form->id);
  if (const auto action = submit.form->element.attribute("action"); action && can_be_in_selector(*action))
    ways.push_back(fmt::format("[action=\"{}\"]", *action));
  return first_that(ways, [&](const std::string& way) {
    const auto found = web::find_submit(forms, way, fields);
    return found && found->form == submit.form && (found->button == submit.button || submit.button == nullptr);
  });
}

std::string name_of_link(const web::Forms& forms, const web::Document& document, web::Element link) {
  std::vector<std::string> ways;
  add_words(ways, web::rendered_words(link));
  for (const char* attribute : {"aria-label", "title"}) add_words(ways, link.attribute_or_empty(attribute));
  if (const std::string_view id = link.attribute_or_empty("id"); can_be_in_selector(id))
    ways.push_back(fmt::format("id:{}", id));
  const std::string_view href = link.attribute_or_empty("href");
  if (can_be_in_selector(href)) ways.push_back(fmt::format("[href=\"{}\"]", href));
  return first_that(ways, [&](const std::string& way) {
    const auto found = web::find_click(forms, document, way);
    const auto* picked = found ? std::get_if<web::Link>(&*found) : nullptr;
    // Another link to the same place does as well.
    return picked != nullptr && (picked->element == link || picked->href == href);
  });
}

} // namespace murphy::init
