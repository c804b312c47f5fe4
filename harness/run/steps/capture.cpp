#include "run/steps/capture.h"

#include "run/shared/json_document.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
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
  if (elements->empty()) return missing(FailureCode::capture_missing_element, capture, from.selector);
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
  if (value->is_string()) return std::string(value->get_string().data(), value->get_string().size());
  return boost::json::serialize(*value);
}

Captured read(const scenario::Capture& capture, const scenario::Capture::RegularExpression& from,
              const Observation& seen) {
  // The body rather than the rendered text: what is captured so often stands in a script or an attribute.
  const auto groups = from.regex->search(seen.visit.page->body());
  const std::string written = fmt::format("/{}/", from.regex->source());
  if (!groups) return unreadable(capture, written, groups.error());
  if (groups->empty()) return missing(FailureCode::capture_no_match, capture, written);
  return groups->size() > 1 ? (*groups)[1] : (*groups)[0];
}

Captured read(const scenario::Capture& capture, const scenario::Capture::UrlQuery& from, const Observation& seen) {
  const auto parameters = seen.visit.page->query();
  const auto found =
      std::find_if(parameters.begin(), parameters.end(), [&](const auto& each) { return each.first == from.name; });
  if (found != parameters.end()) return found->second;
  record::Failure made = failure(FailureCode::capture_missing_parameter, capture, from.name);
  made.got = record::got_text(seen.visit.page->url());
  return std::unexpected(std::move(made));
}

} // namespace

Captured capture(const scenario::Capture& capture, const Observation& seen) {
  return std::visit(
      [&](const auto& from) {
        static_assert(
            requires { read(capture, from, seen); }, "every source of a capture in scenario/model.h has a read() here");
        return read(capture, from, seen);
      },
      capture.from);
}

} // namespace murphy::run
