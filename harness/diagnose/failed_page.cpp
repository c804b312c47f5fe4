#include "diagnose/failed_expectation_parts.h"

#include "base/nearest.h"
#include "base/text.h"
#include "diagnose/names.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <fmt/format.h>
#include <set>

namespace murphy::diagnose {

namespace {

using record::Confidence;
using record::FailureCode;
using record::Layer;

constexpr std::string_view of_template = ": a name in its template may print nothing";

// Words that the scenario states, as the failure shows them.
std::string in_short(std::string_view words) { return ellipsize(one_line(words), 120); }

std::string attribute(const Tag& tag, const char* name) {
  const auto found = tag.attributes.find(name);
  return found == tag.attributes.end() ? std::string() : found->second;
}

bool has_id(const FailedExpectations& failed, std::string_view id) {
  return std::ranges::any_of(failed.facts().tags, [&](const Tag& tag) { return attribute(tag, "id") == id; });
}

// What a reference to an id on the page names, where the page has nothing of that id: "session_email" of
// <label for="session_email">.
std::string dangling(const FailedExpectations& failed, const char* by) {
  for (const Tag& tag : failed.facts().tags)
    if (const std::string id = attribute(tag, by); !id.empty() && !id.contains(' ') && !has_id(failed, id)) return id;
  return {};
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
std::string parameter_in(const FailedExpectations& failed, std::string_view selector) {
  for (const std::string_view pair : split(failed.facts().query, '&')) {
    const std::string name(pair.substr(0, pair.find('=')));
    if (!name.empty() && (selector.contains("name=" + name) || selector.contains("name=\"" + name + "\"") ||
                          selector.contains("name='" + name + "'")))
      return name;
  }
  return {};
}

// The page has the words almost as the scenario has them: one of the two is to be corrected.
Hypothesis about_near_words(const record::Failure& failure, std::string_view where) {
  return {suspect_of(Layer::view, Layer::harness, Confidence::medium,
                     fmt::format("{} \"{}\" where the scenario has \"{}\"", where, in_short(failure.others.front()),
                                 in_short(failure.wanted.text))),
          "wording"};
}

Hypothesis about_near_element(const record::Failure& missing) {
  const std::string& near = missing.others.front();
  return about_two_names(fmt::format("the page has no {}; it has {}", missing.subject, near), missing.subject, near);
}

std::optional<Hypothesis> about_title(const FailedExpectations& failed) {
  const auto* title = failed.failure({FailureCode::wrong_title});
  if (title == nullptr) return std::nullopt;
  if (!title->others.empty()) return about_near_words(*title, "the page's title has");
  const bool cut = !title->wanted.is_negated && title->wanted.text.ends_with(title->got.text);
  return Hypothesis{suspect_of(Layer::view, Layer::unknown, Confidence::medium,
                               cut ? fmt::format("the page's title lacks a part{}", of_template)
                               : title->wanted.is_negated
                                   ? std::string("the page has a title that the scenario excludes")
                                   : std::string("the page has another title than the scenario expects"),
                               "title")};
}

std::optional<Hypothesis> about_form(const FailedExpectations& failed) {
  const auto* form = failed.failure({FailureCode::missing_form, FailureCode::button_without_form});
  if (form == nullptr || form->key != "form") return std::nullopt;
  const std::string& name = form->subject;
  if (form->code == FailureCode::button_without_form)
    return Hypothesis{suspect_of(Layer::view, Layer::unknown, Confidence::high,
                                 fmt::format("the button \"{}\" is outside its form", name), name)};
  return Hypothesis{suspect_of(Layer::view, Layer::controller, Confidence::medium,
                               fmt::format("the page comes without the form \"{}\"", name), name)};
}

std::optional<Hypothesis> about_labels(const FailedExpectations& failed, const std::string& selector) {
  for (const auto& [by, words] :
       {std::pair("for", "a label is for"), std::pair("aria-describedby", "a field is described by"),
        std::pair("aria-errormessage", "a field has its error at"),
        std::pair("aria-labelledby", "a field is labelled by")}) {
    const std::string id = dangling(failed, by);
    if (id.empty() || (std::string_view(by) == "for") != selector.starts_with("label")) continue;
    Hypothesis hypothesis{suspect_of(Layer::view, Layer::unknown, Confidence::high,
                                     fmt::format("{} \"{}\", and nothing on the page has this id", words, id), id)};
    std::vector<std::string> free; // ids of fields that the scenario asks for
    for (const Tag& tag : failed.facts().tags)
      if (const std::string other = attribute(tag, "id"); !other.empty() && selector.contains(other))
        free.push_back(other);
    if (free.size() == 1) {
      hypothesis.suspect.suggestion = free.front();
      hypothesis.suspect.origin = record::SuggestionOrigin::scenario;
      hypothesis.suspect.cause += fmt::format("; there is \"{}\"", free.front());
    }
    return hypothesis;
  }
  return std::nullopt;
}

// What should be absent has another spelling on the page.
Hypothesis about_slip(std::string wanted, const std::string& meant) {
  Hypothesis slip{suspect_of(Layer::harness, Layer::unknown, Confidence::medium,
                             fmt::format("{} is not on the page, which has {}: is it misspelled?", wanted, meant),
                             wanted)};
  slip.suspect.suggestion = meant;
  slip.suspect.origin = record::SuggestionOrigin::choices_in_message;
  return slip;
}

std::optional<Hypothesis> about_element(const FailedExpectations& failed) {
  if (const auto* none = failed.failure({FailureCode::unwanted_element}); none != nullptr) {
    if (!none->others.empty()) return about_slip(none->subject, none->others.front());
    const std::string& selector = none->subject;
    if (const std::string parameter = parameter_in(failed, selector); !parameter.empty())
      return Hypothesis{suspect_of(
          Layer::controller, Layer::config, Confidence::medium,
          fmt::format("the address's \"{}\" is taken over without a check of where it leads", parameter), parameter)};
    return Hypothesis{suspect_of(Layer::view, Layer::model, Confidence::low,
                                 fmt::format("the page shows {}, which it should not", selector), selector)};
  }
  if (const auto* count = failed.failure({FailureCode::wrong_element_count}); count != nullptr) {
    if (!count->others.empty()) return about_near_element(*count);
    const std::string& selector = count->subject;
    const std::int64_t wanted = std::strtoll(count->wanted.text.c_str(), nullptr, 10);
    const bool excluded = count->wanted.is_negated && count->wanted.kind != record::Wanted::Kind::at_least;
    const bool more = count->wanted.is_negated || count->got.number > wanted;
    return Hypothesis{
        suspect_of(Layer::model, Layer::view, Confidence::medium,
                   excluded ? fmt::format("the page lists {} of {}, which the scenario excludes", wanted, selector)
                   : more   ? fmt::format("the page lists more of {} than belong there", selector)
                            : fmt::format("the page lists too few of {}", selector),
                   selector),
        "query"};
  }
  if (const auto* text = failed.failure({FailureCode::wrong_element_text}); text != nullptr) {
    const std::string& selector = text->subject;
    const std::string& wanted = text->wanted.text;
    if (!text->others.empty()) return about_near_words(*text, selector + " shows");
    if (text->got.text.empty())
      return Hypothesis{suspect_of(Layer::view, Layer::model, Confidence::medium,
                                   fmt::format("{} is on the page and empty{}", selector, of_template), selector)};
    const std::string& got = text->got.text;
    if (text->wanted.is_negated)
      return Hypothesis{suspect_of(Layer::model, Layer::view, Confidence::low,
                                   fmt::format("{} shows what the scenario excludes", selector), selector)};
    if (wanted.contains('<') && letters_of(got) == letters_of(as_markup(wanted)))
      return Hypothesis{suspect_of(
          Layer::view, Layer::unknown, Confidence::high,
          fmt::format("{} prints a value without escaping it: what looks like markup is lost", selector), selector)};
    if (letters_of(failed.evidence().page).contains(letters_of(wanted)))
      return Hypothesis{
          suspect_of(Layer::model, Layer::view, Confidence::medium,
                     fmt::format("what {} should show is elsewhere on the page: the order is another one", selector),
                     selector),
          "query"};
    return Hypothesis{suspect_of(Layer::model, Layer::view, Confidence::low,
                                 fmt::format("{} shows something else than the scenario expects", selector), selector)};
  }
  const auto* attr = failed.failure({FailureCode::wrong_element_attribute, FailureCode::missing_element_attribute});
  if (attr != nullptr && attr->part == "value" && failed.facts().sent) {
    const std::string& got = attr->got.text;
    const auto& fields = failed.facts().sent->fields;
    const auto typed = std::ranges::find_if(
        fields, [&](const SentField& field) { return field.type != "hidden" && !got.empty() && field.value == got; });
    if (typed != fields.end())
      return Hypothesis{
          suspect_of(Layer::config, Layer::controller, Confidence::medium,
                     fmt::format("what was typed for \"{}\" counts at once, and not only after it was confirmed",
                                 typed->label),
                     typed->name),
          "switch"};
  }
  if (const auto* element = failed.failure({FailureCode::missing_element}); element != nullptr) {
    if (auto label = about_labels(failed, element->subject)) return label;
    if (!element->others.empty()) return about_near_element(*element);
    return Hypothesis{suspect_of(Layer::view, Layer::model, Confidence::medium,
                                 fmt::format("the page has no {}", element->subject), element->subject)};
  }
  if (attr != nullptr)
    return Hypothesis{suspect_of(
        Layer::view, Layer::unknown, Confidence::medium,
        attr->code == FailureCode::missing_element_attribute ? fmt::format("an element has no {}", attr->part)
        : attr->wanted.is_negated ? fmt::format("an element has the {} that the scenario excludes", attr->part)
                                  : fmt::format("an element has another {} than the scenario expects", attr->part))};
  return std::nullopt;
}

// Errors that the page should show.
std::optional<Hypothesis> about_errors(const FailedExpectations& failed) {
  const auto* at_field = failed.failure({FailureCode::missing_field_error, FailureCode::wrong_field_error});
  const bool of_field = at_field != nullptr;
  const auto* failure =
      of_field ? at_field : failed.failure({FailureCode::missing_form_error, FailureCode::wrong_form_error});
  const auto own = failed.own();
  if (failure == nullptr || own.empty()) return std::nullopt;
  if (!failure->others.empty()) return about_near_words(*failure, "an error says");
  const std::string& words = failure->wanted.text;
  const auto& errors = failed.evidence().errors;
  const bool elsewhere =
      !words.empty() && !failure->wanted.is_negated &&
      std::ranges::any_of(errors, [&](const record::ShownError& each) { return each.words.contains(words); });
  if (of_field && elsewhere) {
    const std::string& label = failure->subject;
    if (auto reference = about_labels(failed, "")) return reference;
    return Hypothesis{suspect_of(Layer::view, Layer::unknown, Confidence::high,
                                 fmt::format("the error about \"{}\" is on the page, and not tied to its field", label),
                                 label)};
  }
  if (errors.empty() && own.front().status >= 400 && own.front().status < 500)
    return Hypothesis{
        suspect_of(Layer::view, Layer::controller, Confidence::medium,
                   "the app refuses the form and its page does not say why: a name in its template may print "
                   "nothing")};
  // The form again, without a word: what was typed was not looked at.
  if (errors.empty() && failed.page_has_password_field()) return std::nullopt;
  if (errors.empty())
    return Hypothesis{
        suspect_of(Layer::model, Layer::controller, Confidence::medium, "the app takes what it should refuse")};
  return Hypothesis{suspect_of(Layer::view, Layer::model, Confidence::low,
                               failure->wanted.is_negated
                                   ? "the app refuses the form with words that the scenario excludes"
                                   : "the app refuses the form with other words")};
}

std::optional<Hypothesis> about_text(const FailedExpectations& failed) {
  const auto* unwanted = failed.failure({FailureCode::unwanted_text});
  if (unwanted != nullptr && !unwanted->others.empty())
    return about_slip(in_short(unwanted->wanted.text), in_short(unwanted->others.front()));
  if (unwanted != nullptr)
    return Hypothesis{
        suspect_of(Layer::model, Layer::view, Confidence::medium, "the page shows what does not belong there"),
        "query"};
  const auto* text = failed.failure({FailureCode::missing_text});
  if (text == nullptr) return std::nullopt;
  if (text->wanted.is_negated)
    return Hypothesis{
        suspect_of(Layer::model, Layer::view, Confidence::medium, "the page shows what does not belong there"),
        "query"};
  if (!text->others.empty()) return about_near_words(*text, "the page shows");
  return Hypothesis{suspect_of(
      Layer::view, Layer::controller, Confidence::medium,
      fmt::format("the page is the right one and lacks \"{}\"{}", in_short(text->wanted.text), of_template))};
}

} // namespace

std::optional<Hypothesis> about_page(const FailedExpectations& failed) {
  if (failed.has_server_error() || failed.wants_dashboard_closed() ||
      failed.failure({FailureCode::wrong_page}) != nullptr)
    return std::nullopt;
  if (failed.wants_dashboard_open()) {
    const auto* dashboard = failed.failure({FailureCode::dashboard_incomplete});
    // The form at the dashboard's own address is no dashboard that lacks something: how the sign-in ended says more.
    if (dashboard == nullptr || failed.page_has_password_field()) return std::nullopt;
    const std::string& marker = dashboard->part;
    return Hypothesis{suspect_of(Layer::view, Layer::model, Confidence::medium,
                                 fmt::format("the dashboard opens without {}{}", marker, of_template), marker)};
  }
  if (failed.about_status() != nullptr) return std::nullopt;
  for (const auto about : {about_form, about_title, about_errors, about_element, about_text})
    if (auto hypothesis = about(failed)) return hypothesis;
  return std::nullopt;
}

} // namespace murphy::diagnose
