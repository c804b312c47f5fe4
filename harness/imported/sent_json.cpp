#include "imported/sent_json.h"

#include "base/json_text.h"
#include "base/text.h"
#include "base/toml_literal.h"
#include "imported/visits.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

namespace murphy::imported {
namespace {

namespace json = boost::json;

constexpr std::size_t deepest_table = 10, deepest_text = 100;

std::optional<json::value> parse(std::string_view text, std::size_t depth) {
  json::parse_options options;
  options.max_depth = depth;
  json::error_code trouble;
  json::value value = json::parse(json::string_view(text.data(), text.size()), trouble, {}, options);
  return trouble ? std::nullopt : std::optional(std::move(value));
}

std::string text_of(const json::string& text) { return repair_utf8({text.data(), text.size()}); }

void collect(const json::value& value, std::string_view key, std::vector<PostedField>& texts) {
  if (value.is_string()) texts.push_back({std::string(key), text_of(value.get_string())});
  if (value.is_number()) texts.push_back({std::string(key), json_text(value)});
  if (value.is_array())
    for (const json::value& item : value.get_array()) collect(item, key, texts);
  if (value.is_object())
    for (const auto& member : value.get_object())
      collect(member.value(), {member.key().data(), member.key().size()}, texts);
}

struct Writer {
  const WriteJson& write_value;
  const std::function<bool(std::string_view)>& may_name;

  std::string write(const json::value& value, std::string_view key) const {
    if (value.is_string()) return write_value(key, text_of(value.get_string()), JsonKind::text);
    if (value.is_number()) return write_value(key, json_text(value), JsonKind::number);
    std::vector<std::string> parts;
    if (value.is_array()) {
      for (const json::value& item : value.get_array())
        if (!item.is_null()) parts.push_back(write(item, key));
      return "[" + join(parts, ", ") + "]";
    }
    if (!value.is_object()) return value.get_bool() ? "true" : "false";
    for (const auto& member : value.get_object()) {
      const std::string name = repair_utf8({member.key().data(), member.key().size()});
      if (!member.value().is_null() && may_name(name))
        parts.push_back(fmt::format("{} = {}", toml_key(name), write(member.value(), name)));
    }
    return parts.empty() ? "{}" : "{ " + join(parts, ", ") + " }";
  }
};

} // namespace

bool sends_json(const HarEntry& entry) {
  return ascii_lower(entry.sent_type).contains("json") ||
         (trim(entry.sent_text).starts_with('{') && parse(entry.sent_text, deepest_text).has_value());
}

std::vector<PostedField> sent_values(const HarEntry& entry) {
  return sends_json(entry) ? texts_of_json(entry.sent_text) : sent_fields(entry);
}

std::vector<PostedField> texts_of_json(std::string_view text) {
  std::vector<PostedField> texts;
  if (const auto value = parse(text, deepest_text)) collect(*value, {}, texts);
  return texts;
}

std::optional<std::string> json_as_toml(std::string_view text, const WriteJson& write,
                                        const std::function<bool(std::string_view)>& may_name) {
  const auto value = parse(text, deepest_table);
  if (!value || !value->is_object()) return std::nullopt;
  return Writer{write, may_name}.write(*value, {});
}

} // namespace murphy::imported
