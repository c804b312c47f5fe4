#include "cli/watch_place.h"

#include "base/make_error.h"
#include "cli/setting_value.h"
#include "scenario/files.h"
#include "target/database_address.h"

#include <filesystem>

namespace murphy::cli {
namespace {

constexpr const char* usual_store = ".murphy/watch.db";

std::string below(const std::string& directory, const std::string& file) {
  return (std::filesystem::path(directory) / file).lexically_normal().string();
}

Result<target::DatabaseAddress> replica_of(const scenario::Setting& setting, const std::string& directory,
                                           const scenario::Inputs& inputs) {
  const auto value = value_of(setting, inputs, "watch.read_replica");
  if (!value) return std::unexpected(value.error());
  auto address = target::read_database_address(*value, directory);
  if (!address) return std::unexpected(at_place_of(setting.text, address.error()));
  if (address->engine == target::DatabaseAddress::Engine::sqlite)
    return std::unexpected(
        at_place_of(setting.text, usage_error("a SQLite file has no replica that follows it",
                                              "write the address of a PostgreSQL or MariaDB server")));
  if (address->password && inputs.learn_secret) inputs.learn_secret(address->password);
  return address;
}

} // namespace

Result<std::vector<watch::MaintenanceWindow>> maintenance_windows(const scenario::WatchSettings& settings) {
  std::vector<watch::MaintenanceWindow> windows;
  for (const scenario::WatchMaintenance& each : settings.maintenance) {
    auto window = watch::read_window(each.days, each.from, each.until, each.zone);
    if (!window) return std::unexpected(at_place_of(each, window.error()));
    windows.push_back(std::move(*window));
  }
  return windows;
}

Result<WatchPlace> watch_of(const std::string& project_file, const std::string& directory,
                            const scenario::Inputs& inputs) {
  const auto text = scenario::load(project_file);
  if (!text) return std::unexpected(text.error());
  scenario::ReadWatch read = scenario::read_watch(project_file, text->view());
  if (!read.errors.empty()) return std::unexpected(read.errors.front());
  if (!read.settings)
    return std::unexpected(
        in_file(usage_error("this project has no watch", "add:\n\n[watch]\nevery = \"60s\""), project_file));
  WatchPlace place{.settings = std::move(*read.settings),
                   .maintenance = {},
                   .read_replica = {},
                   .store = {},
                   .metrics = {},
                   .status_directory = {}};
  auto windows = maintenance_windows(place.settings);
  if (!windows) return std::unexpected(windows.error());
  place.maintenance = std::move(*windows);
  if (!place.settings.metrics.empty()) place.metrics = below(directory, place.settings.metrics);
  if (!place.settings.status_directory.empty())
    place.status_directory = below(directory, place.settings.status_directory);
  if (place.settings.migrations && !place.settings.migrations->folder.empty())
    place.settings.migrations->folder = below(directory, place.settings.migrations->folder);
  if (place.settings.read_replica) {
    auto replica = replica_of(*place.settings.read_replica, directory, inputs);
    if (!replica) return std::unexpected(replica.error());
    place.read_replica = std::move(*replica);
  }
  if (!place.settings.store) {
    place.store = target::address_of_file(below(directory, usual_store));
    return place;
  }
  const scenario::Setting& store = *place.settings.store;
  const auto value = value_of(store, inputs, "watch.store");
  if (!value) return std::unexpected(value.error());
  const auto address = target::read_database_address(*value, directory);
  if (!address) return std::unexpected(at_place_of(store.text, address.error()));
  if (address->engine == target::DatabaseAddress::Engine::mysql)
    return std::unexpected(at_place_of(
        store.text,
        usage_error("a watch keeps what it knows in SQLite or PostgreSQL, not in " + address->shown,
                    "write store = \"sqlite:.murphy/watch.db\" or an address that begins with postgresql://")));
  if (address->password && inputs.learn_secret) inputs.learn_secret(address->password);
  place.store = *address;
  return place;
}

} // namespace murphy::cli
