#include "run/steps/capture.h"

#include "base/json_text.h"
#include "base/percent.h"
#include "base/text.h"
#include "record/tokens.h"
#include "run/shared/json_document.h"
#include "run/steps/decoding.h"
#include "run/steps/slip.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>

namespace murphy::run {
namespace {

using record::FailureCode;
using Captured = std::expected<std::string, record::Failure>;

record::Failure failure(FailureCode code, const scenario::Capture& capture, std::string subject) {
  record::Failure made;
  made.code = code;
  made.key = "capture." + capture.name;
  made.place = capture.place;
  made.source_line = capture.source_line;
  made.subject = std::move(subject);
  return made;
}

std::unexpected<record::Failure> missing(FailureCode code, const scenario::Capture& capture, std::string subject) {
  return std::unexpected(failure(code, capture, std::move(subject)));
}

std::unexpected<record::Failure> unreadable(const scenario::Capture& capture, std::string subject, const Error& error) {
  record::Failure made = failure(FailureCode::capture_unreadable, capture, std::move(subject));
  made.reason = {error.what, error.hint};
  return std::unexpected(std::move(made));
}

Captured read(const scenario::Capture& capture, const scenario::Capture::Css& from, const Observation& seen) {
  const auto elements = seen.visit.page->select(from.selector);
  if (!elements) return unreadable(capture, from.selector, elements.error());
  if (elements->empty()) {
    auto none = missing(FailureCode::capture_missing_element, capture, from.selector);
    for_a_while([&] {
      if (auto meant = near_selector(from.selector, *seen.visit.page)) none.error().others = {std::move(*meant)};
    });
    return none;
  }
  const drive::Element& first = elements->front();
  if (!from.attribute) return first.text;
  const auto attribute = first.attributes.find(*from.attribute);
  if (attribute != first.attributes.end()) return attribute->second;
  record::Failure made = failure(FailureCode::capture_missing_attribute, capture, from.selector);
  made.part = *from.attribute;
  for (const auto& [name, value] : first.attributes) made.others.push_back(name);
  return std::unexpected(std::move(made));
}

Captured read(const scenario::Capture& capture, const scenario::Capture::Header& from, const Observation& seen) {
  const std::string* value = record::find_header(seen.visit.page->headers(), from.name);
  if (value != nullptr) return *value;
  return missing(FailureCode::capture_missing_header, capture, from.name);
}

Captured read(const scenario::Capture& capture, const scenario::Capture::Cookie& from, const Observation& seen) {
  const auto cookie =
      std::find_if(seen.cookies.begin(), seen.cookies.end(), [&](const auto& each) { return each.name == from.name; });
  if (cookie != seen.cookies.end()) return cookie->value;
  record::Failure made = failure(FailureCode::capture_missing_cookie, capture, from.name);
  for (const drive::Cookie& each : seen.cookies) made.others.push_back(each.name);
  return std::unexpected(std::move(made));
}

Captured read(const scenario::Capture& capture, const scenario::Capture::Json& from, const Observation& seen) {
  const std::string_view body = seen.visit.page->body();
  const auto document = json_document(body);
  const boost::json::value* value = document ? at_pointer(*document, from.pointer) : nullptr;
  if (value == nullptr) {
    record::Failure made =
        failure(document ? FailureCode::capture_missing_json : FailureCode::capture_not_json, capture, from.pointer);
    made.got = record::got_text(body);
    return std::unexpected(std::move(made));
  }
  if (value->is_null()) return missing(FailureCode::capture_null, capture, from.pointer);
  if (value->is_string()) return std::string(value->get_string().data(), value->get_string().size());
  return json_text(*value);
}

Captured read(const scenario::Capture&, const scenario::Capture::Address&, const Observation& seen) {
  const drive::Visit& visit = seen.visit;
  return visit.handed_over.empty() ? visit.page->url() : visit.handed_over;
}

// The source in the words of the scenario: "header Location".
std::string written(const scenario::Capture& capture) {
  if (!capture.from) return {};
  struct {
    std::string operator()(const scenario::Capture::Css& from) const {
      return from.attribute ? fmt::format("css {}, attr {}", from.selector, *from.attribute) : "css " + from.selector;
    }
    std::string operator()(const scenario::Capture::Header& from) const { return "header " + from.name; }
    std::string operator()(const scenario::Capture::Cookie& from) const { return "cookie " + from.name; }
    std::string operator()(const scenario::Capture::Json& from) const { return "json " + from.pointer; }
    std::string operator()(const scenario::Capture::Address&) const { return "url"; }
  } words;
  return std::visit(words, *capture.from);
}

Captured source_text(const scenario::Capture& capture, const Observation& seen) {
  // The source rather than the rendered text: what is captured so often stands in a script or an attribute.
  if (!capture.from) return std::string(seen.visit.page->body());
  return std::visit(
      [&](const auto& from) {
        static_assert(
            requires { read(capture, from, seen); }, "every source of a capture in scenario/model.h has a read() here");
        return read(capture, from, seen);
      },
      *capture.from);
}

// What stands behind `?` or `#` of an address. A fragment may hold a path of its own: `#/callback?token=…`.
std::string_view pairs_of(std::string_view address, scenario::Capture::Parameter::Of of) {
  const std::size_t hash = std::min(address.find('#'), address.size());
  const bool in_query = of == scenario::Capture::Parameter::Of::query;
  std::string_view part = in_query ? address.substr(0, hash) : address.substr(std::min(hash + 1, address.size()));
  const std::size_t question = part.find('?');
  if (question != std::string_view::npos) return part.substr(question + 1);
  return in_query ? std::string_view() : part;
}

Captured parameter_of(const scenario::Capture& capture, std::string address) {
  const scenario::Capture::Parameter& wanted = *capture.parameter;
  const auto decode = [](std::string_view text) { return repair_utf8(form_urldecode(text)); };
  for (const std::string_view pair : split(pairs_of(address, wanted.of), '&')) {
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (!pair.empty() && decode(pair.substr(0, equals)) == wanted.name)
      return decode(pair.substr(std::min(equals + 1, pair.size())));
  }
  record::Failure made = failure(FailureCode::capture_missing_parameter, capture, wanted.name);
  made.part = wanted.of == scenario::Capture::Parameter::Of::query ? "query" : "fragment";
  made.got = record::got_text(address);
  return std::unexpected(std::move(made));
}

// Where the answer redirects to, as it was sent: nobody sees a page of it. Empty where a page is at hand.
std::string redirected_to(const Observation& seen) {
  if (!seen.visit.handed_over.empty()) return seen.visit.handed_over;
  const std::string* location = record::find_header(seen.visit.page->headers(), "Location");
  return location != nullptr && record::is_redirect(seen.visit.page->status()) ? *location : std::string();
}

Captured match_of(const scenario::Capture& capture, std::string_view text) {
  const auto groups = capture.regex->search(text);
  const std::string pattern = fmt::format("/{}/", capture.regex->source());
  if (!groups) return unreadable(capture, pattern, groups.error());
  if (!groups->empty()) return groups->size() > 1 ? (*groups)[1] : (*groups)[0];
  record::Failure made = failure(FailureCode::capture_no_match, capture, pattern);
  made.part = written(capture);
  return std::unexpected(std::move(made));
}

Captured decoded_text(const scenario::Capture& capture, std::string text) {
  for (const scenario::Capture::Decoding decoding : capture.decode) {
    std::optional<std::string> plain = decoded(text, decoding);
    if (!plain) {
      record::Failure made = failure(FailureCode::capture_undecodable, capture, written(capture));
      made.part = name_of(decoding);
      made.got.number = static_cast<std::int64_t>(text.size());
      return std::unexpected(std::move(made));
    }
    text = std::move(*plain);
  }
  return text;
}

// The name that the app gives what was captured: of a header, of a parameter, of the last part of a pointer.
std::string_view name_in_app(const scenario::Capture& capture) {
  if (capture.parameter) return capture.parameter->name;
  if (!capture.from) return {};
  if (const auto* header = std::get_if<scenario::Capture::Header>(&*capture.from)) return header->name;
  if (const auto* json = std::get_if<scenario::Capture::Json>(&*capture.from))
    return std::string_view(json->pointer).substr(std::min(json->pointer.rfind('/') + 1, json->pointer.size()));
  return {};
}

// Whether one of the words of a path's segment mixes letters and digits at length: "c4x-1f0e9d8c7b6a5948", not
// "report-2026-11-28".
bool holds_token(std::string_view segment) {
  constexpr std::size_t shortest = 12;
  const auto is_of_word = [](char c) { return is_letter(c) || is_digit(c); };
  while (!segment.empty()) {
    const auto end = std::ranges::find_if_not(segment, is_of_word);
    const std::string_view word = segment.substr(0, static_cast<std::size_t>(end - segment.begin()));
    if (word.size() >= shortest && std::ranges::any_of(word, is_letter) && std::ranges::any_of(word, is_digit))
      return true;
    segment.remove_prefix(std::min(word.size() + 1, segment.size()));
  }
  return false;
}

} // namespace

Captured capture(const scenario::Capture& capture, const Observation& seen) {
  Captured text = source_text(capture, seen);
  if (text && capture.parameter) text = parameter_of(capture, std::move(*text));
  if (!text) return text;
  if (capture.regex) {
    text = match_of(capture, *text);
    if (const std::string address = redirected_to(seen); !text && !capture.from && !address.empty())
      text = match_of(capture, address);
  }
  if (!text) return text;
  return decoded_text(capture, std::move(*text));
}

std::vector<std::string_view> tokens_of(const scenario::Capture& capture, std::string_view captured) {
  const bool is_cookie = capture.from && std::holds_alternative<scenario::Capture::Cookie>(*capture.from);
  if (is_cookie) return {captured};
  if (!captured.starts_with('/') && !captured.contains("://")) {
    const bool is_token = record::is_sensitive(capture.name, captured) ||
                          record::is_sensitive(name_in_app(capture), captured) || record::is_unmistakable({}, captured);
    return is_token ? std::vector{captured} : std::vector<std::string_view>{};
  }
  // Its parameters are known by their names.
  std::vector<std::string_view> tokens;
  for (const std::string_view segment : split(captured.substr(0, captured.find_first_of("?#")), '/'))
    if (holds_token(segment)) tokens.push_back(segment);
  return tokens;
}

} // namespace murphy::run
