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
#include "web/html/xml_tree.h"
#include "web/load_time/load_time.h"
#include "web/selector/selector.h"
#include "web/text/charset.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::drive {
namespace {

std::string content_type(const std::vector<record::Header>& headers) {
  std::vector<std::string> values;
  for (const std::string* value : record::find_headers(headers, "Content-Type")) values.push_back(*value);
  return web::extract_mime_type(values);
}

// An XML page without a charset in its header says its own.
std::string encoding_of(std::string_view body, const std::string& type, bool html, web::Syntax syntax) {
  if (syntax == web::Syntax::xml && !type.contains("charset="))
    if (auto declared = web::xml_encoding(body)) return std::move(*declared);
  const bool is_html = html && syntax == web::Syntax::html;
  return web::sniff_encoding(body, type, is_html ? web::BodySyntax::html : web::BodySyntax::other);
}

// So many bytes are kept of a page's text.
constexpr std::size_t longest_text = 16384;

} // namespace

record::FailureCode missing_form_code(const web::Forms& forms, std::string_view words) {
  return web::names_loose_button(forms, words) ? record::FailureCode::button_without_form
                                               : record::FailureCode::missing_form;
}

std::string path_in_app(const web::Url& address, const AppOrigins& app) {
  const std::string origin = address.origin();
  const bool is_of_app = origin == app.target || std::ranges::find(app.further, origin) != app.further.end();
  return is_of_app ? address.path() : origin + address.path();
}

HttpPage::HttpPage(web::Url address, web::Response response, std::shared_ptr<const AppOrigins> app)
    : address_(std::move(address)), app_(std::move(app)), href_(address_.href()), status_(response.status),
      headers_(std::move(response.headers)), document_(std::unexpected(Error{})) {
  const std::string type = content_type(headers_);
  const std::string kind = web::media_type(type);
  html_ = web::is_html(type, response.body);
  const bool textual = html_ || kind.empty() || kind.starts_with("text/") || kind.find("json") != std::string::npos ||
                       kind.find("xml") != std::string::npos || kind.find("javascript") != std::string::npos;
  if (web::is_xhtml(type, response.body)) syntax_ = web::Syntax::xml;
  if (textual) encoding_ = encoding_of(response.body, type, html_, syntax_);
  body_ = textual ? web::decode(response.body, encoding_) : repair_utf8(response.body);
}

HttpPage::HttpPage(const HttpPage& kept, const web::Response& response)
    : address_(kept.address_), app_(kept.app_), href_(kept.href_), status_(response.status), headers_(response.headers),
      body_(kept.body_), encoding_(kept.encoding_), html_(kept.html_), syntax_(kept.syntax_),
      document_(std::unexpected(Error{})) {}

void HttpPage::read() const {
  std::call_once(parsed_, [this] {
    const auto policy = std::make_shared<web::PagePolicy>(address_, headers_);
    policy_ = policy;
    if (!html_) {
      const std::string type = content_type(headers_);
      document_ = std::unexpected(
          target_error(fmt::format("{} is not an HTML page but {}", href_, type.empty() ? "of no stated type" : type)));
      return;
    }
    document_ = web::Document::parse(body_, address_, encoding_, syntax_);
    if (!document_) return;
    forms_ = web::read_forms(**document_);
    for (const web::Element& meta : (*document_)->policies())
      policy->add_meta(meta.attribute_or_empty("content"), meta.index());
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

std::shared_ptr<const web::PagePolicy> HttpPage::policy() const {
  read();
  return policy_;
}

std::optional<web::Url> HttpPage::refreshed_to() const {
  read();
  std::string said;
  for (const std::string* value : record::find_headers(headers_, "Refresh"))
    said += said.empty() ? *value : ", " + *value;
  const auto header = web::parse_refresh(said);
  // A sandboxed page that runs no scripts does nothing by itself.
  const bool is_still = policy_->sandboxes(web::SandboxFlag::scripts).has_value();
  const auto meta = document_ && !is_still ? (*document_)->refresh() : std::nullopt;
  // Of two that are as soon, browsers take the later one; the document begins behind its headers, with its own base.
  if (meta && (!header || meta->delay <= header->delay))
    return web::refreshed_to(*meta, address_, (*document_)->base());
  return header ? web::refreshed_to(*header, address_, address_) : std::nullopt;
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

std::vector<web::ShownError> HttpPage::shown(std::string_view also) const {
  read();
  if (!document_) return {};
  const auto selector = also.empty() ? std::nullopt : std::optional(web::Selector::parse(also));
  return web::shown_errors(**document_, forms_, selector && *selector ? &**selector : nullptr);
}

std::vector<record::ShownError> HttpPage::errors(std::string_view also) const {
  std::vector<record::ShownError> errors;
  for (web::ShownError& error : shown(also)) errors.push_back({std::move(error.labels), std::move(error.words)});
  return errors;
}

std::vector<record::ShownError> HttpPage::errors_at(std::string_view field, std::string_view also) const {
  std::vector<record::ShownError> errors;
  for (web::ShownError& error : shown(also))
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

record::PageSeen HttpPage::seen(std::string_view also) const {
  read();
  record::PageSeen seen;
  seen.url = href_;
  seen.status = status_;
  seen.title = title();
  seen.errors = errors(also);
  seen.text = document_ ? web::rendered_text(**document_) : body_;
  seen.text.resize(utf8_prefix(seen.text, longest_text).size());
  if (!document_) return seen;
  seen.forms = page_forms(forms_);
  seen.outline = web::outline(**document_);
  return seen;
}

} // namespace murphy::drive
