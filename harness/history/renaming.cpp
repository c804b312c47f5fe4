#include "history/renaming.h"

#include "base/make_error.h"
#include "base/nearest.h"
#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace murphy::history {
namespace {

std::string file_of(const std::string& id) { return id.substr(0, id.find('#')); }
std::string name_of(const std::string& id) {
  const std::size_t mark = id.find('#');
  return mark == std::string::npos ? std::string() : id.substr(mark + 1);
}

std::vector<NamedCase> those(const std::vector<NamedCase>& known, auto is_meant) {
  std::vector<NamedCase> found;
  std::ranges::copy_if(known, std::back_inserter(found), is_meant);
  return found;
}

std::vector<Renaming> as_renamed(const std::vector<NamedCase>& cases, auto renamed) {
  std::vector<Renaming> all;
  for (const NamedCase& one : cases) all.push_back({.from = one, .to = renamed(one)});
  return all;
}

// `to` is an id, or the name in the same file.
NamedCase called(NamedCase one, const std::string& to) {
  const bool is_id = to.contains('#');
  one.name = is_id ? name_of(to) : to;
  one.id = (is_id ? file_of(to) : file_of(one.id)) + "#" + one.name;
  return one;
}

Error unknown(const std::vector<NamedCase>& known, const std::string& from) {
  std::vector<std::string> names;
  for (const NamedCase& one : known)
    for (const std::string& name : {one.name, one.feature, file_of(one.id)})
      if (!contains(names, name)) names.push_back(name);
  const std::string meant = did_you_mean(from, names);
  return usage_error(fmt::format("the history has no scenario, feature or file \"{}\"", from),
                     meant.empty() ? "murphy history --export csv lists the names" : meant);
}

// What no scenario, feature or file can be called.
bool is_no_name(const std::string& to) { return trim(to).empty() || to.starts_with('#') || to.ends_with('#'); }

Error no_name(const std::string& to) {
  return usage_error(fmt::format("\"{}\" is no new name", to), "write a name, or FILE#NAME for a scenario that moved");
}

} // namespace

Result<std::vector<Renaming>> renamings(const std::vector<NamedCase>& known, const std::string& from,
                                        const std::string& to) {
  if (is_no_name(to)) return std::unexpected(no_name(to));
  if (const auto found = those(known, [&](const NamedCase& one) { return one.id == from; }); !found.empty())
    return as_renamed(found, [&](const NamedCase& one) { return called(one, to); });
  if (const auto found = those(known, [&](const NamedCase& one) { return file_of(one.id) == from; }); !found.empty()) {
    if (to.contains('#')) return std::unexpected(no_name(to));
    return as_renamed(found, [&](NamedCase one) {
      one.id = to + "#" + name_of(one.id);
      return one;
    });
  }
  if (const auto found = those(known, [&](const NamedCase& one) { return one.name == from; }); !found.empty()) {
    std::set<std::string> files;
    for (const NamedCase& one : found) files.insert(file_of(one.id));
    if (files.size() > 1)
      return std::unexpected(
          usage_error(fmt::format("{} files have a scenario \"{}\"", files.size(), from),
                      fmt::format("name the file as well: murphy history --rename \"{}\" NEW", found.front().id)));
    return as_renamed(found, [&](const NamedCase& one) { return called(one, to); });
  }
  if (const auto found = those(known, [&](const NamedCase& one) { return one.feature == from; }); !found.empty())
    return as_renamed(found, [&](NamedCase one) {
      one.feature = to;
      return one;
    });
  return std::unexpected(unknown(known, from));
}

} // namespace murphy::history
