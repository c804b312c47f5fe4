#include "base/log_commands.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/explain_input.h"
#include "cli/own_signatures.h"
#include "cli/source.h"
#include "cli/terminal.h"
#include "diagnose/diagnose.h"
#include "reports/suspect_text.h"
#include "scenario/files.h"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <utility>
#include <vector>

namespace murphy::cli {

namespace {

using record::Layer;
using record::Suspect;

std::string spoken(Layer layer) { return layer == Layer::unknown ? "" : std::string(record::name_of(layer)); }

std::string as_json(const std::string& id, const Suspect& suspect) {
  namespace json = boost::json;
  json::array evidence;
  for (const record::EvidenceLine& line : suspect.evidence) {
    const auto [source, text] = reports::evidence_text(line);
    evidence.push_back(json::value(repair_utf8(source + ": " + text)));
  }
  json::array places;
  for (const record::CodePlace& place : suspect.places)
    places.push_back(json::object{{"file", repair_utf8(place.file)},
                                  {"line", place.line},
                                  {"name", repair_utf8(place.name)},
                                  {"commit", place.commit},
                                  {"subject", repair_utf8(place.subject)}});
  const json::object object{{"id", repair_utf8(id)},
                            {"layer", record::name_of(suspect.layer)},
                            {"also", spoken(suspect.also)},
                            {"identifier", repair_utf8(suspect.identifier)},
                            {"suggestion", repair_utf8(suspect.suggestion)},
                            {"origin", reports::words_of(suspect.origin)},
                            {"confidence", record::name_of(suspect.confidence)},
                            {"reason", suspect.reason},
                            {"cause", repair_utf8(suspect.cause)},
                            {"evidence", std::move(evidence)},
                            {"places", std::move(places)},
                            {"fingerprint", suspect.fingerprint}};
  return json_without_commands(json::serialize(object)) + "\n";
}

std::string in_words(const diagnose::Diagnosis& diagnosis) {
  const Suspect verdict = diagnosis.verdict();
  std::string text = one_line(record::headline(verdict)) + ".\n";
  const bool is_guess = verdict.layer != Layer::unknown && verdict.confidence == record::Confidence::guess;
  if (is_guess) text += "Known: " + one_line(verdict.cause) + ".\n";
  std::vector<reports::EvidenceText> lines;
  for (const record::EvidenceLine& line : verdict.evidence) lines.push_back(reports::evidence_text(line));
  std::size_t widest = 0;
  for (const reports::EvidenceText& line : lines) widest = std::max(widest, line.source.size());
  for (const reports::EvidenceText& line : lines)
    text += fmt::format("  {:<{}}  {}\n", line.source, widest, one_line(line.text));
  text += visible(verdict.advice) + "\n";
  for (const record::CodePlace& place : verdict.places) text += one_line(record::described(place)) + "\n";
  for (std::size_t i = 1; i < diagnosis.suspects.size(); ++i)
    text += (is_guess ? "Possible: " : "Less likely: ") + one_line(record::described(diagnosis.suspects[i])) + ".\n";
  return text;
}

Error usage(std::string what) {
  Error error;
  error.kind = ErrorKind::usage;
  error.what = std::move(what);
  error.hint = "write murphy explain app.log, murphy explain run.jsonl, or murphy explain --evidence evidence.json";
  return error;
}

} // namespace

ExitCode explain_command(const ExplainOptions& options) {
  if (options.file.empty() == options.evidence.empty()) {
    show({usage(options.file.empty() ? "murphy explain: there is nothing to explain"
                                     : "murphy explain takes a log or journal, or evidence, but not both")});
    return ExitCode::usage;
  }
  const std::string project = options.project.empty() ? scenario::find_project(".").value_or("") : options.project;
  const auto own = own_signatures(project);
  if (!own) {
    show(own.error());
    return ExitCode::usage;
  }
  std::optional<diagnose::Signatures> with_own;
  if (!own->empty()) {
    auto compiled = diagnose::Signatures::with(*own);
    if (!compiled) {
      show({compiled.error()});
      return ExitCode::usage;
    }
    with_own = std::move(*compiled);
  }
  const diagnose::Signatures& known = with_own ? *with_own : diagnose::Signatures::built_in();
  const std::unique_ptr<source::Code> code = code_of_app(project);
  std::size_t explained = 0;
  bool several = !options.evidence.empty();
  const auto explain = [&](const diagnose::Evidence& evidence, const diagnose::Signatures& signatures) {
    diagnose::Diagnosis diagnosis = diagnose::diagnose(evidence, signatures);
    // A journal has what its run found.
    if (code && evidence.code.empty())
      for (Suspect& each : diagnosis.suspects)
        if (!each.wrong_name.empty()) each.places = code->places_of(each.wrong_name);
    if (options.json) {
      write_out(as_json(evidence.id, diagnosis.verdict()));
    } else {
      print_out((explained > 0 ? "\n" : "") + (several ? one_line(evidence.id) + "\n" : std::string()) +
                in_words(diagnosis));
    }
    ++explained;
  };

  if (!options.evidence.empty()) {
    const auto read = read_evidence(options.evidence, known, explain);
    if (!read) show({read.error()});
    return read ? ExitCode::passed : exit_code(read.error().kind);
  }
  // Only reading it distinguishes a log from a journal; the names of cases are shown for a journal.
  const ExplainSignatures signatures{known, !options.project.empty()};
  const auto read = read_log_or_journal(options.file, signatures,
                                        [&](const diagnose::Evidence& evidence, const diagnose::Signatures& of_it) {
                                          several = evidence.id != options.file;
                                          explain(evidence, of_it);
                                        });
  if (!read) {
    show({read.error()});
    return exit_code(read.error().kind);
  }
  if (read->journal && explained == 0) print_error("murphy: nothing failed in " + one_line(options.file) + "\n");
  if (read->cut) print_error("murphy: the log is long; Murphy read only the lines around error messages\n");
  return ExitCode::passed;
}

} // namespace murphy::cli
