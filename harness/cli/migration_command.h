// Asks a command of the project whether all migrations of the app have run.
#pragma once

#include "record/redactor.h"
#include "scenario/watch_reader.h"
#include "target/database_health.h"

#include <chrono>
#include <string>

namespace murphy::cli {

// It runs in the folder of the project. Bad: it exits with another code than it should; blind: it was not found, does
// not end within `longest`, or a signal ended it. What it says last is masked.
target::HealthCheck check_migrations_by(const scenario::WatchMigrations& migrations, const std::string& directory,
                                        std::chrono::milliseconds longest, const record::Redactor& redactor);

} // namespace murphy::cli
