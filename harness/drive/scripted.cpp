#include "drive/scripted.h"

#include "base/make_error.h"
#include "base/text.h"
#include "web/forms/naming.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>
#include <variant>
#include <vector>

namespace murphy::drive {
namespace {

bool loads_script(web::Element element) {
  return element.is("script") && (element.has("src") || element.attribute_or_empty("type") == "module");
}

// <div id="root"></div>, <app-root></app-root>
bool is_to_be_filled(web::Element element) {
  return (element.has("id") || element.tag().contains('-')) && !element.is("script") && !element.first_child() &&
         !element.has_text();
}

bool runs(web::Element script) {
  const std::string type = ascii_lower(script.attribute_or_empty("type"));
  return type.empty() || type == "module" || type.ends_with("javascript");
}

// Whether people see that more is to come: a spinner, a splash screen.
bool shows_loading(web::Element element) {
  if (equal_ignoring_ascii_case(element.attribute_or_empty("aria-busy"), "true")) return true;
  if (equal_ignoring_ascii_case(element.attribute_or_empty("role"), "progressbar")) return true;
  const std::string names =
      ascii_lower(element.attribute_or_empty("class")) + " " + ascii_lower(element.attribute_or_empty("id"));
  static constexpr std::array<std::string_view, 5> signs = {"spinner", "loading", "loader", "splash", "skeleton"};
  return std::ranges::any_of(signs, [&](std::string_view sign) { return names.contains(sign); });
}

// The words of all noscript elements, which are no part of the document.
std::string words_without_scripts(std::string_view html) {
  const std::string lower = ascii_lower(html);
  std::string words;
  for (std::size_t at = lower.find("<noscript"); at != std::string::npos; at = lower.find("<noscript", at)) {
    const std::size_t end = std::min(lower.find("</noscript", at), lower.size());
    bool is_tag = false;
    for (; at < end; ++at) {
      if (lower[at] == '<' || lower[at] == '>') is_tag = lower[at] == '<';
      if (!is_tag) words += lower[at] == '>' ? ' ' : lower[at];
    }
  }
  return words;
}

// "You need to enable JavaScript", in any language.
bool asks_for_scripts(std::string_view html) {
  static constexpr std::array<std::string_view, 6> names = {"javascript", "java script", " script ",
                                                            " scripts ",  "скрипт",      "スクリプト"};
  std::string words = " " + words_without_scripts(html) + " ";
  std::ranges::replace_if(words, [](char c) { return c > 0 && !is_alphanumeric(c); }, ' ');
  return std::ranges::any_of(names, [&](std::string_view name) { return words.contains(name); });
}

// What a script of ASP.NET Web Forms sends: `__doPostBack('target','argument')`.
std::vector<std::string> post_back_values(std::string_view script) {
  const std::size_t call = script.find("__doPostBack(");
  if (call == std::string_view::npos) return {};
  std::vector<std::string> values;
  for (const std::string_view part : split(script.substr(call + std::string_view("__doPostBack(").size()), ',')) {
    const std::size_t begin = part.find_first_of("'\""), end = part.find_last_of("'\"");
    if (begin == std::string_view::npos || end <= begin) break;
    values.emplace_back(part.substr(begin + 1, end - begin - 1));
  }
  return values;
}

// The form that the link is in, as a step names it; empty outside of one.
std::string form_around(web::Element link) {
  for (web::Element element = link; element; element = element.parent()) {
    if (!element.is("form")) continue;
    const std::string_view id = element.attribute_or_empty("id");
    return id.empty() ? std::string(element.attribute_or_empty("name")) : fmt::format("#{}", id);
  }
  return {};
}

} // namespace

bool is_made_by_scripts(const HttpPage& page) {
  // Beside a spinner, and on a page that says itself that it needs scripts.
  constexpr std::size_t most_of_spinner = 60, most_of_shell = 200;
  const auto document = page.document();
  if (!page.is_html() || page.status() >= 500 || !document) return false;
  if (!page.forms().forms.empty() || !page.forms().controls.empty() || !page.frames().empty()) return false;
  bool runs_any = false, loads = false, waits = false, is_loading = false;
  for (web::Element element = (*document)->root(); element; element = element.next()) {
    if (element.is("a") && element.has("href")) return false; // there is a way on
    runs_any = runs_any || (element.is("script") && runs(element));
    loads = loads || loads_script(element);
    waits = waits || is_to_be_filled(element);
    is_loading = is_loading || shows_loading(element);
  }
  const std::size_t shown = count_code_points(page.text());
  if (loads && waits && shown == 0) return true;
  if (loads && is_loading && shown <= most_of_spinner) return true;
  return runs_any && shown <= most_of_shell && asks_for_scripts(page.body());
}

Error made_by_scripts(std::string_view words) {
  return unseen_error(fmt::format("the page has no \"{}\": scripts make this page, and Murphy runs no scripts", words),
                      "send what the script sends: request = { url = \"/api/session\", json = { … } }");
}

std::optional<Error> script_link(const HttpPage& page, std::string_view words) {
  const auto document = page.document();
  if (!document) return std::nullopt;
  const auto found = web::find_click(page.forms(), **document, words);
  const auto* link = found ? std::get_if<web::Link>(&*found) : nullptr;
  const std::string_view script = link == nullptr ? std::string_view() : trim(link->href);
  if (!equal_ignoring_ascii_case(script.substr(0, script.find(':')), "javascript")) return std::nullopt;
  const std::vector<std::string> values = post_back_values(script);
  const std::string form = form_around(link->element);
  std::string hint = "send what the script sends, with submit and send or with request";
  if (!values.empty() && !form.empty()) {
    hint = fmt::format("write submit = \"{}\", send = {{ __EVENTTARGET = \"{}\"", form, values.front());
    if (values.size() > 1 && !values[1].empty()) hint += fmt::format(", __EVENTARGUMENT = \"{}\"", values[1]);
    hint += " }";
  }
  return target_error(fmt::format("the link \"{}\" runs a script, and Murphy runs no scripts: {}", words, script),
                      hint);
}

} // namespace murphy::drive
