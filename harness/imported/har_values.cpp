#include "imported/har_values.h"

#include "base/base64.h"
#include "base/percent.h"
#include "base/text.h"
#include "imported/json_members.h"
#include "web/html/content_type.h"
#include "web/text/charset.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <charconv>

namespace murphy::imported {
namespace {

namespace json = boost::json;

std::vector<record::Header> pairs_of(const json::object& object, std::string_view key) {
  std::vector<record::Header> pairs;
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_array()) return pairs;
  for (const json::value& item : value->get_array())
    if (item.is_object())
      pairs.push_back({text_member(item.get_object(), "name"), text_member(item.get_object(), "value")});
  return pairs;
}

// "2026-11-29T14:51:39.123+01:00" (ISO 8601); the epoch where it is none.
std::chrono::sys_time<std::chrono::microseconds> time_of(std::string_view text) {
  using namespace std::chrono;
  const auto number = [&](std::size_t at, std::size_t size) {
    int value = 0;
    if (text.size() < at + size) return -1;
    const auto [end, failed] = std::from_chars(text.data() + at, text.data() + at + size, value);
    return failed == std::errc() && end == text.data() + at + size ? value : -1;
  };
  const int fields[] = {number(0, 4), number(5, 2), number(8, 2), number(11, 2), number(14, 2), number(17, 2)};
  for (const int field : fields)
    if (field < 0) return {};
  const year_month_day day{year{fields[0]}, month{static_cast<unsigned>(fields[1])},
                           std::chrono::day{static_cast<unsigned>(fields[2])}};
  if (!day.ok()) return {};
  sys_time<microseconds> when = sys_days{day} + hours{fields[3]} + minutes{fields[4]} + seconds{fields[5]};
  std::size_t at = 19;
  if (at < text.size() && (text[at] == '.' || text[at] == ',')) {
    std::int64_t unit = 100'000, fraction = 0;
    for (++at; at < text.size() && is_digit(text[at]); ++at, unit /= 10) fraction += unit * (text[at] - '0');
    when += microseconds{fraction};
  }
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
    const int hour = number(at + 1, 2);
    const int minute = number(at + (at + 3 < text.size() && text[at + 3] == ':' ? 4 : 3), 2);
    const auto offset = hours{std::max(hour, 0)} + minutes{std::max(minute, 0)};
    when += text[at] == '+' ? -offset : offset;
  }
  return when;
}

ResourceType type_of(std::string_view written) {
  if (written.empty()) return ResourceType::unknown;
  return equal_ignoring_ascii_case(written, "document") ? ResourceType::document : ResourceType::other;
}

void read_sent(const json::object& posted, std::string_view creator, HarEntry& entry) {
  entry.sent_type = text_member(posted, "mimeType");
  entry.sent_text = text_member(posted, "text");
  if (equal_ignoring_ascii_case(text_member(posted, "encoding"), "base64"))
    if (auto decoded = base64_decode(entry.sent_text)) entry.sent_text = repair_utf8(*decoded);
  const json::value* params = posted.if_contains("params");
  if (params == nullptr || !params->is_array()) return;
  const bool is_encoded = creator == "WebInspector";
  const auto plain = [&](std::string text) { return is_encoded ? repair_utf8(form_urldecode(text)) : text; };
  for (const json::value& item : params->get_array()) {
    if (!item.is_object()) continue;
    const json::object& param = item.get_object();
    PostedField field{plain(text_member(param, "name")), plain(text_member(param, "value"))};
    if (std::string file = text_member(param, "fileName"); !file.empty()) {
      field.value = std::move(file);
      field.is_file = true;
    }
    entry.sent_fields.push_back(std::move(field));
  }
}

void read_answer(const json::object& answer, HarEntry& entry) {
  if (const json::value* status = answer.if_contains("status"); status != nullptr && status->is_int64())
    entry.status = static_cast<int>(std::clamp<std::int64_t>(status->get_int64(), -1, 999));
  entry.answer_headers = pairs_of(answer, "headers");
  entry.answer_cookies = pairs_of(answer, "cookies");
  const json::object& content = object_member(answer, "content");
  entry.answer_type = text_member(content, "mimeType");
  entry.body_file = text_member(content, "_file");
  const json::value* text = content.if_contains("text");
  if (text == nullptr || !text->is_string() || text->get_string().empty()) return;
  entry.body = text_member(content, "text");
  if (equal_ignoring_ascii_case(text_member(content, "encoding"), "base64")) {
    const auto bytes = base64_decode(*entry.body);
    // What is no base64 is no page either.
    entry.body = bytes ? std::optional(body_text(*bytes, entry.answer_type)) : std::nullopt;
  }
  if (entry.body && entry.body->size() > longest_body) entry.body.reset();
}

} // namespace

std::string header_of(const std::vector<record::Header>& headers, std::string_view name) {
  for (const record::Header& header : headers)
    if (equal_ignoring_ascii_case(header.name, name)) return header.value;
  return {};
}

std::string body_text(std::string_view bytes, std::string_view type) {
  const auto syntax = web::is_html(type, bytes) ? web::BodySyntax::html : web::BodySyntax::other;
  return web::decode(bytes, web::sniff_encoding(bytes, type, syntax));
}

HarEntry har_entry(const json::object& read, std::string_view creator) {
  HarEntry entry;
  entry.started = time_of(text_member(read, "startedDateTime"));
  entry.type = type_of(text_member(read, "_resourceType"));
  const json::object& request = object_member(read, "request");
  entry.method = ascii_upper(text_member(request, "method"));
  entry.url = text_member(request, "url");
  entry.request_headers = pairs_of(request, "headers");
  entry.request_cookies = pairs_of(request, "cookies");
  read_sent(object_member(request, "postData"), creator, entry);
  read_answer(object_member(read, "response"), entry);
  // Where producers leave the type of an answer out of `content`, its header has it.
  if (entry.answer_type.empty()) entry.answer_type = header_of(entry.answer_headers, "content-type");
  if (std::string location = header_of(entry.answer_headers, "location"); location.empty())
    if (const json::value* answer = read.if_contains("response"); answer != nullptr && answer->is_object())
      if (std::string address = text_member(answer->get_object(), "redirectURL"); !address.empty())
        entry.answer_headers.push_back({"Location", std::move(address)});
  return entry;
}

} // namespace murphy::imported
