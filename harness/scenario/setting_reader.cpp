#include "scenario/setting_reader.h"

#include "scenario/vocabulary.h"

#include <filesystem>

namespace murphy::scenario {

std::optional<Setting> read_setting(Reading& reading, const Entry& at, std::string_view what,
                                    const std::string& directory, Context& context) {
  const Node& value = at.value;
  if (value.is(Node::Kind::text)) {
    auto text = reading.filled_text(at, context);
    if (!text) return std::nullopt;
    return Setting{.from = Setting::From::text, .text = std::move(*text)};
  }
  if (!value.is(Node::Kind::table)) {
    reading.wrong_type(at, "text, { env = \"NAME\" } or { file = \"path\" }");
    return std::nullopt;
  }
  reading.check_keys(value, setting_keys);
  const Member* environment = value.find("env");
  const Member* file = value.find("file");
  if ((environment != nullptr) == (file != nullptr)) {
    if (environment || value.members.empty()) {
      reading.error(file ? file->span : value.span, std::string(what) + " has one source",
                    "write { env = \"NAME\" } or { file = \"path\" }");
    }
    return std::nullopt;
  }
  const Member& from = environment ? *environment : *file;
  std::optional<std::string> name = reading.filled_literal(entry(from, setting_keys));
  if (!name) return std::nullopt;
  if (file) name = (std::filesystem::path(directory) / *name).lexically_normal().string();
  return Setting{.from = environment ? Setting::From::environment : Setting::From::file,
                 .text = {*name, reading.place(from.value.span), reading.source_line(from.value.span), {}}};
}

std::optional<Setting> read_literal_setting(Reading& reading, const Entry& at, std::string_view what) {
  if (at.value.is(Node::Kind::text)) {
    const auto text = reading.filled_literal(at);
    if (!text) return std::nullopt;
    return Setting{.from = Setting::From::text,
                   .text = {*text, reading.place(at.value.span), reading.source_line(at.value.span), {}}};
  }
  const Project nothing;
  Context context{
      .reach = {.project = nothing, .checks = reading.checks(), .users = false, .steps = false, .captures = {}},
      .mentions = {}};
  std::string folder = std::filesystem::path(reading.document().file()).parent_path().string();
  if (folder.empty()) folder = ".";
  return read_setting(reading, at, what, folder, context);
}

} // namespace murphy::scenario
