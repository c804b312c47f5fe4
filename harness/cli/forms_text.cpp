#include "cli/forms_text.h"

#include "base/text.h"
#include "reports/text_block.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace murphy::cli {
namespace {

using reports::TextBlock;
using reports::Tone;

std::string plain(std::string_view text) { return one_line(text); }

std::string rules_of(const web::FieldDescription& field) {
  std::string rules = join(field.rules, ", ");
  if (!field.barred.empty()) rules += (rules.empty() ? "" : "; ") + field.barred;
  if (!rules.empty()) return rules;
  return field.options.empty() ? "anything" : "one of these";
}

void put_field(TextBlock& block, const web::FieldDescription& field) {
  std::string facts = field.type;
  if (!field.autocomplete.empty()) facts += ", autocomplete " + field.autocomplete;
  block.line({{Tone::strong, plain(field.label)},
              {Tone::dim, fmt::format("  {}  {}", field.name.empty() ? "(no name)" : plain(field.name), plain(facts))}},
             2);
  block.indent(2);
  block.line({{Tone::plain, plain(rules_of(field))}}, 2);
  if (!field.options.empty()) block.line({{Tone::dim, "offers "}, {Tone::plain, plain(join(field.options, " | "))}}, 2);
  if (!field.value.empty()) block.line({{Tone::dim, "holds "}, {Tone::plain, plain(field.value)}}, 2);
  block.outdent(2);
}

void put_button(TextBlock& block, const web::ButtonDescription& button) {
  std::vector<std::string> sent;
  if (!button.name.empty()) sent.push_back(plain(fmt::format("sends {}={}", button.name, button.value)));
  if (!button.differs.empty()) sent.push_back(plain(button.differs));
  if (button.type != "submit") sent = {"submits nothing"};
  block.line(
      {{Tone::strong, "[" + plain(button.words) + "]"}, {Tone::dim, sent.empty() ? "" : "  " + join(sent, "  ")}}, 2);
}

void put_warnings(TextBlock& block, const std::vector<std::string>& warnings) {
  for (const std::string& warning : warnings) block.line({{Tone::doubtful, "! "}, {Tone::plain, plain(warning)}}, 2);
}

// A body has no spaces to break its lines at; where they are too long, they end behind an entry.
void put_sent(TextBlock& block, const std::string& sends) {
  constexpr std::string_view before = "as loaded it sends  ";
  constexpr std::size_t edges = 4; // what stands around the block
  const auto width = static_cast<std::size_t>(std::max(block.style().width, 0));
  const std::string text = plain(sends);
  if (width == 0 || before.size() + display_width(text) + edges <= width) {
    block.line({{Tone::dim, std::string(before)}, {Tone::plain, text}}, 2);
    return;
  }
  block.line({{Tone::dim, std::string(before)}});
  block.indent(2);
  std::string line;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('&'), rest.size() - 1) + 1;
    if (!line.empty() && display_width(line) + display_width(rest.substr(0, end)) + 2 * edges > width) {
      block.line({{Tone::plain, line}}, 2);
      line.clear();
    }
    line += rest.substr(0, end);
    rest.remove_prefix(end);
  }
  block.line({{Tone::plain, line}}, 2);
  block.outdent(2);
}

void put_form(TextBlock& block, const web::FormDescription& form) {
  block.line({{Tone::strong, plain(form.name)}, {Tone::plain, fmt::format("  {} {}", form.method, plain(form.action))}},
             2);
  block.indent(2);
  std::string how = form.method == "POST" ? form.encoding : "";
  if (form.charset != "UTF-8") how += (how.empty() ? "" : ", ") + form.charset;
  if (form.unchecked) how += std::string(how.empty() ? "" : ", ") + "unchecked by browsers (novalidate)";
  if (!how.empty()) block.line({{Tone::dim, plain(how)}}, 2);
  for (const web::FieldDescription& field : form.fields) put_field(block, field);
  for (const web::HiddenDescription& hidden : form.hidden)
    block.line({{Tone::dim, "hidden  "}, {Tone::plain, plain(hidden.name + "=" + hidden.value)}}, 2);
  for (const web::ButtonDescription& button : form.buttons) put_button(block, button);
  if (!form.sends.empty()) put_sent(block, form.sends);
  put_warnings(block, form.warnings);
  block.outdent(2);
}

void put_forms(TextBlock& block, const web::PageDescription& page) {
  for (const web::FormDescription& form : page.forms) {
    block.blank();
    put_form(block, form);
  }
  if (page.outside.empty() && page.warnings.empty()) return;
  block.blank();
  block.line({{Tone::strong, "Outside of any form"}});
  block.indent(2);
  for (const web::FieldDescription& field : page.outside) put_field(block, field);
  put_warnings(block, page.warnings);
  block.outdent(2);
}

boost::json::array texts(const std::vector<std::string>& all) { return boost::json::array(all.begin(), all.end()); }

boost::json::object json_of(const web::FieldDescription& field) {
  return {{"label", field.label},
          {"name", field.name},
          {"id", field.id},
          {"type", field.type},
          {"autocomplete", field.autocomplete},
          {"rules", texts(field.rules)},
          {"value", field.value},
          {"options", texts(field.options)},
          {"barred", field.barred}};
}

boost::json::array json_of(const std::vector<web::FieldDescription>& fields) {
  boost::json::array all;
  for (const web::FieldDescription& field : fields) all.push_back(json_of(field));
  return all;
}

boost::json::object json_of(const web::FormDescription& form) {
  boost::json::array hidden;
  for (const web::HiddenDescription& each : form.hidden)
    hidden.push_back(boost::json::object{{"name", each.name}, {"value", each.value}});
  boost::json::array buttons;
  for (const web::ButtonDescription& each : form.buttons)
    buttons.push_back(boost::json::object{{"words", each.words},
                                          {"type", each.type},
                                          {"name", each.name},
                                          {"value", each.value},
                                          {"differs", each.differs}});
  return {{"name", form.name},           {"id", form.id},
          {"method", form.method},       {"action", form.action},
          {"encoding", form.encoding},   {"charset", form.charset},
          {"unchecked", form.unchecked}, {"fields", json_of(form.fields)},
          {"hidden", std::move(hidden)}, {"buttons", std::move(buttons)},
          {"sends", form.sends},         {"warnings", texts(form.warnings)}};
}

void put_forms(boost::json::object& object, const web::PageDescription& page) {
  boost::json::array forms;
  for (const web::FormDescription& form : page.forms) forms.push_back(json_of(form));
  object["forms"] = std::move(forms);
  object["outside"] = json_of(page.outside);
  object["warnings"] = texts(page.warnings);
}

} // namespace

std::string forms_text(const FormsPage& page, const reports::ConsoleStyle& style) {
  TextBlock block(style);
  const std::string title = page.title.empty() ? "" : " \"" + plain(page.title) + "\"";
  block.line({{Tone::plain, fmt::format("{} {}{}", page.status, plain(page.url), title)}}, 2);
  if (!page.redirects.empty()) block.line({{Tone::dim, "came through " + plain(join(page.redirects, ", "))}}, 2);
  put_warnings(block, page.notes);
  if (page.forms.forms.empty()) block.line({{Tone::plain, "no form is on this page"}});
  put_forms(block, page.forms);
  for (const FormsFrame& frame : page.frames) {
    block.blank();
    block.line({{Tone::strong, "In the frame " + plain(frame.label)}}, 2);
    block.indent(2);
    if (!frame.refusal.empty())
      put_warnings(block, {"browsers show nothing in it: " + frame.refusal});
    else if (frame.forms.forms.empty())
      block.line({{Tone::plain, "no form is in it"}});
    put_forms(block, frame.forms);
    block.outdent(2);
  }
  if (!page.markers.empty()) {
    block.blank();
    block.line({{Tone::strong, "Only signed-in users get here"}, {Tone::dim, "  for `shows` of the dashboard"}}, 2);
    block.indent(2);
    for (const std::string& marker : page.markers) block.line({{Tone::plain, plain(marker)}}, 2);
    block.outdent(2);
  }
  return block.text();
}

std::string forms_json(const FormsPage& page) {
  boost::json::object object{{"url", page.url},
                             {"status", page.status},
                             {"title", page.title},
                             {"redirects", texts(page.redirects)},
                             {"notes", texts(page.notes)}};
  put_forms(object, page.forms);
  boost::json::array frames;
  for (const FormsFrame& frame : page.frames) {
    boost::json::object one{{"label", frame.label}, {"refusal", frame.refusal}};
    put_forms(one, frame.forms);
    frames.push_back(std::move(one));
  }
  object["frames"] = std::move(frames);
  object["markers"] = texts(page.markers);
  return boost::json::serialize(object) + "\n";
}

} // namespace murphy::cli
