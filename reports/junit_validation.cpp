#include "reports/junit_validation.h"

#include "reports/plain_text.h"
#include "reports/step_text.h"
#include "reports/validation_text.h"

#include <fmt/format.h>

namespace murphy::reports {

namespace {

std::string side(std::string_view name, record::Standing standing, std::string_view said) {
  std::string text = fmt::format("{}: {}", name, words_of(standing));
  return said.empty() ? text : fmt::format("{}, {}", text, plain_line(said));
}

JUnitCase junit_rule(const record::CaseResult& result, const record::ValidationCell& cell, UniqueNames& names) {
  JUnitCase judged;
  judged.class_name = class_name(result.plan.place.file);
  judged.name = names.make(judged.class_name, fmt::format("{} › {}, {}", plain_line(result.plan.name),
                                                          plain_line(cell.field), plain_line(cell.rule)));
  judged.place = cell.place.file.empty() ? result.plan.place : cell.place;
  const bool is_untold = cell.server == record::Standing::unknown && cell.holds;
  if (cell.holds && !is_untold) return judged;
  judged.verdict = cell.holds ? JUnitVerdict::skipped : JUnitVerdict::failure;
  judged.type = "validation";
  const std::string required = cell.required.empty() ? "as the page declares" : plain_line(cell.required);
  judged.message = fmt::format("{}, {} ({}): page {}, server {}", plain_line(cell.field), plain_line(cell.rule),
                               required, words_of(cell.page), words_of(cell.server));
  if (cell.column != record::Standing::none) judged.message += fmt::format(", column {}", words_of(cell.column));
  if (is_untold && !cell.note.empty()) judged.message += ": " + plain_line(cell.note);
  judged.text = fmt::format("{}\n {}\n\n{}\n{}\n", judged.message, line_text(judged.place),
                            side("page", cell.page, cell.declared), side("server", cell.server, cell.words));
  if (!cell.column_says.empty()) judged.text += side("column", cell.column, cell.column_says) + "\n";
  if (!cell.probe.empty()) judged.text += fmt::format("tried: {}\n", plain_line(cell.probe));
  if (!cell.note.empty()) judged.text += fmt::format("note: {}\n", plain_line(cell.note));
  return judged;
}

} // namespace

std::vector<JUnitCase> junit_rules(const record::CaseResult& result, UniqueNames& names) {
  std::vector<JUnitCase> rules;
  for (const record::StepResult& step : result.steps) {
    if (!step.evidence.validation) continue;
    for (const record::ValidationCell& cell : step.evidence.validation->cells)
      rules.push_back(junit_rule(result, cell, names));
  }
  return rules;
}

} // namespace murphy::reports
