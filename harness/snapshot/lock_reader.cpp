#include "base/nearest.h"
#include "record/fields.h"
#include "record/set_cookie.h"
#include "scenario/document.h"
#include "snapshot/lock.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <optional>
#include <utility>
#include <vector>

namespace murphy::snapshot {
namespace {

using record::Structure;
using scenario::Node;

constexpr const char* write_anew = "recreate it with murphy snapshot while the app is healthy";

// Keeps the first thing that is wrong.
class Reader {
public:
  explicit Reader(const scenario::Document& document) : document_(document) {}

  std::optional<Error> take_error() { return std::move(error_); }

  void refuse(const scenario::Span& span, std::string what, std::string hint = write_anew) {
    if (!error_)
      error_ = Error{.kind = ErrorKind::usage,
                     .what = std::move(what),
                     .hint = std::move(hint),
                     .place = document_.place(span),
                     .source_line = document_.source_line(span)};
  }

  void read(const Node& node, std::string& into) {
    if (expect(node, Node::Kind::text, "text")) into = node.text;
  }
  void read(const Node& node, bool& into) {
    if (expect(node, Node::Kind::boolean, "true or false")) into = node.boolean;
  }
  void read(const Node& node, std::int64_t& into) {
    if (expect(node, Node::Kind::integer, "a whole number")) into = node.integer;
  }
  template <class T> void read(const Node& node, std::optional<T>& into) { read(node, into.emplace()); }
  template <class T> void read(const Node& node, std::vector<T>& into) {
    if (!expect(node, Node::Kind::array, "a list")) return;
    for (const Node& item : node.items) read(item, into.emplace_back());
  }
  template <record::Structure T> void read(const Node& node, T& into) {
    if (!expect(node, Node::Kind::table, "a table")) return;
    read_members(node, into, {});
  }

  // `also` are keys that were read before.
  template <record::Structure T> void read_members(const Node& node, T& into, std::vector<std::string> also) {
    std::vector<std::string>& keys = also;
    fields(into, [&](const char* key, auto& member) {
      keys.emplace_back(key);
      if (const scenario::Member* found = node.find(key)) read(found->value, member);
    });
    for (const scenario::Member& member : node.members) {
      if (std::ranges::find(keys, member.key) != keys.end()) continue;
      const std::string meant = did_you_mean(member.key, keys);
      refuse(member.span, fmt::format("a baseline has no \"{}\" here", member.key), meant.empty() ? write_anew : meant);
    }
  }

private:
  bool expect(const Node& node, Node::Kind kind, std::string_view wanted) {
    if (node.is(kind)) return true;
    refuse(node.span, fmt::format("a baseline has {} here, not {}", wanted, scenario::name_of(node.kind)));
    return false;
  }

  const scenario::Document& document_;
  std::optional<Error> error_;
};

} // namespace

Result<record::KnownGood> read_lock(std::string_view text, const std::string& file) {
  const auto document = scenario::Document::parse(file, text, std::string(text));
  if (!document) return std::unexpected(document.error());
  Reader reader(*document);
  const Node& root = document->root();
  std::int64_t version = 0;
  if (const scenario::Member* member = root.find("version")) {
    reader.read(member->value, version);
    if (version != lock_version)
      reader.refuse(
          member->value.span,
          fmt::format("this baseline has version {}, but this Murphy reads version {}", version, lock_version),
          "use the Murphy version that wrote it, or recreate it with murphy snapshot");
  } else {
    reader.refuse({1, 1, 1}, "this is not a baseline: it has no version");
  }
  record::KnownGood known;
  reader.read_members(root, known, {"version"});
  if (auto error = reader.take_error()) return std::unexpected(std::move(*error));
  // Locks written by earlier versions have these as the app wrote them, in ways that browsers read alike.
  for (record::KnownCookie& cookie : known.cookies) {
    cookie.same_site = record::name_of(record::same_site_of(cookie.same_site));
    if (cookie.domain.starts_with('.')) cookie.domain.erase(0, 1);
  }
  return known;
}

} // namespace murphy::snapshot
