#include "cli/sent_texts.h"

#include "base/json_text.h"
#include "base/percent.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "imported/secret_fields.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <string_view>
#include <utility>

namespace murphy::cli {
namespace {

namespace json = boost::json;
using scenario::Text;
using TextParts = std::vector<Text::Part>;

// What is no literal stands for itself in a text that is taken apart: characters of a private use, the number of the
// part between them.
constexpr std::string_view opens = "\uE000", closes = "\uE001";

std::string marked(const TextParts& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].reference || parts[i].sealed)
      text += std::string(opens) + std::to_string(i) + std::string(closes);
    else
      text += parts[i].text;
  }
  return text;
}

TextParts unmarked(std::string_view text, const TextParts& parts) {
  TextParts result;
  while (!text.empty()) {
    const std::size_t begin = std::min(text.find(opens), text.size());
    if (begin > 0) result.push_back(Text::Part::literal(std::string(text.substr(0, begin))));
    text.remove_prefix(begin);
    if (text.empty()) break;
    text.remove_prefix(opens.size());
    std::size_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || number >= parts.size()) continue; // somebody wrote that character
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.starts_with(closes)) text.remove_prefix(closes.size());
    result.push_back(parts[number]);
  }
  return result;
}

class SentTexts {
public:
  std::vector<SentText> take() { return std::move(texts_); }

  void add(std::string name, TextParts parts) {
    texts_.push_back({.name = std::move(name), .parts = std::move(parts)});
  }
  void add(const std::string& name, const Text& text) { add(name, text.parts()); }

  void add(const std::vector<scenario::Filling>& fillings) {
    for (const scenario::Filling& each : fillings) {
      if (const auto* text = std::get_if<Text>(&each.value)) add(each.field.source, *text);
      if (const auto* texts = std::get_if<std::vector<Text>>(&each.value))
        for (const Text& text : *texts) add(each.field.source, text);
    }
  }

  // Whatever goes out in a header may be a key.
  void add_headers(const std::vector<std::pair<std::string, Text>>& headers) {
    for (const auto& [name, text] : headers) add("", text);
  }

  // Without its scheme, such as "Bearer".
  void add(const scenario::AuthorizationText& authorization) {
    TextParts parts = authorization.secret.parts();
    const bool has_scheme = authorization.scheme == Authorization::Scheme::as_written;
    if (has_scheme && !parts.empty() && !parts.front().reference && !parts.front().sealed) {
      std::string& first = parts.front().text;
      if (const std::size_t scheme = first.find(' '); scheme != std::string::npos) first.erase(0, scheme);
    }
    add("", std::move(parts));
  }

  // Every page has parameters: of those only what is called a secret.
  void add_address(const Text& url) {
    const TextParts parts = url.parts();
    const std::string text = marked(parts);
    const std::size_t begin = text.find_first_of("?#");
    if (begin == std::string::npos) return;
    add_pairs(std::string_view(text).substr(begin + 1), "&;?#", parts, Named::a_secret);
  }

  void add_body(const Text& body) {
    const TextParts parts = body.parts();
    const std::string text = marked(parts);
    boost::system::error_code error;
    const json::value read = json::parse(text, error);
    if (!error && (read.is_object() || read.is_array()))
      add_value("", read, parts);
    else if (text.find('=') != std::string::npos)
      add_pairs(text, "&", parts, Named::anything);
    else
      add("", body);
  }

  void add_value(const std::string& name, const json::value& value, const TextParts& parts) {
    if (const json::object* object = value.if_object()) {
      for (const auto& member : *object) add_value(std::string(member.key()), member.value(), parts);
    } else if (const json::array* array = value.if_array()) {
      for (const json::value& each : *array) add_value(name, each, parts);
    } else if (const json::string* text = value.if_string()) {
      add(name, unmarked({text->data(), text->size()}, parts));
    } else if (value.is_number()) {
      add(name, {Text::Part::literal(json_text(value))});
    }
  }

private:
  enum class Named { anything, a_secret };

  void add_pairs(std::string_view text, std::string_view separators, const TextParts& parts, Named named) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find_first_of(separators), text.size());
      const std::string_view pair = text.substr(0, end);
      const std::size_t equals = std::min(pair.find('='), pair.size());
      std::string name = form_urldecode(pair.substr(0, equals));
      const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
      if (named == Named::anything || is_secret_name(name)) add(std::move(name), unmarked(value, parts));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  std::vector<SentText> texts_;
};

} // namespace

bool is_secret_name(std::string_view name) {
  return imported::names_a_password(name) || imported::names_a_code(name) || names_a_secret(name);
}

std::vector<SentText> sent_texts(const scenario::Step& step) {
  SentTexts sent;
  if (const auto* open = std::get_if<scenario::Open>(&step.verb)) sent.add_address(open->url);
  if (const auto* submit = std::get_if<scenario::Submit>(&step.verb)) {
    sent.add(submit->with);
    for (const auto& [name, value] : submit->send)
      if (const auto* text = std::get_if<Text>(&value)) sent.add(name.source, *text);
  }
  if (const auto* validate = std::get_if<scenario::Validate>(&step.verb)) {
    sent.add(validate->valid);
    // Those of other fields are made to be refused or taken, and nobody's.
    for (const scenario::FieldRules& rules : validate->fields)
      if (is_secret_name(rules.field.source))
        for (const auto* texts : {&rules.accepts, &rules.rejects})
          for (const Text& text : *texts) sent.add(rules.field.source, text);
  }
  if (const auto* authorize = std::get_if<scenario::Authorize>(&step.verb); authorize != nullptr && authorize->with)
    sent.add(*authorize->with);
  if (const auto* set = std::get_if<scenario::SetHeaders>(&step.verb)) sent.add_headers(set->headers);
  if (const auto* set = std::get_if<scenario::SetCookies>(&step.verb))
    for (const auto& [name, text] : set->cookies)
      if (text) sent.add("", *text);
  if (const auto* request = std::get_if<scenario::Request>(&step.verb)) {
    sent.add_address(request->url);
    sent.add_headers(request->headers);
    if (request->body) sent.add_body(*request->body);
    if (request->json) sent.add_body(*request->json);
    for (const auto& [name, text] : request->form) sent.add(name.source, text);
  }
  if (const auto* use = std::get_if<scenario::Use>(&step.verb))
    for (const auto& [name, text] : use->with) sent.add(name, text);
  return sent.take();
}

std::vector<SentText> sent_texts(const scenario::Target& target) {
  SentTexts sent;
  sent.add_headers(target.headers);
  if (target.authorize) sent.add(*target.authorize);
  return sent.take();
}

} // namespace murphy::cli
