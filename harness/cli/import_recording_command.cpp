#include "base/make_error.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/import_file.h"
#include "cli/terminal.h"
#include "imported/recording.h"
#include "scenario/files.h"

#include <fmt/format.h>

namespace murphy::cli {
namespace {

void tell(const ImportFile& file, const imported::RecordedScenario& found, const std::string& name) {
  file.say(fmt::format("{}: {} at {}.", count_of(found.actions, "action"),
                       count_of(found.scenario.steps.size(), "step"), found.origin));
  file.say_left_out(found.left_out);
  file.say_lifted(found.lifted);
  for (const imported::TypedValue& typed : found.typed)
    file.say(fmt::format("From the recording: {} \"{}\".", typed.field, typed.value));
  if (found.has_password || found.may_have_password)
    file.say(fmt::format("{} {} a password: do not commit it.", name, found.has_password ? "holds" : "may hold"));
  if (!found.scenario.steps.empty() && found.scenario.steps.back().expect.empty())
    file.say(
        "The last step expects nothing: add what a person should see there, such as expect = { text = \"Welcome\" }.");
}

} // namespace

ExitCode import_recording_command(const ImportOptions& options) {
  record::Redactor redactor;
  const auto refuse = [&](const Errors& errors) {
    show(errors, redactor);
    return exit_code(errors.front().kind);
  };
  const auto file = ImportFile::make(options, redactor);
  if (!file) return refuse(file.error());
  const auto text = scenario::load(options.file);
  if (!text) return refuse({text.error()});
  imported::KnownSecrets secrets(redactor);
  const auto found = imported::recorded_scenario(text->view(), file->values(), secrets);
  if (!found) return refuse({in_file(found.error(), options.file)});
  if (found->scenario.steps.empty()) {
    file->say("The recording has no page of an app, so nothing is written.");
    return ExitCode::nothing_selected;
  }
  tell(*file, *found, options.file);
  if (auto written = file->write(found->scenario); !written) return refuse({written.error()});
  return options.run && !options.dry_run ? file->run(found->scenario) : ExitCode::passed;
}

} // namespace murphy::cli
