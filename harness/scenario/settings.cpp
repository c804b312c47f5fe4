#include "scenario/settings.h"

#include "scenario/files.h"

namespace murphy::scenario {

namespace {

Error not_set(const std::string& variable, bool empty, const Place& place, const std::string& source_line) {
  return {.kind = ErrorKind::usage,
          .what = "the environment variable " + variable + (empty ? " is empty" : " is not set"),
          .hint = empty
                      ? "CI systems pass an unknown secret as empty text: check its name, and that this job may read it"
                      : "set it before the run: export " + variable + "=…",
          .place = place,
          .source_line = source_line};
}

Error at(Error error, const Text& text) {
  error.what = error.place.file.str() + ": " + error.what;
  error.place = text.place;
  error.source_line = text.source_line;
  return error;
}

} // namespace

Result<ClearText> from_environment(const Environment& environment, const std::string& variable, const Place& place,
                                   const std::string& source_line) {
  std::optional<ClearText> value = environment ? environment(variable) : std::nullopt;
  if (!value || value->empty()) return std::unexpected(not_set(variable, value.has_value(), place, source_line));
  return std::move(*value);
}

Result<ClearText> from_file(const Text& path) {
  const Result<ClearText> text = load(path.source);
  if (!text) return std::unexpected(at(text.error(), path));
  std::string_view secret = text->view();
  if (secret.ends_with('\n')) secret.remove_suffix(1);
  if (secret.ends_with('\r')) secret.remove_suffix(1);
  if (!secret.empty()) return ClearText(secret);
  return std::unexpected(Error{.kind = ErrorKind::usage,
                               .what = path.source + " is empty",
                               .hint = {},
                               .place = path.place,
                               .source_line = path.source_line});
}

} // namespace murphy::scenario
