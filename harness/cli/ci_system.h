// What a CI system says about the job that Murphy runs in, by its environment variables.
#pragma once

#include "base/error.h"
#include "record/origin.h"
#include "reports/console_style.h"

#include <string>
#include <string_view>

namespace murphy::cli {

struct CiSystem {
  std::string_view name;         // "GitHub Actions"; empty: none that Murphy knows
  std::string_view variable;     // that shows it
  std::string_view report_kinds; // KIND=FILE of --report auto, divided by spaces; a FILE may name variables
  std::string_view summary{};    // the command that takes a file with Markdown into the summary of the job
};

// The system whose variables are set. Errors: usage, for --report auto, when those of several are.
Result<CiSystem> ci_system(const reports::Variable& variable);

// The text with each ${NAME} replaced; empty when one of them is not set or is empty.
std::string filled_in(std::string_view text, const reports::Variable& variable);

// What a change is merged into, as the CI system says it. Empty where it says nothing.
struct CiBase {
  std::string name;                        // a commit, or a branch
  bool is_first_parent_of_a_merge = false; // the job checks out the change merged into its base
};
CiBase ci_base(const reports::Variable& variable);

// Fills in what the checkout does not say: the branch of a pull request, its base, the job. Where several systems show,
// the first that says something counts.
void add_ci_facts(record::RunOrigin& origin, const reports::Variable& variable);

} // namespace murphy::cli
