#include "reports/junit_validation.h"

#include "reports/plain_text.h"
#include "reports/step_text.h"
#include "reports/validation_text.h"
#include "words/rule_text.h"

#include <fmt/format.h>

namespace murphy::reports {

namespace {

std::string side(std::string_view name, record::Standing standing, std::string_view said) {
  std::string text = fmt::format("{}: {}", name, words_of(standing));
  return said.empty() ? text : fmt::format("{}, {}", text, plain_line(said));
}

JUnitCase junit_rule(const record::CaseResult& result, const record::ValidationCell& cell, UniqueNames& names) {
  JUnitCase judged;
  judged.class_name = class_name(result.plan->place.file);
  judged.name = names.make(judged.class_name, fmt::format("{} › {}, {}", plain_line(result.plan->name),
                                                          plain_line(cell.field), plain_line(cell.rule)));
  judged.place = cell.place.file.empty() ? result.plan->place : cell.place;
  const bool is_untold = cell.server == record::Standing::unknown && cell.holds;
  if (cell.holds && !is_untold) return judged;
  judged.verdict = cell.holds ? JUnitVerdict::skipped : JUnitVerdict::failure;
  judged.type = "validation";
  const std::string required =
      cell.required.is_stated ? plain_line(words::required_text(cell)) : "as the page declares";
  judged.message = fmt::format("{}, {} ({}): page {}, server {}", plain_line(cell.field), plain_line(cell.rule),
                               required, words_of(cell.page), words_of(cell.server));
  if (cell.column != record::Standing::none) judged.message += fmt::format(", column {}", words_of(cell.column));
  const std::string note = plain_line(words::note_text(cell)), column = words::column_text(cell.behind);
  const std::string tested = plain_line(words::tested_text(cell.tested));
  if (is_untold && !note.empty()) judged.message += ": " + note;
  judged.text = fmt::format("{}\n {}\n\n{}\n{}\n", judged.message, line_text(judged.place),
                            side("page", cell.page, words::declared_text(cell)),
                            side("server", cell.server, words::reply_text(cell)));
  if (!column.empty()) judged.text += side("column", cell.column, column) + "\n";
  if (!tested.empty()) judged.text += fmt::format("tried: {}\n", tested);
  if (!note.empty()) judged.text += fmt::format("note: {}\n", note);
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
