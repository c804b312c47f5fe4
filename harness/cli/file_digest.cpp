#include "cli/file_digest.h"

#include "base/hash.h"
#include "scenario/files.h"

namespace murphy::cli {

std::optional<std::string> sha256_of(const std::string& file, const record::Redactor& redactor) {
  const auto text = scenario::load(file);
  if (!text || redactor.redact(text->view()) != text->view()) return std::nullopt;
  return hex_digest(Hash::sha256, text->view());
}

} // namespace murphy::cli
