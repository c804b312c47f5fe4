#include "cli/history_store.h"

#include "base/make_error.h"
#include "cli/setting_value.h"
#include "scenario/files.h"
#include "scenario/history_reader.h"

#include <filesystem>
#include <fstream>

namespace murphy::cli {
namespace {

namespace fs = std::filesystem;

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
  const auto value = value_of(store, inputs, "history");
  if (!value) return std::unexpected(value.error());
  auto address = target::read_database_address(*value, directory);
  if (!address) return std::unexpected(at_place_of(store.text, address.error()));
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
