// Pages as a test writes them down.
#pragma once

#include "web/forms/form.h"
#include "web/html/document.h"

#include <memory>
#include <string>

namespace murphy::init {

struct PageUnderTest {
  explicit PageUnderTest(const std::string& html, const std::string& address = "http://app.test/login")
      : document(*web::Document::parse(html, *web::Url::parse(address))), forms(web::read_forms(*document)) {}
  std::shared_ptr<const web::Document> document;
  web::Forms forms;
};

} // namespace murphy::init
