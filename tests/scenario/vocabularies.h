// Every vocabulary of the language, and where in a file its keys are written.
#pragma once

#include "scenario/vocabulary.h"

#include <string>
#include <vector>

namespace murphy::scenario {

enum class File { feature, project };

struct Home {
  std::string name; // of the vocabulary in scenario/vocabulary.h
  const Vocabulary* keys = nullptr;
  File file = File::feature;
  std::string above; // the lines above the key
  std::string path;  // in front of the key
};

inline const std::vector<Home>& homes() {
  static const std::string scenario = "feature = \"F\"\n[[scenario]]\n";
  static const std::string step = scenario + "name = \"S\"\n[[scenario.steps]]\n";
  static const std::string open = step + "open = \"/\"\n";
  static const std::vector<Home> all{
      {"feature_keys", &feature_keys, File::feature, "", ""},
      {"scenario_keys", &scenario_keys, File::feature, scenario, ""},
      {"flow_keys", &flow_keys, File::feature, "[flow.f]\n", ""},
      {"known_failure_keys", &known_failure_keys, File::feature, scenario, "known_failure."},
      {"step_keys", &step_keys, File::feature, step, ""},
      {"request_keys", &request_keys, File::feature, step, "request."},
      {"csrf_keys", &csrf_keys, File::feature, step, "request.csrf."},
      {"field_rule_keys", &field_rule_keys, File::feature, step + "validate = \"Save\"\n", "fields.Email."},
      {"upload_keys", &upload_keys, File::feature, step + "submit = \"Save\"\n", "with.Avatar."},
      {"expect_keys", &expect_keys, File::feature, open, "expect."},
      {"when_keys", &when_keys, File::feature, open, "when."},
      {"matcher_keys", &matcher_keys, File::feature, open, "expect.header.Server."},
      {"element_keys", &element_keys, File::feature, open, "expect.element."},
      {"cookie_keys", &cookie_keys, File::feature, open, "expect.cookie.sid."},
      {"json_value_keys", &json_value_keys, File::feature, open, "expect.json.'/user'."},
      {"capture_keys", &capture_keys, File::feature, open, "capture.code."},
      {"project_keys", &project_keys, File::project, "", ""},
      {"app_keys", &app_keys, File::project, "[app]\n", ""},
      {"sign_in_keys", &sign_in_keys, File::project, "[app]\n", "sign_in."},
      {"sign_out_keys", &sign_out_keys, File::project, "[app]\n", "sign_out."},
      {"dashboard_keys", &dashboard_keys, File::project, "[app]\n", "dashboard."},
      {"target_keys", &target_keys, File::project, "[target.local]\n", ""},
      {"console_keys", &console_keys, File::project, "[target.local]\n", "console."},
      {"process_keys", &process_keys, File::project, "[target.local]\n", "process."},
      {"tls_keys", &tls_keys, File::project, "[target.local]\n", "tls."},
      {"user_keys", &user_keys, File::project, "[user.ada]\n", ""},
      {"provider_keys", &provider_keys, File::project, "[idp.company]\n", ""},
      {"gate_keys", &gate_keys, File::project, "[gate]\n", ""},
      {"gate_rule_keys", &gate_rule_keys, File::project, "[[gate.rules]]\n", ""},
      {"history_keys", &history_keys, File::project, "[history]\n", ""},
      {"watch_keys", &watch_keys, File::project, "[watch]\n", ""},
      {"watch_migrations_keys", &watch_migrations_keys, File::project, "[watch.migrations]\n", ""},
      {"watch_only_keys", &watch_only_keys, File::project, "[[watch.only]]\n", ""},
      {"watch_maintenance_keys", &watch_maintenance_keys, File::project, "[[watch.maintenance]]\n", ""},
      {"watch_notify_keys", &watch_notify_keys, File::project, "[[watch.notify]]\n", ""},
      {"authorization_keys", &authorization_keys, File::feature, step, "authorize."},
      {"setting_keys", &setting_keys, File::project, "[user.ada]\n", "password."},
  };
  return all;
}

} // namespace murphy::scenario
