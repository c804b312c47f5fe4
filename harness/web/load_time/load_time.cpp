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

const Form* submitted_at_load(const Forms& forms, const Document& document) {
  if (forms.forms.empty()) return nullptr;
  LoadTimeScript script(forms, document);
  const Form* form = nullptr;
  for (Element element = document.root(); element && form == nullptr; element = element.next()) {
    if (is_inline_script(element)) form = script.run(element.text_content());
  }
  if (const Element body = document.body(); form == nullptr && body && body.has("onload")) {
    form = script.run(body.attribute_or_empty("onload"));
  }
  return form != nullptr && !asks_for_something(forms, *form) ? form : nullptr;
}

std::optional<Url> refreshed_to(const Document& document, std::chrono::seconds patience) {
  const auto refresh = document.refresh();
  if (!refresh || refresh->url.empty() || refresh->delay > patience) return std::nullopt;
  auto url = Url::parse(refresh->url, &document.base());
  if (!url || url->without_fragment() == document.address().without_fragment()) return std::nullopt;
  return std::move(*url);
}

} // namespace murphy::web
