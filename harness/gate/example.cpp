#include "gate/example.h"

#include "base/text.h"

#include <fmt/format.h>

namespace murphy::gate {
namespace {

// A basic string of TOML.
std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : repair_utf8(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      result += std::string("\\") + c;
    else if (byte < 0x20 || byte == 0x7f)
      result += fmt::format("\\u{:04X}", byte);
    else
      result += c;
  }
  return result + "\"";
}

constexpr std::string_view dashboard_steps = R"(steps = [
  # Replace these two steps by what people do in this feature.
  {{ session = "fresh" }},
  {{ sign_in = {} }},
  # Each run then proves that the dashboard opens.
  {{ open = {}, expect = {{ dashboard = "open" }} }},
]
)";

constexpr std::string_view field_steps = R"(steps = [
  # Replace the page, the button and the labels by those of this feature.
  { open = "/login" },
  # Each run then proves that the form says what is wrong.
  { submit = "Sign in", with = { Email = "", Password = "" }, expect = { field_error = { Email = "required" } } },
]
)";

} // namespace

std::string example_of(const std::string& feature, const scenario::Project& project) {
  std::string text = fmt::format("feature = {}\n\n[[scenario]]\n", quoted(feature));
  const scenario::App& app = project.app;
  if (!app.sign_in || !app.dashboard || !app.dashboard->page.is_literal() || project.users.empty())
    return text + "name  = \"The form says which field is wrong\"\n" + std::string(field_steps);
  const std::string& user = project.users.begin()->first;
  text += "name  = \"The dashboard opens\"\n";
  return text + fmt::format(dashboard_steps, quoted(user), quoted(app.dashboard->page.source));
}

std::string file_of_example(const std::string& feature) {
  std::string name;
  for (const char c : ascii_lower(feature)) {
    const bool is_letter_of_a_name = is_alphanumeric(c) || static_cast<unsigned char>(c) >= 0x80;
    if (is_letter_of_a_name)
      name += c;
    else if (!name.empty() && !name.ends_with('-'))
      name += '-';
  }
  if (name.ends_with('-')) name.pop_back();
  return "scenarios/" + (name.empty() ? std::string("feature") : name) + ".toml";
}

} // namespace murphy::gate
