#include "drive/scripted.h"

#include "base/make_error.h"
#include "base/text.h"
#include "web/forms/naming.h"

#include <algorithm>
#include <fmt/format.h>
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
  const auto document = page.document();
  if (!document || !page.forms().forms.empty() || !page.text().empty()) return false;
  bool loads = false, waits = false;
  for (web::Element element = (*document)->root(); element; element = element.next()) {
    loads = loads || loads_script(element);
    waits = waits || is_to_be_filled(element);
  }
  return loads && waits;
}

Error made_by_scripts(std::string_view words) {
  return usage_error(fmt::format("the page has no \"{}\": scripts make this page, and Murphy runs no scripts", words),
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
