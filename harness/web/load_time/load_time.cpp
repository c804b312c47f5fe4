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

// A form that waits for a person.
bool asks_for_something(const Forms& forms, const Form& form) {
  return std::ranges::any_of(form.controls, [&](std::size_t index) {
    const Control& control = forms.controls[index];
    return control.is_field() && !control.disabled && !control.read_only && !is_hidden(control.element);
  });
}

} // namespace

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
