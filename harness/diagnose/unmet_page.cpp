#include "diagnose/unmet_parts.h"

#include "base/nearest.h"
#include "base/text.h"
#include "diagnose/mask.h"
#include "diagnose/names.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <set>

namespace murphy::diagnose {

namespace {

using record::Confidence;
using record::Failure;
using record::Layer;

constexpr std::string_view of_template = ": a name in its template may print nothing";

std::string attribute(const Tag& tag, const char* name) {
  const auto found = tag.attributes.find(name);
  return found == tag.attributes.end() ? std::string() : found->second;
}

bool has_id(const Unmet& unmet, std::string_view id) {
  return std::ranges::any_of(unmet.facts().tags, [&](const Tag& tag) { return attribute(tag, "id") == id; });
}

// What a reference to an id on the page names, where the page has nothing of that id: "session_email" of
// <label for="session_email">.
std::string dangling(const Unmet& unmet, const char* by) {
  for (const Tag& tag : unmet.facts().tags)
    if (const std::string id = attribute(tag, by); !id.empty() && !id.contains(' ') && !has_id(unmet, id)) return id;
  return {};
}

// "css" of `"3" of css`, `text with "…" in css`: behind the last ` of ` or ` in `; the whole where there is none.
std::string selector_in(const Failure& failure, std::string_view between) {
  const std::size_t at = failure.expected.rfind(between);
  return at == std::string::npos ? failure.expected : failure.expected.substr(at + between.size());
}

// The text without what stands in angle brackets, as a browser shows it that was given the text unescaped.
std::string as_markup(std::string_view text) {
  std::string shown;
  bool in_tag = false;
  for (const char c : text) {
    if (c == '<') in_tag = true;
    if (!in_tag) shown += c;
    if (c == '>') in_tag = false;
  }
  return collapse_white_space(shown);
}

std::string letters_of(std::string_view text) { return ascii_lower(collapse_white_space(text)); }

// `[name=next]` asked to be absent, and `next` is a parameter of the address: it was taken over unchecked.
std::string parameter_in(const Unmet& unmet, std::string_view selector) {
  for (const std::string_view pair : split(unmet.facts().query, '&')) {
    const std::string name(pair.substr(0, pair.find('=')));
    if (!name.empty() && (selector.contains("name=" + name) || selector.contains("name=\"" + name + "\"") ||
                          selector.contains("name='" + name + "'")))
      return name;
  }
  return {};
}

std::optional<Told> about_title(const Unmet& unmet) {
  const auto* title = unmet.failure("title");
  if (title == nullptr) return std::nullopt;
  const std::string got = Unmet::quoted_in(title->got);
  const bool cut = Unmet::quoted_in(title->expected).ends_with(got) || got.empty() || title->got == "\"\"";
  return Told{suspect_of(Layer::view, Layer::unknown, Confidence::medium,
                         cut ? fmt::format("the page's title lacks a part{}", of_template)
                             : std::string("the page has another title than the scenario expects"),
                         "title")};
}

std::optional<Told> about_form(const Unmet& unmet) {
  const auto* form = unmet.failure("form");
  if (form == nullptr) return std::nullopt;
  const std::string name = Unmet::quoted_in(form->got);
  if (form->hint.contains("belongs to no form"))
    return Told{suspect_of(Layer::view, Layer::unknown, Confidence::high,
                           fmt::format("the button \"{}\" stands outside of its form", name), name)};
  return Told{suspect_of(Layer::view, Layer::controller, Confidence::medium,
                         fmt::format("the page comes without the form \"{}\"", name), name)};
}

std::optional<Told> about_labels(const Unmet& unmet, const std::string& selector) {
  for (const auto& [by, words] :
       {std::pair("for", "a label is for"), std::pair("aria-describedby", "a field is described by"),
        std::pair("aria-errormessage", "a field has its error at"),
        std::pair("aria-labelledby", "a field is labelled by")}) {
    const std::string id = dangling(unmet, by);
    if (id.empty() || (std::string_view(by) == "for") != selector.starts_with("label")) continue;
    Told told{suspect_of(Layer::view, Layer::unknown, Confidence::high,
                         fmt::format("{} \"{}\", and nothing on the page has this id", words, id), id)};
    std::vector<std::string> free; // ids of fields that the scenario asks for
    for (const Tag& tag : unmet.facts().tags)
      if (const std::string other = attribute(tag, "id"); !other.empty() && selector.contains(other))
        free.push_back(other);
    if (free.size() == 1) {
      told.suspect.suggestion = free.front();
      told.suspect.origin = "scenario";
      told.suspect.cause += fmt::format("; there is \"{}\"", free.front());
    }
    return told;
  }
  return std::nullopt;
}

std::optional<Told> about_element(const Unmet& unmet) {
  if (const auto* none = unmet.failure("no_element"); none != nullptr) {
    const std::string selector = selector_in(*none, "no element ");
    if (const std::string parameter = parameter_in(unmet, selector); !parameter.empty())
      return Told{suspect_of(
          Layer::controller, Layer::config, Confidence::medium,
          fmt::format("the address's \"{}\" is taken over without a check of where it leads", parameter), parameter)};
    return Told{suspect_of(Layer::view, Layer::model, Confidence::low,
                           fmt::format("the page shows {}, which it should not", selector), selector)};
  }
  if (const auto* count = unmet.failure("element.count"); count != nullptr) {
    const std::string selector = selector_in(*count, " of ");
    const auto number = [](const std::string& text) {
      const std::size_t digit = text.find_first_of("0123456789");
      return digit == std::string::npos ? -1L : std::strtol(text.c_str() + digit, nullptr, 10);
    };
    const bool more = number(count->got) > number(count->expected);
    return Told{suspect_of(Layer::model, Layer::view, Confidence::medium,
                           more ? fmt::format("the page lists more of {} than belong there", selector)
                                : fmt::format("the page lists too few of {}", selector),
                           selector),
                "query"};
  }
  if (const auto* text = unmet.failure("element.text"); text != nullptr) {
    const std::string selector = selector_in(*text, " in ");
    const std::string wanted = Unmet::quoted_in(text->expected.substr(0, text->expected.size() - selector.size()));
    if (text->got == "(no text)")
      return Told{suspect_of(Layer::view, Layer::model, Confidence::medium,
                             fmt::format("{} is on the page and empty{}", selector, of_template), selector)};
    const std::string got = Unmet::quoted_in(text->got);
    if (wanted.contains('<') && letters_of(got) == letters_of(as_markup(wanted)))
      return Told{suspect_of(
          Layer::view, Layer::unknown, Confidence::high,
          fmt::format("{} prints a value without escaping it: what looks like markup is lost", selector), selector)};
    if (letters_of(unmet.evidence().page).contains(letters_of(wanted)))
      return Told{suspect_of(Layer::model, Layer::view, Confidence::medium,
                             fmt::format("what {} should show stands elsewhere on the page: the order is another one",
                                         selector),
                             selector),
                  "query"};
    return Told{suspect_of(Layer::model, Layer::view, Confidence::low,
                           fmt::format("{} shows something else than the scenario expects", selector), selector)};
  }
  if (const auto* value = unmet.failure("element.attr.value"); value != nullptr && unmet.facts().sent) {
    const std::string got = Unmet::quoted_in(value->got);
    const auto& fields = unmet.facts().sent->fields;
    const auto typed = std::ranges::find_if(
        fields, [&](const SentField& field) { return field.type != "hidden" && !got.empty() && field.value == got; });
    if (typed != fields.end())
      return Told{
          suspect_of(Layer::config, Layer::controller, Confidence::medium,
                     fmt::format("what was typed for \"{}\" counts at once, and not only after it was confirmed",
                                 typed->label),
                     typed->name),
          "switch"};
  }
  if (const auto* element = unmet.failure("element"); element != nullptr) {
    if (auto label = about_labels(unmet, element->expected)) return label;
    return Told{suspect_of(Layer::view, Layer::model, Confidence::medium,
                           fmt::format("the page has no {}", element->expected), element->expected)};
  }
  if (const auto* attr = unmet.failure_of("element.attr"); attr != nullptr)
    return Told{suspect_of(Layer::view, Layer::unknown, Confidence::medium,
                           fmt::format("an element has another {} than the scenario expects",
                                       attr->what.substr(std::string_view("element.attr.").size())))};
  return std::nullopt;
}

// Errors that the page should show.
std::optional<Told> about_errors(const Unmet& unmet) {
  const auto* failure = unmet.failure_of("field_error");
  if (failure == nullptr) failure = unmet.failure_of("form_error");
  const auto own = unmet.own();
  if (failure == nullptr || own.empty()) return std::nullopt;
  const std::string words = Unmet::quoted_in(failure->expected);
  const bool of_field = failure->what.starts_with("field_error");
  const auto& errors = unmet.evidence().errors;
  const bool elsewhere =
      !words.empty() && std::ranges::any_of(errors, [&](const std::string& each) { return each.contains(words); });
  if (of_field && elsewhere) {
    const std::string label =
        failure->what.substr(std::min(failure->what.size(), std::string_view("field_error.").size()));
    if (auto reference = about_labels(unmet, "")) return reference;
    return Told{suspect_of(Layer::view, Layer::unknown, Confidence::high,
                           fmt::format("the error about \"{}\" is on the page, and not tied to its field", label),
                           label)};
  }
  if (errors.empty() && own.front().status >= 400 && own.front().status < 500)
    return Told{suspect_of(Layer::view, Layer::controller, Confidence::medium,
                           "the app refuses the form and its page does not say why: a name in its template may print "
                           "nothing")};
  if (errors.empty())
    return Told{suspect_of(Layer::model, Layer::controller, Confidence::medium, "the app takes what it should refuse")};
  return Told{suspect_of(Layer::view, Layer::model, Confidence::low, "the app refuses the form with other words")};
}

std::optional<Told> about_text(const Unmet& unmet) {
  if (unmet.failure("no_text") != nullptr)
    return Told{suspect_of(Layer::model, Layer::view, Confidence::medium, "the page shows what does not belong there"),
                "query"};
  const auto* text = unmet.failure("text");
  if (text == nullptr) return std::nullopt;
  return Told{suspect_of(Layer::view, Layer::controller, Confidence::medium,
                         fmt::format("the page is the right one and lacks \"{}\"{}",
                                     masked(Unmet::quoted_in(text->expected)), of_template))};
}

} // namespace

std::optional<Told> about_page(const Unmet& unmet) {
  const auto own = unmet.own();
  if (unmet.has_server_error() || unmet.wants_dashboard_closed() || unmet.failure("page") != nullptr)
    return std::nullopt;
  if (unmet.wants_dashboard_open()) {
    const auto* dashboard = unmet.failure("dashboard");
    const std::size_t without = dashboard->got.rfind(", without ");
    if (without == std::string::npos) return std::nullopt;
    const std::string marker = dashboard->got.substr(without + std::string_view(", without ").size());
    return Told{suspect_of(Layer::view, Layer::model, Confidence::medium,
                           fmt::format("the dashboard opens without {}{}", marker, of_template), marker)};
  }
  if (unmet.failure("status") != nullptr) return std::nullopt;
  for (const auto about : {about_form, about_title, about_errors, about_element, about_text})
    if (auto told = about(unmet)) return told;
  return std::nullopt;
}

} // namespace murphy::diagnose
