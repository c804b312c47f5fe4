#include "drive/frames.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::drive {
namespace {

// The target of the document's first base element that has one; empty without one.
std::string_view base_target(const HttpPage& page) {
  const auto document = page.document();
  if (!document) return {};
  for (web::Element element = (*document)->root(); element; element = element.next())
    if (element.is("base") && element.has("target")) return element.attribute_or_empty("target");
  return {};
}

std::optional<FramePath> frame_called(const HttpPage& page, std::string_view name) {
  for (std::size_t i = 0; i < page.frames().size(); ++i) {
    const Frame& frame = page.frames()[i];
    if (frame.name == name) return FramePath{i};
    auto inside = frame.page ? frame_called(*frame.page, name) : std::nullopt;
    if (!inside) continue;
    inside->insert(inside->begin(), i);
    return inside;
  }
  return std::nullopt;
}

FramePath chosen(const HttpPage& window, const FramePath& source, std::string_view target) {
  if (target.empty() || equal_ignoring_ascii_case(target, "_self")) return source;
  if (equal_ignoring_ascii_case(target, "_parent") && !source.empty()) return {source.begin(), source.end() - 1};
  if (target.starts_with('_')) return {};
  return frame_called(window, target).value_or(FramePath());
}

bool may_leave(const HttpPage& page) { return !page.policy()->is_framed_without(web::SandboxFlag::top_navigation); }

} // namespace

web::FramePlace place_of(const HttpPage& window, std::span<const std::size_t> path) {
  web::FramePlace place;
  const HttpPage* around = &window;
  for (const std::size_t index : path) {
    const Frame& frame = around->frames()[index];
    place.kind = frame.element.tag();
    place.ancestors.push_back(around->address());
    place.embedder = around->policy();
    around = frame.page.get();
  }
  return place;
}

std::vector<std::string> sandboxes_of(const HttpPage& page, web::Element frame) {
  std::vector<std::string> sandboxes = page.policy()->sandboxes();
  if (const auto words = frame.attribute("sandbox")) sandboxes.emplace_back(*words);
  return sandboxes;
}

std::optional<FramePath> target_of(const HttpPage& window, const FramePath& source, std::string_view target) {
  const HttpPage& page = window.document_at(source);
  const FramePath found = chosen(window, source, target.empty() ? base_target(page) : target);
  const bool is_inside = found.size() >= source.size() && std::equal(source.begin(), source.end(), found.begin());
  return is_inside || may_leave(page) ? std::optional(found) : std::nullopt;
}

bool leaves_frame(const HttpPage& page, std::string_view target) {
  const std::string_view meant = target.empty() ? base_target(page) : target;
  return (equal_ignoring_ascii_case(meant, "_top") || equal_ignoring_ascii_case(meant, "_parent")) && may_leave(page);
}

std::optional<FrameRefusal> refusal_in_frame(const HttpPage& page, const std::vector<web::Url>& ancestors) {
  if (page.policy()->names_parents()) {
    for (const web::Url& each : ancestors)
      if (auto policy = page.policy()->forbids_parent(each))
        return FrameRefusal{"Content-Security-Policy: " + policy->directive, std::move(policy)};
    return std::nullopt;
  }
  std::vector<std::string> options;
  for (const std::string* value : record::find_headers(page.own_headers(), "X-Frame-Options"))
    for (const std::string_view word : split(*value, ',')) options.push_back(ascii_lower(trim(word)));
  // One that is unknown means nothing; several that differ are taken for a refusal.
  const auto is_known = [](const std::string& option) {
    return option == "deny" || option == "sameorigin" || option == "allowall";
  };
  if (std::ranges::none_of(options, is_known)) return std::nullopt;
  const bool differ = std::ranges::any_of(options, [&](const std::string& each) { return each != options.front(); });
  const bool is_elsewhere =
      std::ranges::any_of(ancestors, [&](const web::Url& each) { return !web::same_origin(each, page.address()); });
  if (!differ && options.front() == "allowall") return std::nullopt;
  if (!differ && options.front() == "sameorigin" && !is_elsewhere) return std::nullopt;
  return FrameRefusal{"X-Frame-Options: " + ascii_upper(join(options, ", ")), std::nullopt};
}

std::string frame_label(web::Element frame, const std::optional<web::Url>& shows) {
  std::string name(frame.attribute_or_empty("name"));
  if (name.empty()) name = frame.attribute_or_empty("title");
  const std::string where = !shows                                                 ? std::string("srcdoc")
                            : web::same_origin(*shows, frame.document().address()) ? shows->path()
                                                                                   : shows->origin() + shows->path();
  return name.empty() ? where : fmt::format("“{}” ({})", name, where);
}

} // namespace murphy::drive
