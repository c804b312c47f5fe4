#include "web/forms/naming_match.h"

#include "base/label.h"
#include "base/text.h"

#include <algorithm>
#include <array>

namespace murphy::web {
namespace {

bool is_whole(std::string_view name, std::string_view words) { return name == words; }

bool has_whole_words(std::string_view name, std::string_view words) {
  for (std::size_t at = name.find(words); at != std::string_view::npos; at = name.find(words, at + 1)) {
    const std::size_t end = at + words.size();
    const bool begins = at == 0 || !is_alphanumeric(name[at - 1]) || !is_alphanumeric(words.front());
    const bool ends = end == name.size() || !is_alphanumeric(name[end]) || !is_alphanumeric(words.back());
    if (begins && ends) return true;
  }
  return false;
}

bool has_inside(std::string_view name, std::string_view words) { return name.find(words) != std::string_view::npos; }

} // namespace

std::vector<std::size_t> named(const std::vector<Candidate>& candidates, std::string_view words, Precision precision) {
  const std::string wanted = comparable(words);
  if (wanted.empty()) return {};
  std::size_t ranks = 0;
  for (const Candidate& candidate : candidates) ranks = std::max(ranks, candidate.ranks.size());
  // The names of each rank as they are compared, by candidate; most words are found among the first ones.
  std::vector<std::vector<std::vector<std::string>>> names(ranks);
  const auto names_of = [&](std::size_t rank) -> const std::vector<std::vector<std::string>>& {
    auto& folded = names[rank];
    if (!folded.empty()) return folded;
    folded.resize(candidates.size());
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (rank >= candidates[i].ranks.size()) continue;
      for (const std::string& name : candidates[i].ranks[rank]) folded[i].push_back(comparable(name));
    }
    return folded;
  };
  for (const auto matches : {&is_whole, &has_whole_words, &has_inside}) {
    if (precision == Precision::whole && matches != &is_whole) break;
    for (std::size_t rank = 0; rank < ranks; ++rank) {
      const auto& of_rank = names_of(rank);
      std::vector<std::size_t> found;
      for (std::size_t i = 0; i < candidates.size(); ++i)
        if (std::ranges::any_of(of_rank[i], [&](const std::string& name) { return matches(name, wanted); }))
          found.push_back(i);
      if (found.empty()) continue;
      const auto visible = [&](std::size_t i) { return candidates[i].visible; };
      if (std::ranges::any_of(found, visible)) std::erase_if(found, [&](std::size_t i) { return !visible(i); });
      return found;
    }
  }
  return {};
}

ExplicitName explicit_name(std::string_view words) {
  using enum ExplicitName::Kind;
  if (words.starts_with("name:")) return {name, words.substr(5)};
  if (words.starts_with("id:")) return {id, words.substr(3)};
  if (words.starts_with('#') || words.starts_with('.') || words.starts_with('[')) return {selector, words};
  return {};
}

} // namespace murphy::web
