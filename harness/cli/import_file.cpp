#include "cli/import_file.h"

#include "base/make_error.h"
#include "base/text.h"
#include "cli/inputs.h"
#include "cli/new_files.h"
#include "cli/recorded_run.h"
#include "cli/terminal.h"
#include "scenario/files.h"
#include "web/url/url.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace murphy::cli {
namespace {

namespace fs = std::filesystem;

// The property under which a user of the project holds what is typed to sign in; empty: none does.
std::string login_property(const scenario::User& user) {
  static constexpr std::array<const char*, 5> usual = {"email", "username", "login", "user", "name"};
  for (const char* property : usual)
    if (user.properties.contains(property)) return property;
  for (const auto& [property, setting] : user.properties)
    if (property != "password" && property != "totp") return property;
  return {};
}

std::vector<imported::KnownAccount> accounts_of(const scenario::Project& project) {
  std::vector<imported::KnownAccount> accounts;
  for (const auto& [name, user] : project.users) {
    imported::KnownAccount account{.name = name, .property = login_property(user), .login = {}};
    account.has_password = user.properties.contains("password");
    const auto login = user.properties.find(account.property);
    if (login == user.properties.end()) continue;
    if (login->second.from == scenario::Setting::From::text && login->second.text.is_literal())
      account.login = login->second.text.source;
    accounts.push_back(std::move(account));
  }
  return accounts;
}

bool is_file_name(const std::string& name) {
  return !name.empty() && !name.starts_with('.') && name.size() <= 100 && is_utf8(name) && visible(name) == name &&
         name.find_first_of("/\\:*?\"<>|\n\t") == std::string::npos;
}

std::string ticket_of(const ImportOptions& options) {
  return options.name.empty() ? fs::path(options.file).stem().string() : options.name;
}

// The status and the path that a step of a run ended on. A path that is made up to let somebody in is not shown.
imported::SeenThen seen_in(const record::StepResult& step) {
  if (!step.evidence.page) return {};
  const auto url = web::Url::parse(step.evidence.page->url);
  return {.status = step.evidence.page->status,
          .path = url ? imported::WrittenValues::pattern_of(url->path()) : std::string()};
}

// Whether a path, or a pattern, is as the pattern says: `*` stands for one whole part.
bool is_as(std::string_view path, std::string_view pattern) {
  return std::ranges::equal(split(path, '/'), split(pattern, '/'), [](std::string_view part, std::string_view meant) {
    return meant == "*" || part == meant;
  });
}

std::string shown(const imported::SeenThen& seen) { return fmt::format("{} {}", seen.status, seen.path); }

} // namespace

std::string joined_counts(const std::map<std::string, std::size_t>& counts) {
  std::vector<std::string> parts;
  for (const auto& [name, number] : counts) parts.push_back(fmt::format("{} ({})", name, number));
  return join(parts, ", ");
}

std::string count_of(std::size_t number, const char* one) {
  return fmt::format("{} {}{}", number, one, number == 1 ? "" : "s");
}

std::expected<ImportFile, Errors> ImportFile::make(const ImportOptions& options, record::Redactor& redactor) {
  ImportFile file(options, redactor);
  const std::string ticket = ticket_of(options);
  if (!is_file_name(ticket))
    return std::unexpected(Errors{usage_error(fmt::format("\"{}\" cannot be the name of a file", one_line(ticket)),
                                              "name the ticket: --name SUP-1423")});
  const auto outside = inputs({});
  if (!outside) return std::unexpected(Errors{outside.error()});
  file.loaded_ = load_project(options.project, *outside);
  if (!file.loaded_.errors.empty()) return std::unexpected(file.loaded_.errors);
  for (auto& secret : scenario::project_secrets(file.project(), *outside)) redactor.learn(std::move(secret));
  file.values_ = {.ticket = ticket, .accounts = accounts_of(file.project())};
  file.values_.takes_no_values = options.values == "placeholder";
  if (!options.user.empty()) {
    std::erase_if(file.values_.accounts, [&](const auto& account) { return account.name != options.user; });
    file.values_.is_account_named = true;
    if (file.values_.accounts.empty())
      return std::unexpected(Errors{usage_error(fmt::format("{} has no [user.{}] with what is typed to sign in",
                                                            one_line(file.project().file), one_line(options.user)),
                                                "name an account of the project with --as, or leave it out")});
  }
  const fs::path beside = fs::path(file.project().file).parent_path() / "scenarios";
  file.path_ = (options.directory.empty() ? beside : fs::path(options.directory)) / (ticket + ".toml");
  if (!options.dry_run)
    if (auto checked = check_new_files({file.path_}, options.force ? Existing::keep_as_backup : Existing::refuse);
        !checked)
      return std::unexpected(Errors{checked.error()});
  return file;
}

void ImportFile::say(const std::string& line) const { print_error(redactor_->redact(one_line(line)) + "\n"); }

void ImportFile::say_left_out(const std::map<std::string, std::size_t>& left_out) const {
  if (!left_out.empty()) say("No steps of their own: " + joined_counts(left_out) + ".");
}

void ImportFile::say_lifted(const std::vector<imported::LiftedValues::Lifted>& lifted) const {
  for (const imported::LiftedValues::Lifted& each : lifted)
    say(fmt::format("Set {} before you run it: {}.", each.variable, each.nature));
}

Result<void> ImportFile::write(const imported::ImportedScenario& scenario) const {
  const std::string text = imported::scenario_text(scenario);
  const auto project_text = scenario::load(project().file);
  const auto outside = inputs({});
  if (!project_text) return std::unexpected(project_text.error());
  if (!outside) return std::unexpected(outside.error());
  const Loaded read = load_texts({project().file, std::string(project_text->view())}, {path_.string(), text}, *outside);
  if (!read.errors.empty()) {
    Error error = read.errors.front();
    error.kind = ErrorKind::internal;
    error.hint = "Murphy cannot write down what was recorded; please report this";
    error.source_line.clear();
    return std::unexpected(std::move(error));
  }
  // What the allow-list let through by mistake is stopped here.
  const auto is_clean = [this](const std::string& part) { return redactor_->redact(part) == part; };
  if (!std::ranges::all_of(imported::recorded_parts(scenario), is_clean))
    return std::unexpected(internal_error("the scenario would hold a secret of the recording, so nothing is written",
                                          "write it by hand; and please report this"));
  if (options_->dry_run) {
    print_out(text);
    return {};
  }
  if (auto written = write_new_files({{path_, text}}, options_->force ? Existing::keep_as_backup : Existing::refuse);
      !written)
    return written;
  say(fmt::format("Wrote {}.", path_.string()));
  return {};
}

ExitCode ImportFile::run(const imported::ImportedScenario& recorded) const {
  RunOptions options;
  options.files = {.project = options_->project, .paths = {path_.string()}};
  options.target = options_->target;
  options.resolve = options_->resolve;
  options.jobs = 1;
  const auto prepared = prepare(options);
  if (!prepared) return prepared.error();
  const auto made = record_run(**prepared, options, {});
  if (!made) return show(made.error(), *redactor_), exit_code(made.error().front().kind);
  if (!made->errors.empty()) return show(made->errors, *redactor_), ExitCode::internal;
  for (const record::FeatureResult& feature : made->run.features) {
    for (const record::CaseResult& result : feature.cases) {
      for (std::size_t index = 0; index < std::min(result.steps.size(), recorded.steps.size()); ++index) {
        const imported::SeenThen then = recorded.steps[index].seen, now = seen_in(result.steps[index]);
        if (then.status == 0 || now.status == 0) continue;
        const bool is_same = then.status == now.status && is_as(now.path, then.path);
        if (is_same && result.steps[index].outcome == record::Outcome::passed) continue;
        say(is_same ? fmt::format("The same as recorded: step {} ended on {}.", index + 1, shown(now))
                    : fmt::format("Not as recorded: step {} ended on {}, and on {} then.", index + 1, shown(now),
                                  shown(then)));
        return exit_code(made->run);
      }
    }
  }
  const ExitCode code = exit_code(made->run);
  if (code != ExitCode::passed) return code;
  for (std::size_t index = recorded.steps.size(); index-- > 0;) {
    if (recorded.steps[index].seen.status < 400) continue;
    say(fmt::format("Not as recorded: step {} passes, and ended on {} then.", index + 1,
                    shown(recorded.steps[index].seen)));
    return code;
  }
  // What only has actions does not tell how they ended.
  if (std::ranges::any_of(recorded.steps, [](const auto& step) { return step.seen.status != 0; }))
    say("The same as recorded: every step ends as it did then.");
  return code;
}

} // namespace murphy::cli
