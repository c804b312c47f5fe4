#include "web/load_time/load_time.h"

#include "base/text.h"
#include "web/html/rendered_text.h"
#include "web/load_time/load_time_script.h"

#include <algorithm>
#include <array>

namespace murphy::web {
namespace {

bool is_inline_script(Element element) {
  if (!element.is("script") || element.has("src")) return false;
  static constexpr std::array<std::string_view, 5> types = {"", "application/javascript", "module", "text/ecmascript",
                                                            "text/javascript"};
  return std::ranges::binary_search(types, std::string_view(ascii_lower(trim(element.attribute_or_empty("type")))));
}

bool begins_with(std::string_view text, std::string_view word) {
  return equal_ignoring_ascii_case(text.substr(0, word.size()), word);
}

bool holds(std::string_view text, std::string_view word) {
  const auto same = [](char left, char right) { return (left | 0x20) == right; };
  return std::ranges::search(text, word, same).begin() != text.end();
}

// Whether something is called submit, beside the values of attributes: `type="submit"` is no call.
bool may_submit(std::string_view source) {
  constexpr std::string_view behind_first = "ubmit";
  for (std::size_t i = source.find(behind_first); i != std::string_view::npos; i = source.find(behind_first, i + 1)) {
    const std::string_view before = source.substr(0, i);
    if (before.size() < 2 || !begins_with(before.substr(i - 1), "s")) continue;
    const char first = before[i - 2];
    if (first != '"' && first != '\'' && first != '=') return true;
  }
  return source.find("trigger") != std::string_view::npos;
}

// A tag from its name to its ">", which does not count in the value of an attribute.
std::string_view whole_tag(std::string_view text) {
  char quote = '\0', before = '\0'; // white space passed over
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if ((c == '"' || c == '\'') && before == '=') {
      quote = c;
    } else if (c == '>') {
      return text.substr(0, i);
    }
    if (!is_white_space(c)) before = c;
  }
  return text;
}

// Whether a start tag of a script says where the script is.
bool has_source(std::string_view tag) {
  for (std::size_t i = 1; i + 3 < tag.size(); ++i) {
    const bool begins_name = is_white_space(tag[i - 1]) || tag[i - 1] == '/' || tag[i - 1] == '"' || tag[i - 1] == '\'';
    if (begins_name && begins_with(tag.substr(i), "src") && trim(tag.substr(i + 3)).starts_with('=')) return true;
  }
  return false;
}

// A form that waits for a person.
bool asks_for_something(const Forms& forms, const Form& form) {
  return std::ranges::any_of(form.controls, [&](std::size_t index) {
    const Control& control = forms.controls[index];
    return control.is_field() && !control.disabled && !control.read_only && !is_hidden(control.element);
  });
}

} // namespace

bool may_act_at_load(std::string_view source) {
  bool has_script = false;
  for (std::size_t i = source.find('<'); i != std::string_view::npos; i = source.find('<', i + 1)) {
    const std::string_view rest = source.substr(i + 1);
    if (rest.empty() || !std::string_view("bfims").contains(static_cast<char>(rest.front() | 0x20))) continue;
    if (begins_with(rest, "iframe") || begins_with(rest, "frame")) return true;
    if (begins_with(rest, "meta") && holds(whole_tag(rest), "refresh")) return true;
    if (begins_with(rest, "body") && holds(whole_tag(rest), "onload")) return true;
    has_script = has_script || (begins_with(rest, "script") && !has_source(whole_tag(rest)));
  }
  return has_script && may_submit(source);
}

LoadTimeForm submitted_at_load(const Forms& forms, const Document& document, const PagePolicy& policy) {
  if (forms.forms.empty()) return {};
  // What runs, and what would if no policy forbade any of it.
  LoadTimeScript allowed(forms, document), all(forms, document);
  LoadTimeForm sent, wanted;
  std::optional<record::Policy> forbidden;
  const auto run = [&](const InlineScript& script) {
    auto policy_of_script = policy.forbids(script);
    if (!policy_of_script && sent.form == nullptr) sent.form = allowed.run(script.text);
    if (policy_of_script && !forbidden) forbidden = std::move(policy_of_script);
    if (wanted.form == nullptr) wanted.form = all.run(script.text);
  };
  for (Element element = document.root(); element && sent.form == nullptr; element = element.next()) {
    if (!is_inline_script(element)) continue;
    const std::string text = element.text_content();
    run({InlineScript::Kind::element, text, element.attribute_or_empty("nonce"), element.index()});
  }
  if (const Element body = document.body(); sent.form == nullptr && body && body.has("onload"))
    run({InlineScript::Kind::handler, body.attribute_or_empty("onload"), {}, body.index()});
  if (sent.form == nullptr && forbidden) {
    sent.form = wanted.form;
    sent.forbidden = std::move(forbidden);
  }
  if (sent.form == nullptr || asks_for_something(forms, *sent.form)) return {};
  return sent;
}

std::optional<Url> refreshed_to(const Refresh& refresh, const Url& address, const Url& base,
                                std::chrono::seconds patience) {
  if (refresh.url.empty() || refresh.delay > patience) return std::nullopt;
  auto url = Url::parse(refresh.url, &base);
  if (!url || url->without_fragment() == address.without_fragment()) return std::nullopt;
  return std::move(*url);
}

} // namespace murphy::web
