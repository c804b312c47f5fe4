#include "cli/own_signatures.h"

#include "scenario/files.h"
#include "scenario/signatures.h"

#include <utility>

namespace murphy::cli {

std::expected<std::optional<diagnose::Signatures>, Errors> own_signatures(const std::string& project_file) {
  if (project_file.empty()) return std::nullopt;
  const auto text = scenario::load(project_file);
  if (!text) return std::unexpected(Errors{text.error()});
  scenario::ReadSignatures read = scenario::read_signatures(project_file, *text);
  if (!read.errors.empty()) return std::unexpected(std::move(read.errors));
  if (read.signatures.empty()) return std::nullopt;
  std::vector<diagnose::Signature> rows;
  for (scenario::ErrorFormat& format : read.signatures) {
    diagnose::Signature row;
    row.engine = "the project";
    row.layer = record::layer_named(format.layer);
    row.kind = format.says.empty() ? "an error of the app" : std::move(format.says);
    row.contains = std::move(format.contains);
    row.pattern = std::move(format.pattern);
    row.example = std::move(format.example);
    row.source = project_file;
    rows.push_back(std::move(row));
  }
  auto signatures = diagnose::Signatures::with(std::move(rows));
  if (!signatures) return std::unexpected(Errors{signatures.error()});
  return std::optional(std::move(*signatures));
}

} // namespace murphy::cli
