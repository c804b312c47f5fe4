// A page read from an HTTP response. The HTML is parsed when someone looks, and only once.
#pragma once

#include "drive/driver.h"
#include "web/forms/form.h"
#include "web/html/document.h"
#include "web/http/message.h"

#include <mutex>

namespace murphy::drive {

class HttpPage final : public Page, public std::enable_shared_from_this<HttpPage> {
public:
  // `address` is the one that answered, with the fragment it was asked for.
  HttpPage(web::Url address, web::Response response);

  const std::string& url() const override { return href_; }
  std::string path() const override { return address_.path(); }
  int status() const override { return status_; }
  const std::vector<record::Header>& headers() const override { return headers_; }
  std::string_view body() const override { return body_; }
  Result<void> readable() const override;
  std::string title() const override;
  std::string text() const override;
  Result<std::vector<Element>> select(std::string_view css) const override;
  std::vector<record::ShownError> errors(std::string_view also = {}) const override;
  std::vector<record::ShownError> errors_at(std::string_view field) const override;
  std::expected<void, record::Failure> has_form(std::string_view words) const override;
  Result<FormSeen> form(std::string_view words, const std::vector<std::string>& fields) const override;
  record::PageSeen seen() const override;

  const web::Url& address() const { return address_; }
  bool is_html() const { return html_; }
  // Errors: target, when the page exceeds the parser's bounds, or is not HTML.
  Result<std::shared_ptr<const web::Document>> document() const;
  // Empty for a page that has no document.
  const web::Forms& forms() const;

private:
  void read() const; // parses, once

  web::Url address_;
  std::string href_;
  int status_ = 0;
  std::vector<record::Header> headers_;
  std::string body_;               // UTF-8
  std::string encoding_ = "UTF-8"; // of the page, in which its forms are sent
  bool html_ = false;

  mutable std::once_flag parsed_;
  mutable Result<std::shared_ptr<const web::Document>> document_;
  mutable web::Forms forms_;
};

// What it is that no form goes by these words.
record::FailureCode missing_form_code(const web::Forms& forms, std::string_view words);

} // namespace murphy::drive
