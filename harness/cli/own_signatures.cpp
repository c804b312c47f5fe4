#include "cli/own_signatures.h"

#include "scenario/files.h"
#include "scenario/signatures.h"

#include <utility>

namespace murphy::cli {

std::expected<std::vector<record::ProjectSignature>, Errors> own_signatures(const std::string& project_file) {
  if (project_file.empty()) return {};
  const auto text = scenario::load(project_file);
  if (!text) return std::unexpected(Errors{text.error()});
  scenario::ReadSignatures read = scenario::read_signatures(project_file, text->view());
  if (!read.errors.empty()) return std::unexpected(std::move(read.errors));
  std::vector<record::ProjectSignature> own;
  for (scenario::ErrorFormat& format : read.signatures)
    own.push_back({.layer = record::layer_named(format.layer),
                   .says = std::move(format.says),
                   .contains = std::move(format.contains),
                   .pattern = std::move(format.pattern),
                   .example = std::move(format.example)});
  return own;
}

} // namespace murphy::cli
