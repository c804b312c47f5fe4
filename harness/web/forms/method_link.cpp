#include "web/forms/method_link.h"

#include "base/text.h"
#include "web/forms/form_encoding.h"

#include <array>
#include <string>
#include <string_view>

namespace murphy::web {
namespace {

std::string_view method_of(Element link) {
  for (const std::string_view name : {"data-method", "data-turbo-method"}) {
    if (const auto method = link.attribute(name); method && !trim(*method).empty()) return trim(*method);
  }
  return {};
}

std::string_view meta(const Document& document, std::string_view name) {
  for (Element element = document.root(); element; element = element.next()) {
    if (element.is("meta") && element.attribute("name") == name) return element.attribute_or_empty("content");
  }
  return {};
}

} // namespace

std::optional<Submission> method_submission(Element link, const Url& url) {
  const std::string_view method = method_of(link);
  if (method.empty() || equal_ignoring_ascii_case(method, "get")) return std::nullopt;
  const Document& document = link.document();
  Submission submission{.url = url,
                        .method = "POST",
                        .content_type = "application/x-www-form-urlencoded",
                        .body = {},
                        .shown_url = url,
                        .entries = {}};
  if (const auto to = link.attribute("data-to")) {
    if (auto other = document.resolve(*to)) submission.url = submission.shown_url = std::move(*other);
  }
  const auto add = [&](std::string_view name, std::string_view value) {
    if (name.empty() || value.empty()) return;
    submission.entries.push_back({.name = std::string(name),
                                  .value = Value(std::string(value)),
                                  .label = {},
                                  .type = "hidden",
                                  .is_added = false});
  };
  add("_method", method);
  if (same_origin(submission.url, document.address())) {
    add(meta(document, "csrf-param"), meta(document, "csrf-token"));
    add("_csrf_token", link.attribute_or_empty("data-csrf"));
  }
  submission.body = encode_urlencoded(submission.entries, "UTF-8");
  return submission;
}

} // namespace murphy::web
