// Does one thing to so many of something; tests/bench/growth counts what that costs.
#include "record/redactor.h"
#include "web/forms/naming.h"

#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <string>

namespace {

using namespace murphy;

struct Page {
  std::shared_ptr<const web::Document> document;
  web::Forms forms;
};

Page page_of(const char* piece, std::size_t number) {
  std::string html = "<!doctype html>";
  for (std::size_t i = 0; i < number; ++i) html += fmt::format(fmt::runtime(piece), i);
  auto document = web::Document::parse(std::move(html), *web::Url::parse("http://app.test/"));
  if (!document) throw std::runtime_error(document.error().what);
  web::Forms forms = web::read_forms(**document);
  return {std::move(*document), std::move(forms)};
}

constexpr const char* form = "<form action=/a{0}><label>F{0}<input name=f{0}></label><button>B{0}</button></form>";
constexpr const char* link = "<a href=/{0}>L{0}</a>";

bool names_a_form(std::size_t number) {
  const Page page = page_of(form, number);
  return web::find_submit(page.forms, fmt::format("B{}", number - 1)) && !web::find_submit(page.forms, "nothing");
}

bool names_a_field(std::size_t number) {
  const Page page = page_of(form, number);
  return web::check_has_field(page.forms, fmt::format("F{}", number - 1)) &&
         !web::check_has_field(page.forms, "nothing");
}

bool names_a_link(std::size_t number) {
  const Page page = page_of(link, number);
  return web::find_click(page.forms, *page.document, fmt::format("L{}", number - 1)) &&
         !web::find_click(page.forms, *page.document, "nothing");
}

bool masks(std::string_view piece, std::size_t number) {
  record::Redactor redactor;
  redactor.learn(std::make_shared<const Secret>(std::string("it's 100%\\ & \"more\""), "ada.password"));
  std::string text;
  while (text.size() < number) text += piece;
  return redactor.redact(text).size() >= number;
}

const std::map<std::string, bool (*)(std::size_t)> kinds{
    {"form", names_a_form},
    {"field", names_a_field},
    {"link", names_a_link},
    {"quotes", [](std::size_t number) { return masks("'", number); }},
    {"percents", [](std::size_t number) { return masks("%25", number); }},
    {"backslashes", [](std::size_t number) { return masks("\\\\'", number); }},
};

} // namespace

int main(int count, char** arguments) {
  const auto kind = count == 3 ? kinds.find(arguments[1]) : kinds.end();
  if (kind == kinds.end()) return 2;
  return kind->second(std::strtoul(arguments[2], nullptr, 10)) ? 0 : 1;
}
