#include "drive/http_page.h"

#include "base/make_error.h"
#include "base/text.h"
#include "drive/form_seen.h"
#include "drive/page_forms.h"
#include "web/forms/naming.h"
#include "web/forms/shown_errors.h"
#include "web/html/content_type.h"
#include "web/html/outline.h"
#include "web/html/rendered_text.h"
#include "web/selector/selector.h"
#include "web/text/charset.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::drive {
namespace {

std::string content_type(const std::vector<record::Header>& headers) {
  const std::string* value = record::find_header(headers, "Content-Type");
  return value == nullptr ? std::string() : *value;
}

// So many bytes are kept of a page's text.
constexpr std::size_t longest_text = 16384;

} // namespace

record::FailureCode missing_form_code(const web::Forms& forms, std::string_view words) {
  return web::names_loose_button(forms, words) ? record::FailureCode::button_without_form
                                               : record::FailureCode::missing_form;
}

HttpPage::HttpPage(web::Url address, web::Response response)
    : address_(std::move(address)), href_(address_.href()), status_(response.status),
      headers_(std::move(response.headers)), document_(std::unexpected(Error{})) {
  const std::string type = content_type(headers_);
  const std::string kind = web::media_type(type);
  html_ = web::is_html(type, response.body);
  const bool textual = html_ || kind.empty() || kind.starts_with("text/") || kind.find("json") != std::string::npos ||
                       kind.find("xml") != std::string::npos || kind.find("javascript") != std::string::npos;
  if (textual) encoding_ = web::sniff_encoding(response.body, type, html_);
  body_ = textual ? web::decode(response.body, encoding_) : repair_utf8(response.body);
}

void HttpPage::read() const {
  std::call_once(parsed_, [this] {
    if (!html_) {
      const std::string type = content_type(headers_);
      document_ = std::unexpected(
          target_error(fmt::format("{} is not an HTML page but {}", href_, type.empty() ? "of no stated type" : type)));
      return;
    }
    document_ = web::Document::parse(body_, address_, encoding_);
    if (document_) forms_ = web::read_forms(**document_);
  });
}

Result<std::shared_ptr<const web::Document>> HttpPage::document() const {
  read();
  return document_;
}

const web::Forms& HttpPage::forms() const {
  read();
  return forms_;
}

Result<void> HttpPage::readable() const {
  if (!html_) return {};
  read();
  if (!document_) return std::unexpected(document_.error());
  return {};
}

std::string HttpPage::title() const {
  read();
  return document_ ? (*document_)->title() : std::string();
}

std::string HttpPage::text() const {
  if (!html_) return collapse_white_space(body_);
  read();
  return document_ ? collapse_white_space(web::rendered_text(**document_)) : std::string();
}

Result<std::vector<Element>> HttpPage::select(std::string_view css) const {
  const auto selector = web::Selector::parse(css);
  if (!selector) return std::unexpected(selector.error());
  if (!html_) return std::vector<Element>{};
  read();
  if (!document_) return std::unexpected(document_.error());
  std::vector<Element> elements;
  for (const web::Element& found : selector->select(**document_)) {
    Element element;
    element.text = web::rendered_words(found);
    for (const web::Attribute& attribute : found.attributes())
      element.attributes.emplace(attribute.name, attribute.value);
    elements.push_back(std::move(element));
  }
  return elements;
}

std::vector<record::ShownError> HttpPage::errors(std::string_view also) const {
  read();
  std::vector<record::ShownError> errors;
  if (!document_) return errors;
  const auto selector = also.empty() ? std::nullopt : std::optional(web::Selector::parse(also));
  const web::Selector* picks = selector && *selector ? &**selector : nullptr;
  for (web::ShownError& error : web::shown_errors(**document_, forms_, picks))
    errors.push_back({std::move(error.labels), std::move(error.words)});
  return errors;
}

std::vector<record::ShownError> HttpPage::errors_at(std::string_view field) const {
  read();
  std::vector<record::ShownError> errors;
  if (!document_) return errors;
  for (web::ShownError& error : web::shown_errors(**document_, forms_))
    if (error.field != nullptr && web::is_called(forms_, *error.field, field))
      errors.push_back({std::move(error.labels), std::move(error.words)});
  return errors;
}

std::expected<void, record::Failure> HttpPage::has_form(std::string_view words) const {
  read();
  const auto missing = [&](const Error& error) {
    record::Failure failure;
    failure.code = missing_form_code(forms_, words);
    failure.subject = words;
    failure.reason = {error.what, error.hint};
    return std::unexpected(std::move(failure));
  };
  if (!document_) return missing(document_.error());
  const auto found = web::find_submit(forms_, words);
  if (!found) return missing(found.error());
  return {};
}

Result<FormSeen> HttpPage::form(std::string_view words, const std::vector<std::string>& fields) const {
  read();
  if (!document_) return std::unexpected(document_.error());
  const auto found = web::find_submit(forms_, words, fields);
  if (!found) return std::unexpected(found.error());
  return see_form(shared_from_this(), *found, fields);
}

record::PageSeen HttpPage::seen() const {
  read();
  record::PageSeen seen;
  seen.url = href_;
  seen.status = status_;
  seen.title = title();
  seen.errors = errors();
  seen.text = document_ ? web::rendered_text(**document_) : body_;
  seen.text.resize(utf8_prefix(seen.text, longest_text).size());
  if (!document_) return seen;
  seen.forms = page_forms(forms_);
  seen.outline = web::outline(**document_);
  return seen;
}

} // namespace murphy::drive
