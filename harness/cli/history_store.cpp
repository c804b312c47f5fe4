#include "cli/history_store.h"

#include "scenario/files.h"
#include "scenario/history_reader.h"
#include "scenario/settings.h"

#include <filesystem>
#include <fstream>

namespace murphy::cli {
namespace {

namespace fs = std::filesystem;

Result<Value> value_of(const scenario::Setting& setting, const scenario::Inputs& inputs) {
  const scenario::Text& from = setting.text;
  if (setting.from == scenario::Setting::From::text) return Value(from.source);
  const auto found = setting.from == scenario::Setting::From::environment
                         ? scenario::from_environment(inputs.environment, from.source, from.place, from.source_line)
                         : scenario::from_file(from);
  if (!found) return std::unexpected(found.error());
  auto secret = std::make_shared<const Secret>(*found, "history");
  if (inputs.learn_secret) inputs.learn_secret(secret);
  return Value(std::move(secret));
}

// SQLite makes a file, and no folder. One that is there for the history alone is no part of what is checked in: else it
// would be a change to the gate.
void make_folder(const fs::path& folder) {
  std::error_code ignored;
  if (fs::create_directories(folder, ignored)) std::ofstream(folder / ".gitignore") << "*\n";
}

} // namespace

Result<std::optional<HistoryPlace>> history_of(const std::string& project_file, const std::string& directory,
                                               const scenario::Inputs& inputs) {
  const auto text = scenario::load(project_file);
  if (!text) return std::unexpected(text.error());
  const scenario::ReadHistory read = scenario::read_history(project_file, text->view());
  if (!read.errors.empty()) return std::unexpected(read.errors.front());
  if (!read.settings) return std::nullopt;
  const scenario::Setting& store = read.settings->store;
  const auto value = value_of(store, inputs);
  if (!value) return std::unexpected(value.error());
  auto address = target::read_database_address(*value, directory);
  if (!address) {
    Error error = address.error();
    error.place = store.text.place;
    error.source_line = store.text.source_line;
    return std::unexpected(std::move(error));
  }
  if (address->password && inputs.learn_secret) inputs.learn_secret(address->password);
  return HistoryPlace{.address = std::move(*address), .keep_days = read.settings->keep_days};
}

Result<history::Store> open_history(const HistoryPlace& place) {
  if (!place.address.file.empty()) make_folder(fs::path(place.address.file).parent_path());
  return history::Store::open(place.address, history::Store::Access::write);
}

Result<history::Store::Added> add_to_history(const HistoryPlace& place, const record::Run& run,
                                             const std::string& known_good) {
  auto store = open_history(place);
  if (!store) return std::unexpected(store.error());
  return store->add(history::summary_of(run), place.keep_days, known_good);
}

} // namespace murphy::cli
