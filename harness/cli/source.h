// The code of the app, as far as the project says where it is.
#pragma once

#include "scenario/model.h"
#include "source/code.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace murphy::cli {

// `source` of [app]; not said: the folder of the project, if that is a git checkout. Null when neither is. `left_out`
// are files of Murphy's own.
std::unique_ptr<source::Code> code_of_app(const scenario::Project& project, const std::vector<std::string>& left_out);

// The same for a project file alone, whatever else is wrong with it; null without one.
std::unique_ptr<source::Code> code_of_app(const std::string& project_file);

// The folder of that code; none: it is not known.
std::optional<std::string> source_of_app(const scenario::Project& project);

// The folder with the app's migrations that [watch] names, as seen from the working directory; empty: it names none, or
// cannot be read.
std::string migrations_of_watch(const scenario::Project& project);

} // namespace murphy::cli
