#include "run/shared/field_value.h"

#include "scenario/files.h"

#include <filesystem>

namespace murphy::run {

Result<std::vector<drive::File>> files(const scenario::Upload& upload) {
  std::vector<drive::File> files;
  for (const std::string& path : upload.paths) {
    auto contents = scenario::load_upload(path);
    if (!contents) {
      Error error = contents.error();
      error.what = "\"" + path + "\" cannot be uploaded: " + error.what;
      error.place = upload.place;
      error.source_line = upload.source_line;
      return std::unexpected(std::move(error));
    }
    files.push_back({std::filesystem::path(path).filename().string(), std::move(*contents)});
  }
  return files;
}

Result<drive::FieldValue> field_value(const decltype(scenario::Filling::value)& value, scenario::Scope& scope) {
  if (const auto* ticked = std::get_if<bool>(&value)) return *ticked;
  if (const auto* upload = std::get_if<scenario::Upload>(&value)) {
    auto read = files(*upload);
    if (!read) return std::unexpected(read.error());
    return std::move(*read);
  }
  if (const auto* text = std::get_if<scenario::Text>(&value)) {
    auto resolved = scope.resolve(*text);
    if (!resolved) return std::unexpected(resolved.error());
    return std::move(*resolved);
  }
  std::vector<Value> values;
  for (const scenario::Text& text : std::get<std::vector<scenario::Text>>(value)) {
    auto resolved = scope.resolve(text);
    if (!resolved) return std::unexpected(resolved.error());
    values.push_back(std::move(*resolved));
  }
  return values;
}

} // namespace murphy::run
