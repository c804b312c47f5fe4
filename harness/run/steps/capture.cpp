#include "run/steps/capture.h"

#include "run/shared/json_document.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace murphy::run {
namespace {

using Captured = std::expected<std::string, record::Failure>;

std::unexpected<record::Failure> missing(const scenario::Capture& capture, std::string expected, std::string got,
                                         std::string hint = {}) {
  record::Failure failure;
  failure.what = "capture." + capture.name;
  failure.place = capture.place;
  failure.source_line = capture.source_line;
  failure.expected = std::move(expected);
  failure.got = std::move(got);
  failure.hint = std::move(hint);
  return std::unexpected(std::move(failure));
}

Captured read(const scenario::Capture& capture, const scenario::Capture::Css& from, const Observation& seen) {
  const auto elements = seen.visit.page->select(from.selector);
  if (!elements) return missing(capture, from.selector, elements.error().what);
  if (elements->empty()) return missing(capture, from.selector, "no such element on the page");
  const drive::Element& first = elements->front();
  if (!from.attribute) return first.text;
  const auto attribute = first.attributes.find(*from.attribute);
  if (attribute != first.attributes.end()) return attribute->second;
  std::vector<std::string> names;
  for (const auto& [name, value] : first.attributes) names.push_back(name);
  return missing(capture, fmt::format("{} with the attribute {}", from.selector, *from.attribute),
                 names.empty() ? "no attributes" : fmt::format("only {}", fmt::join(names, ", ")));
}

Captured read(const scenario::Capture& capture, const scenario::Capture::Header& from, const Observation& seen) {
  const std::string* value = record::find_header(seen.visit.page->headers(), from.name);
  if (value != nullptr) return *value;
  return missing(capture, "the header " + from.name, "no such header");
}

Captured read(const scenario::Capture& capture, const scenario::Capture::Cookie& from, const Observation& seen) {
  const auto cookie =
      std::find_if(seen.cookies.begin(), seen.cookies.end(), [&](const auto& each) { return each.name == from.name; });
  if (cookie != seen.cookies.end()) return cookie->value;
  std::vector<std::string> names;
  for (const drive::Cookie& each : seen.cookies) names.push_back(each.name);
  return missing(capture, "the cookie " + from.name, "no such cookie",
                 names.empty() ? "the session holds no cookies"
                               : fmt::format("the session holds: {}", fmt::join(names, ", ")));
}

Captured read(const scenario::Capture& capture, const scenario::Capture::Json& from, const Observation& seen) {
  const std::string_view body = seen.visit.page->body();
  const auto document = json_document(body);
  if (!document) return missing(capture, "a JSON document", quoted(body, 120));
  const boost::json::value* value = at_pointer(*document, from.pointer);
  if (value == nullptr)
    return missing(capture, from.pointer + " in the JSON document", "nothing there", quoted(body, 200));
  if (value->is_string()) return std::string(value->get_string().data(), value->get_string().size());
  return boost::json::serialize(*value);
}

Captured read(const scenario::Capture& capture, const scenario::Capture::RegularExpression& from,
              const Observation& seen) {
  // The body rather than the rendered text: what is captured so often stands in a script or an attribute.
  const auto groups = from.regex->search(seen.visit.page->body());
  if (!groups) return missing(capture, fmt::format("/{}/", from.regex->source()), groups.error().what);
  if (groups->empty())
    return missing(capture, fmt::format("a match of /{}/ in the answer", from.regex->source()), "no match");
  return groups->size() > 1 ? (*groups)[1] : (*groups)[0];
}

Captured read(const scenario::Capture& capture, const scenario::Capture::UrlQuery& from, const Observation& seen) {
  const auto parameters = seen.visit.page->query();
  const auto found =
      std::find_if(parameters.begin(), parameters.end(), [&](const auto& each) { return each.first == from.name; });
  if (found != parameters.end()) return found->second;
  return missing(capture, fmt::format("the query parameter {}", from.name),
                 "no such parameter in " + seen.visit.page->url());
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
