// Pages for tests, from text and from the real ones under data/pages.
#pragma once

#include "tests/places.h"
#include "web/forms/form.h"
#include "web/html/document.h"

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <string>

namespace murphy::web {

inline std::shared_ptr<const Document> page(std::string html, const char* address = "http://app.test/dir/page?q=1") {
  auto document = Document::parse(std::move(html), *Url::parse(address));
  if (!document) throw std::runtime_error(document.error().what);
  return *document;
}

inline std::shared_ptr<const Document> real_page(const std::string& name) {
  std::ifstream file(in_project("tests/web/data/pages/") + name);
  if (!file) throw std::runtime_error("no page " + name);
  std::ostringstream text;
  text << file.rdbuf();
  return page(text.str(), "http://app.test/login");
}

// A page with its forms, which look into it.
struct FormPage {
  std::shared_ptr<const Document> document;
  Forms forms;
  explicit FormPage(std::string html) : document(page(std::move(html))), forms(read_forms(*document)) {}
  explicit FormPage(std::shared_ptr<const Document> read) : document(std::move(read)), forms(read_forms(*document)) {}
  const Form& form(std::size_t index = 0) const { return forms.forms.at(index); }
};

} // namespace murphy::web
