#include "diagnose/markup.h"

#include "web/html/content_type.h"
#include "web/html/document.h"
#include "web/html/rendered_text.h"

namespace murphy::diagnose {

Markup read_markup(const record::Exchange& answer) {
  const std::string* type = record::find_header(answer.headers, "Content-Type");
  if (!web::is_html(type == nullptr ? std::string_view() : *type, answer.body)) return {answer.body, {}};
  static const web::Url any = web::Url::parse("http://localhost/").value(); // neither text nor tags depend on it
  const auto document = web::Document::parse(answer.body, any);
  if (!document) return {answer.body, {}};
  Markup markup{web::rendered_text(**document), {}};
  for (web::Element element = (*document)->root(); element; element = element.next()) {
    Tag& tag = markup.tags.emplace_back(std::string(element.tag()));
    for (const web::Attribute& attribute : element.attributes())
      tag.attributes.emplace(attribute.name, attribute.value);
  }
  return markup;
}

} // namespace murphy::diagnose
