#include "reports/junit.h"

#include "reports/evidence_text.h"
#include "reports/junit_case.h"
#include "reports/junit_validation.h"
#include "reports/plain_text.h"
#include "reports/run_text.h"
#include "words/failure_text.h"

#include <algorithm>
#include <ctime>
#include <fmt/format.h>
#include <pugixml.hpp>
#include <sstream>

namespace murphy::reports {

namespace {

struct Suite {
  const record::FeatureResult* feature;
  std::vector<JUnitCase> cases;              // beside the feature's
  std::vector<std::vector<JUnitCase>> rules; // that each of them proved
};

struct Counts {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  record::Duration time{};
};

Counts count(const Suite& suite) {
  Counts counts;
  const auto add = [&](const std::vector<JUnitCase>& cases) {
    const auto with = [&](JUnitVerdict verdict) {
      return static_cast<std::size_t>(std::ranges::count(cases, verdict, &JUnitCase::verdict));
    };
    counts.tests += cases.size();
    counts.failures += with(JUnitVerdict::failure);
    counts.errors += with(JUnitVerdict::error);
    counts.skipped += with(JUnitVerdict::skipped);
  };
  add(suite.cases);
  for (const std::vector<JUnitCase>& rules : suite.rules) add(rules);
  for (const record::CaseResult& result : suite.feature->cases) counts.time += result.duration;
  return counts;
}

std::string seconds(record::Duration duration) {
  return fmt::format("{:.3f}", static_cast<double>(std::max<long long>(duration.count(), 0)) / 1e6);
}

// UTC, without a zone: several readers take no other form.
std::string timestamp(record::Instant instant) {
  const std::time_t time = std::chrono::system_clock::to_time_t(instant);
  std::tm parts{};
  gmtime_r(&time, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                     parts.tm_hour, parts.tm_min, parts.tm_sec);
}

void set(pugi::xml_node node, const char* name, std::string_view value) {
  node.append_attribute(name).set_value(plain_line(value).c_str());
}

void set(pugi::xml_node node, const char* name, std::size_t value) { set(node, name, std::to_string(value)); }

void put_text(pugi::xml_node node, const std::string& text) { node.text().set(text.c_str()); }

void put_property(pugi::xml_node properties, const char* name, std::string_view value) {
  if (value.empty()) return;
  const pugi::xml_node property = properties.append_child("property");
  set(property, "name", name);
  set(property, "value", value);
}

std::string how_it_ended(const record::Run& run) {
  if (!run.finished) return "never finished";
  return run.finished->interrupted ? "interrupted" : "finished";
}

// What concerns the run as a whole and no single case; empty when there is nothing to say.
std::string notices(const record::Run& run) {
  std::string text;
  if (run.lost) text += fmt::format("The {}: {}\n", state_of(run.lost->loss), plain_line(run.lost->error.what));
  if (run.control && !run.control->holds) {
    const record::Failure failure = run.control->failure.value_or(record::Failure{});
    const words::ControlText control = words::control_text(failure);
    text += fmt::format("{}: {}\n{}\n", plain_line(control.headline), plain_line(words::failure_text(failure).got),
                        plain_line(control.consequence));
  }
  if (!run.finished) text += "The run never finished: Murphy ended early.\n";
  if (run.finished && run.finished->interrupted) text += "The run was interrupted.\n";
  return text;
}

void put_run_properties(pugi::xml_node suite, const record::Run& run) {
  const pugi::xml_node properties = suite.append_child("properties");
  put_property(properties, "murphy.version",
               run.started.murphy_version.empty() ? "unknown" : run.started.murphy_version);
  put_property(properties, "murphy.project", run.started.project);
  put_property(properties, "murphy.target", run.started.target);
  put_property(properties, "murphy.url", run.ready ? run.ready->url : "");
  put_property(properties, "murphy.run", how_it_ended(run));
  put_property(properties, "murphy.stepped", is_stepped(run) ? "yes" : "");
  if (run.control)
    put_property(properties, "murphy.dashboard_closed_without_session", run.control->holds ? "yes" : "no");
}

void put_case_properties(pugi::xml_node node, const record::PlannedCase& plan, const std::string& code) {
  if (plan.tags->empty() && plan.ticket.empty() && plan.requirements->empty() && code.empty()) return;
  const pugi::xml_node properties = node.append_child("properties");
  for (const std::string& tag : *plan.tags) put_property(properties, "tag", tag);
  put_property(properties, "ticket", plan.ticket);
  for (const std::string& requirement : *plan.requirements) put_property(properties, "requirement", requirement);
  put_property(properties, "code", code);
}

void put_verdict(pugi::xml_node node, const JUnitCase& judged, JUnitMode mode) {
  switch (judged.verdict) {
  case JUnitVerdict::passed: return;
  case JUnitVerdict::skipped: {
    const pugi::xml_node skipped = node.append_child("skipped");
    if (mode == JUnitMode::full) set(skipped, "message", judged.message);
    put_text(skipped, judged.text);
    return;
  }
  case JUnitVerdict::failure:
  case JUnitVerdict::error: {
    const pugi::xml_node verdict = node.append_child(judged.verdict == JUnitVerdict::failure ? "failure" : "error");
    set(verdict, "message", judged.message);
    set(verdict, "type", judged.type);
    put_text(verdict, judged.text);
    return;
  }
  }
}

// Of a case that failed, its text says it.
void put_remarks(pugi::xml_node node, const record::CaseResult& result) {
  if (result.outcome != record::Outcome::passed) return;
  std::string text;
  for (const record::StepResult& step : result.steps)
    for (const std::string& line : disclosures(step.evidence)) text += line + "\n";
  if (!text.empty()) put_text(node.append_child("system-out"), text);
}

void put_case(pugi::xml_node suite, const JUnitCase& judged, const record::CaseResult& result, JUnitMode mode) {
  pugi::xml_node node = suite.append_child("testcase");
  set(node, "name", judged.name);
  set(node, "classname", judged.class_name);
  set(node, "time", seconds(result.duration));
  if (mode == JUnitMode::full) {
    // The file is what timings are kept by and stays the feature's; the line leads to what went wrong, where it is
    // there.
    const record::PlannedCase& plan = result.plan;
    set(node, "file", plan.place.file);
    set(node, "line", judged.place.file == plan.place.file ? judged.place.line : plan.place.line);
    put_case_properties(node, plan, judged.code);
  }
  put_verdict(node, judged, mode);
  put_remarks(node, result);
  if (mode == JUnitMode::strict) return;
  // As Surefire writes them: the attempts before one that passed at last, and those before one that did not.
  const char* name = result.flaky() ? "flakyFailure" : "rerunFailure";
  for (const record::Attempt& attempt : result.earlier) {
    const JUnitCase earlier = junit_attempt(result.plan, attempt);
    const pugi::xml_node rerun = node.append_child(name);
    set(rerun, "message", earlier.message);
    set(rerun, "type", earlier.type);
    put_text(rerun, earlier.text);
  }
}

// Rules take no time of their own: that of their scenario holds it.
void put_rule(pugi::xml_node suite, const JUnitCase& judged, const record::PlannedCase& plan, JUnitMode mode) {
  pugi::xml_node node = suite.append_child("testcase");
  set(node, "name", judged.name);
  set(node, "classname", judged.class_name);
  set(node, "time", seconds({}));
  if (mode == JUnitMode::full) {
    set(node, "file", plan.place.file);
    set(node, "line", judged.place.file == plan.place.file ? judged.place.line : plan.place.line);
  }
  put_verdict(node, judged, mode);
}

struct Position {
  std::size_t index;
  std::string name;
};

void put_suite(pugi::xml_node root, const record::Run& run, const Suite& suite, const Position& position,
               JUnitMode mode) {
  pugi::xml_node node = root.append_child("testsuite");
  const Counts counts = count(suite);
  set(node, "name", position.name);
  set(node, "tests", counts.tests);
  set(node, "failures", counts.failures);
  set(node, "errors", counts.errors);
  set(node, "skipped", counts.skipped);
  set(node, "time", seconds(counts.time));
  set(node, "timestamp", timestamp(run.started.at));
  set(node, "hostname", run.started.hostname.empty() ? "localhost" : run.started.hostname);
  set(node, "id", position.index);
  if (mode == JUnitMode::full) {
    set(node, "file", suite.feature->file);
  } else {
    set(node, "package", "murphy");
  }
  put_run_properties(node, run);
  for (std::size_t i = 0; i < suite.cases.size(); ++i) {
    put_case(node, suite.cases[i], suite.feature->cases[i], mode);
    for (const JUnitCase& rule : suite.rules[i]) put_rule(node, rule, suite.feature->cases[i].plan, mode);
  }

  std::string notice = notices(run);
  std::string out;
  // One schema requires both, and readers take an empty one badly.
  if (mode == JUnitMode::strict)
    out = fmt::format("murphy {} against {} {}\n", plain_line(run.started.murphy_version),
                      plain_line(run.started.target), run.ready ? plain_line(run.ready->url) : "that never answered");
  // In a case, readers take it for what the test printed.
  for (const record::CaseResult& result : suite.feature->cases)
    for (const SkippedStep& each : skipped_steps(result))
      out += plain_line(result.plan->name) + ": " + each.text + "\n";
  if (!out.empty()) put_text(node.append_child("system-out"), out);
  if (mode == JUnitMode::strict && notice.empty()) notice = "The app answered throughout the run.\n";
  if (!notice.empty()) put_text(node.append_child("system-err"), notice);
}

std::vector<Suite> suites_of(const record::Run& run) {
  std::vector<Suite> suites;
  JUnitRun report(run);
  for (const record::FeatureResult& feature : run.features) {
    Suite suite{.feature = &feature, .cases = {}, .rules = {}};
    // Scenarios keep their names, whatever the rules are called.
    for (const record::CaseResult& result : feature.cases) suite.cases.push_back(junit_case(report, result));
    for (const record::CaseResult& result : feature.cases) suite.rules.push_back(junit_rules(result, report.names));
    suites.push_back(std::move(suite));
  }
  return suites;
}

void set_totals(pugi::xml_node root, const record::Run& run, const std::vector<Suite>& suites) {
  Counts all;
  for (const Suite& suite : suites) {
    const Counts counts = count(suite);
    all.tests += counts.tests;
    all.failures += counts.failures;
    all.errors += counts.errors;
    all.skipped += counts.skipped;
    all.time += counts.time;
  }
  set(root, "name", "murphy");
  set(root, "tests", all.tests);
  set(root, "failures", all.failures);
  set(root, "errors", all.errors);
  set(root, "skipped", all.skipped);
  set(root, "time", seconds(run.finished ? run.finished->duration : all.time));
}

} // namespace

std::string junit(const record::Run& run, JUnitMode mode) {
  const std::vector<Suite> suites = suites_of(run);
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version").set_value("1.0");
  declaration.append_attribute("encoding").set_value("UTF-8");
  pugi::xml_node root = document.append_child("testsuites");
  if (mode == JUnitMode::full) set_totals(root, run, suites);

  UniqueNames suite_names;
  for (std::size_t i = 0; i < suites.size(); ++i) {
    const std::string name = plain_line(suites[i].feature->name);
    put_suite(root, run, suites[i], {.index = i, .name = suite_names.make("", name.empty() ? "unnamed" : name)}, mode);
  }
  std::ostringstream text;
  document.save(text, "  ", pugi::format_indent, pugi::encoding_utf8);
  return std::move(text).str();
}

} // namespace murphy::reports
