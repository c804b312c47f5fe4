#include "diagnose/signature.h"

#include "base/make_error.h"
#include "base/regex_names.h"
#include "base/text.h"
#include "diagnose/embedded.h"
#include "diagnose/lines.h"

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <utility>

namespace murphy::diagnose {

namespace {

// How many lines one signature is tried on in a text: what repeats thousands of times says it no better.
constexpr std::size_t most_tries = 200;

std::vector<std::string> contained(const std::vector<Signature>& rows) {
  std::vector<std::string> words;
  for (const Signature& row : rows) words.push_back(row.contains);
  return words;
}

std::map<std::string, std::string> groups_of(const std::vector<std::string>& found,
                                             const std::vector<std::pair<std::string, std::size_t>>& names) {
  std::map<std::string, std::string> groups;
  for (const auto& [name, number] : names)
    if (number < found.size() && !found[number].empty()) groups[name] = found[number];
  return groups;
}

} // namespace

Result<std::vector<Signature>> Signatures::read(std::string_view table, const std::string& name) {
  std::vector<Signature> rows;
  std::uint32_t number = 0;
  bool head = true;
  for (const std::string_view line : split(table, '\n')) {
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    if (std::exchange(head, false)) continue;
    const auto cells = split(line, '\t');
    if (cells.size() != 8) return std::unexpected(in_file(usage_error("a signature has eight columns"), name, number));
    Signature row;
    row.engine = cells[0];
    row.data = cells[1] == "model|database";
    row.layer = row.data ? record::Layer::model : record::layer_named(cells[1]);
    if (row.layer == record::Layer::unknown)
      return std::unexpected(in_file(usage_error("\"" + std::string(cells[1]) + "\" is not a layer"), name, number));
    row.kind = cells[2];
    row.contains = cells[3];
    row.pattern = cells[4];
    row.example = cells[5];
    row.captures = cells[6];
    row.source = cells[7];
    rows.push_back(std::move(row));
  }
  return rows;
}

Result<Signatures> Signatures::compile(std::vector<Signature> rows) {
  std::vector<std::shared_ptr<const Regex>> patterns;
  for (const Signature& row : rows) {
    auto pattern = Regex::compile(row.pattern);
    if (!pattern) return std::unexpected(pattern.error());
    patterns.push_back(std::move(*pattern));
  }
  return Signatures(std::move(rows), std::move(patterns));
}

Result<Signatures> Signatures::with(const std::vector<record::ProjectSignature>& own) {
  std::vector<Signature> rows;
  for (const record::ProjectSignature& each : own) {
    Signature row;
    row.engine = "the project";
    row.layer = each.layer;
    row.kind = each.says.empty() ? "an error of the app" : each.says;
    row.contains = each.contains;
    row.pattern = each.pattern;
    row.example = each.example;
    row.source = "murphy.toml";
    rows.push_back(std::move(row));
  }
  const auto& standard = built_in().rows();
  rows.insert(rows.end(), standard.begin(), standard.end());
  return compile(std::move(rows));
}

const Signatures& Signatures::built_in() {
  static const Signatures signatures = [] {
    auto rows = read(embedded_signatures, "signatures.tsv");
    if (!rows) throw std::logic_error(rows.error().what);
    auto compiled = compile(std::move(*rows));
    if (!compiled) throw std::logic_error(compiled.error().what);
    return std::move(*compiled);
  }();
  return signatures;
}

Signatures::Signatures(std::vector<Signature> rows, std::vector<std::shared_ptr<const Regex>> patterns)
    : rows_(std::move(rows)), patterns_(std::move(patterns)), literals_(contained(rows_)) {
  for (const Signature& row : rows_) names_.push_back(group_names(row.pattern));
}

bool Signatures::may_take(std::string_view text) const { return literals_.any(text); }

std::vector<Match> Signatures::search(std::string_view text) const {
  std::vector<Match> matches;
  std::vector<std::size_t> tries(rows_.size(), 0);
  std::vector<std::size_t> candidates; // of the line at hand
  std::size_t line_begin = 0, line_end = 0;
  const auto settle = [&] {
    std::ranges::sort(candidates);
    const auto repeated = std::ranges::unique(candidates);
    candidates.erase(repeated.begin(), repeated.end());
    const std::string_view line = text.substr(line_begin, std::min(line_end - line_begin, longest_line));
    for (const std::size_t signature : candidates) {
      if (++tries[signature] > most_tries) continue;
      const auto found = patterns_[signature]->search(line);
      if (!found || found->empty()) continue;
      matches.push_back({signature, line_begin, line_end, groups_of(*found, names_[signature])});
      break;
    }
    candidates.clear();
  };
  literals_.each(text, [&](std::size_t signature, std::size_t end) {
    if (end > line_end || (line_end == 0 && candidates.empty())) {
      settle();
      const std::size_t before = text.rfind('\n', end - 1);
      line_begin = before == std::string_view::npos ? 0 : before + 1;
      line_end = std::min(text.find('\n', end - 1), text.size());
    }
    candidates.push_back(signature);
  });
  settle();
  return matches;
}

} // namespace murphy::diagnose
