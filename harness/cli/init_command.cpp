#include "base/environment.h"
#include "base/make_error.h"
#include "base/text.h"
#include "base/toml_literal.h"
#include "cli/commands.h"
#include "cli/init_proof.h"
#include "cli/init_walk.h"
#include "cli/interrupt.h"
#include "cli/new_files.h"
#include "cli/own_origin.h"
#include "cli/target_setup.h"
#include "cli/terminal.h"
#include "cli/terminal_questions.h"
#include "drive/http_driver.h"
#include "init/account_name.h"
#include "scenario/references.h"
#include "web/selector/selector.h"
#include "web/url/public_suffix.h"

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <mutex>
#include <string_view>
#include <system_error>

namespace murphy::cli {
namespace {

constexpr const char* project_name = "murphy.toml";
constexpr const char* feature_name = "scenarios/sign-in.toml";
constexpr const char* usual_name = "member"; // of a user whose login makes no name

// A word as people give it to a shell.
std::string for_shell(const std::string& word) {
  const bool is_plain = !word.starts_with('-') && std::ranges::all_of(word, [](char c) {
    return is_alphanumeric(c) || std::string_view("/._-:@%+").contains(c);
  });
  if (is_plain) return word;
  std::string quoted = word.starts_with('-') ? "./'" : "'";
  for (const char c : word) quoted += c == '\'' ? "'\\''" : std::string(1, c);
  return quoted + "'";
}

// The app that Murphy looks at, as long as it looks.
struct App {
  std::unique_ptr<web::HttpClient> client;
  scenario::Project project; // of an app that Murphy starts, with that target alone
  scenario::Inputs inputs;
  std::optional<TargetSetup> setup;
  std::unique_ptr<target::RunningTarget> running;
  std::unique_ptr<drive::Driver> driver;
  std::string first_page; // to look at first
};

class InitCommand {
public:
  explicit InitCommand(const InitOptions& options) : options_(options), stop_(interrupt_.token()) {}

  ExitCode run() {
    const auto done = go();
    if (done) return *done;
    show({done.error()}, redactor_);
    return exit_code(done.error().kind);
  }

private:
  Result<ExitCode> go();
  Result<void> check_options() const;
  Result<void> open_app();
  Result<void> make_app_client();
  void drive_at(const web::Url& base);
  Result<void> open_running_app();
  Result<void> start_app();
  Result<Login> account(const SignInPage& page);
  std::shared_ptr<const Secret> learn_password(const ClearText& text, const std::string& user);
  Result<void> check_start_keeps_secrets() const;
  Result<std::shared_ptr<const Secret>> password(const SignInPage& page);
  Result<FoundDashboard> dashboard(InitWalk& walk, const SignInPage& page, Login& login);
  std::string ready_page(const SignInPage& page) const;
  Result<ExitCode> prove_and_write();
  void tell_next() const;
  ExitCode print_draft(const std::vector<std::string>& missing) const;
  bool would_tell_the_password() const;
  Result<TerminalQuestions> terminal() const;
  std::filesystem::path path_of(const char* name) const {
    return options_.directory.empty() ? std::filesystem::path(name) : std::filesystem::path(options_.directory) / name;
  }
  // Waits as the app asks, unless somebody stops it.
  bool pause(std::chrono::seconds asked) const;
  void say(const std::string& line) const { print_error(redactor_.redact(one_line(line)) + "\n"); }

  const InitOptions& options_;
  Interrupt interrupt_;
  std::stop_token stop_;
  record::Redactor redactor_;
  App app_;
  init::FoundProject found_;
  std::vector<std::string> markers_; // candidates for `shows`, the best first
  bool was_typed_ = false;           // the password
  std::shared_ptr<const Secret> password_;
};

Result<void> InitCommand::check_options() const {
  if (!options_.user.empty() && (!scenario::is_name(options_.user) || scenario::is_reserved(options_.user)))
    return std::unexpected(usage_error(fmt::format("\"{}\" cannot be the name of a user", options_.user),
                                       "start with a letter, then use letters, digits, - and _: --as ada"));
  if (!options_.shows.empty())
    if (const auto selector = web::Selector::parse(options_.shows); !selector)
      return std::unexpected(usage_error("--shows: " + selector.error().what, selector.error().hint));
  const std::string folder = options_.directory.empty() ? "." : options_.directory;
  std::error_code unreadable;
  if (!options_.start.empty() && !std::filesystem::is_directory(folder, unreadable))
    return std::unexpected(usage_error(fmt::format("there is no folder {}, in which --start would run", folder),
                                       "name the folder of the app with --directory"));
  return check_new_files({path_of(project_name), path_of(feature_name)},
                         options_.force ? Existing::keep_as_backup : Existing::refuse);
}

Result<void> InitCommand::make_app_client() {
  auto client = make_client({}, options_.resolve);
  if (!client) return std::unexpected(client.error());
  app_.client = std::move(*client);
  return {};
}

// A browser for the app, which takes what is typed nowhere else.
void InitCommand::drive_at(const web::Url& base) {
  app_.driver =
      drive::make_http_driver({.transport = bodies_to_own_origin(app_.client->transport(), base), .base = base});
}

Result<void> InitCommand::open_running_app() {
  auto address = web::Url::parse(options_.url);
  if (!address) {
    Error error = address.error();
    if (options_.url.starts_with('/'))
      error = usage_error(fmt::format("{} is a path, and no app is named", options_.url),
                          "give the whole address, or the command that starts the app with --start");
    else if (!options_.url.contains("://"))
      error.hint = "write the whole address: http://127.0.0.1:8000/login";
    return std::unexpected(std::move(error));
  }
  if (auto made = make_app_client(); !made) return made;
  drive_at(*address);
  app_.first_page = address->request_target();
  found_.target.url = address->without_credentials().origin();
  // An app may be at another address of its site: with https, with www.
  const auto visited = app_.driver->open(app_.first_page, {.stop = stop_});
  if (!visited) {
    Error error = visited.error().error;
    if (error.kind == ErrorKind::usage) error.kind = ErrorKind::target;
    if (error.hint.empty()) error.hint = "start the app, or let Murphy start it: --start COMMAND";
    return std::unexpected(std::move(error));
  }
  const auto landed = web::Url::parse(visited->page->url());
  if (landed && !web::same_origin(*landed, *address) &&
      web::registrable_domain(landed->host()) == web::registrable_domain(address->host())) {
    found_.target.url = landed->origin();
    app_.first_page = landed->request_target();
    drive_at(*landed);
    say(fmt::format("The app is at {}.", found_.target.url));
  }
  return {};
}

std::shared_ptr<const Secret> InitCommand::learn_password(const ClearText& text, const std::string& user) {
  auto secret = std::make_shared<const Secret>(text, user + ".password");
  redactor_.learn(secret);
  return secret;
}

Result<void> InitCommand::check_start_keeps_secrets() const {
  if (redactor_.redact(options_.start) == options_.start) return {};
  return std::unexpected(usage_error("--start contains the password, so the project would hold it",
                                     "let the app read the password from its environment or from a file"));
}

Result<void> InitCommand::start_app() {
  if (!options_.user.empty())
    if (const auto known = environment_variable(init::variable_of(options_.user, "password")); known && !known->empty())
      learn_password(*known, options_.user);
  if (auto checked = check_start_keeps_secrets(); !checked) return checked;
  const bool is_path = options_.url.starts_with('/');
  const auto address = web::Url::parse(is_path ? "http://127.0.0.1" + options_.url : options_.url);
  if (!address) return std::unexpected(address.error());
  const bool has_port = options_.start.contains("${port");
  if (is_path && !has_port)
    return std::unexpected(usage_error("--start does not say on which port the app listens",
                                       "pass ${port} to the app, as in --start 'bin/server --port ${port}'; or give "
                                       "the whole address"));
  found_.target.url =
      has_port ? fmt::format("{}://{}:${{port}}", address->scheme(), address->host()) : address->origin();
  found_.target.start = options_.start;
  app_.first_page = address->request_target();
  const std::string text =
      fmt::format("[target.local]\nurl = {}\nstart = {}\nready = {}\n", toml_literal(found_.target.url),
                  toml_literal(options_.start), toml_literal(app_.first_page));
  auto read = scenario::read_project(path_of(project_name).string(), text);
  if (!read.errors.empty()) {
    Error error = read.errors.front();
    error.place = {};
    error.source_line.clear();
    return std::unexpected(std::move(error));
  }
  auto outside = inputs({});
  if (!outside) return std::unexpected(outside.error());
  app_.project = *std::move(read.project);
  app_.inputs = *std::move(outside);
  auto setup = TargetSetup::make(app_.project.targets.front(), app_.project, app_.inputs, options_.resolve);
  if (!setup) return std::unexpected(setup.error());
  app_.setup.emplace(*std::move(setup));
  say("Starting the app.");
  auto started = app_.setup->start(stop_);
  if (!started) {
    for (const std::string& line : last_lines(started.error().console))
      print_error(visible(redactor_.redact(line)) + "\n");
    return std::unexpected(started.error().error);
  }
  app_.running = *std::move(started);
  const auto base = web::Url::parse(app_.running->settings().url);
  if (!base) return std::unexpected(base.error());
  if (auto made = make_app_client(); !made) return made;
  drive_at(*base);
  return {};
}

Result<void> InitCommand::open_app() { return options_.start.empty() ? open_running_app() : start_app(); }

Result<TerminalQuestions> InitCommand::terminal() const {
  auto terminal = std::getenv("CI") != nullptr ? std::nullopt : TerminalQuestions::open();
  if (terminal) return *std::move(terminal);
  const std::string name = options_.user.empty() ? "ada" : options_.user;
  const std::string& property = found_.account.property;
  std::string variables = init::variable_of(name, "password");
  if (!found_.sign_in.user_field.empty()) variables = init::variable_of(name, property) + " and " + variables;
  return std::unexpected(usage_error("there is no terminal on which Murphy can ask for the account",
                                     fmt::format("set {} in the environment, and add --as {}", variables, name)));
}

Result<std::shared_ptr<const Secret>> InitCommand::password(const SignInPage& page) {
  const std::string& variable = found_.account.variable;
  std::optional<ClearText> text = environment_variable(variable);
  if (text && !text->empty()) {
    hide_environment_variable(variable);
  } else {
    const auto questions = terminal();
    if (!questions) return std::unexpected(questions.error());
    auto typed = questions->ask_secret(page.password_label + ": ", stop_);
    if (!typed) return std::unexpected(typed.error());
    if (typed->empty())
      return std::unexpected(usage_error("an empty password signs nobody in", "run the command again and type one"));
    text = *std::move(typed);
    was_typed_ = true;
  }
  auto secret = learn_password(*text, found_.account.name);
  if (auto checked = check_start_keeps_secrets(); !checked) return std::unexpected(checked.error());
  return secret;
}

Result<Login> InitCommand::account(const SignInPage& page) {
  init::FoundAccount& account = found_.account;
  account.property = page.form.user != nullptr && init::asks_for_email(*page.form.user) ? "email" : "name";
  account.name = options_.user;
  const bool has_user = !page.names.user_field.empty();
  std::optional<ClearText> known;
  if (has_user && !account.name.empty())
    known = environment_variable(init::variable_of(account.name, account.property));
  if (known && !known->empty()) {
    account.login = std::string(known->view());
  } else if (has_user) {
    const auto questions = terminal();
    if (!questions) return std::unexpected(questions.error());
    say("Sign in with an account of the app's test data.");
    auto typed = questions->ask(page.user_label + ": ", stop_);
    if (!typed) return std::unexpected(typed.error());
    account.login = *std::move(typed);
  }
  if (has_user && account.login.empty())
    return std::unexpected(usage_error("an empty name signs nobody in", "run the command again and type one"));
  if (account.name.empty()) account.name = init::user_name_of(account.login);
  if (account.name.empty() || scenario::is_reserved(account.name)) account.name = usual_name;
  account.variable = init::variable_of(account.name, "password");
  const auto secret = password(page);
  if (!secret) return std::unexpected(secret.error());
  password_ = *secret;
  return Login{.user = account.login, .password = *secret};
}

Result<FoundDashboard> InitCommand::dashboard(InitWalk& walk, const SignInPage& page, Login& login) {
  auto found = walk.find_dashboard(page, login);
  if (found || !walk.was_refused() || !was_typed_) return found;
  say(found.error().what + ". Type the password again.");
  const auto again = password(page);
  if (!again) {
    Error error = again.error();
    if (error.kind == ErrorKind::usage) error.kind = ErrorKind::target; // one was sent
    return std::unexpected(std::move(error));
  }
  password_ = login.password = *again;
  return walk.find_dashboard(page, login);
}

// The first page says when an app is up, unless it answers with an error.
std::string InitCommand::ready_page(const SignInPage& page) const {
  const auto first = app_.driver->probe("/", drive::Credentials::omit, record::Reason::opened, {.stop = stop_});
  return first && first->page->status() < 400 ? std::string() : page.names.page;
}

// Whether what was found on pages behind the sign-in spells the password. A password that is a word of the sign-in page
// or of the address anyway is not given away by it.
bool InitCommand::would_tell_the_password() const {
  const auto tells = [this](const std::string& text) { return redactor_.redact(text) != text; };
  const init::FoundSignIn& sign_in = found_.sign_in;
  const bool is_no_secret = tells(found_.account.login) || tells(found_.target.url) || tells(sign_in.page) ||
                            tells(sign_in.submit) || tells(sign_in.user_field) || tells(sign_in.password_field);
  return !is_no_secret && (tells(init::project_text(found_)) || tells(init::scenarios_text(found_)));
}

ExitCode InitCommand::print_draft(const std::vector<std::string>& missing) const {
  std::string text;
  for (const std::string& line : missing) text += "# not proven: " + redactor_.redact(one_line(line)) + "\n";
  if (!would_tell_the_password())
    text += fmt::format("# {}\n{}\n# {}\n{}", project_name, init::project_text(found_), feature_name,
                        init::scenarios_text(found_));
  print_out(text);
  return missing.empty() ? ExitCode::passed : ExitCode::target;
}

Result<ExitCode> InitCommand::prove_and_write() {
  if (would_tell_the_password())
    return std::unexpected(target_error("the page behind the sign-in shows the password, so the files would hold it",
                                        "use an account whose password is no word of the app"));
  const std::string project = init::project_text(found_), feature = init::scenarios_text(found_);
  // Paths in a project are relative to its own folder.
  const auto run = prove({.project = {path_of(project_name).string(), project},
                          .feature = {path_of(feature_name).string(), feature},
                          .variable = found_.account.variable,
                          .password = password_,
                          .resolve = options_.resolve},
                         redactor_, stop_);
  if (!run) return std::unexpected(run.error().front());
  if (stop_.stop_requested()) return ExitCode::interrupted;
  if (const auto faults = faults_of(*run); !faults.empty()) {
    say("Not proven, so nothing is written. This is the draft, and what speaks against it:");
    if (markers_.size() > 1)
      say(fmt::format("Other candidates for --shows: {}", join({markers_.begin() + 1, markers_.end()}, ", ")));
    return print_draft(faults);
  }
  const int scenarios = record::totals(*run).all();
  say(fmt::format("Ran what it writes: {} scenarios passed.", scenarios));
  if (options_.dry_run) return print_draft({});
  const auto written = write_new_files({{path_of(feature_name), feature}, {path_of(project_name), project}},
                                       options_.force ? Existing::keep_as_backup : Existing::refuse);
  if (!written) return std::unexpected(written.error());
  say(fmt::format("Wrote {} and {}.", path_of(project_name).string(), path_of(feature_name).string()));
  tell_next();
  return ExitCode::passed;
}

// Typed in so that no history of a shell keeps the password.
void InitCommand::tell_next() const {
  print_error("\nNext:\n");
  if (was_typed_) print_error(fmt::format("  read -rs {0} && export {0}\n", found_.account.variable));
  std::string resolve;
  for (const std::string& each : options_.resolve) resolve += " --resolve " + for_shell(each);
  const std::string go_there =
      options_.directory.empty() ? "" : fmt::format("cd {} && ", for_shell(options_.directory));
  print_error(fmt::format("  {0}murphy run{1}\n  murphy snapshot{1}\n", go_there, resolve));
}

bool InitCommand::pause(std::chrono::seconds asked) const {
  say(fmt::format("The app takes no more requests for {} s. Murphy waits for it once.", asked.count()));
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any over;
  over.wait_for(lock, stop_, asked, [] { return false; });
  return !stop_.stop_requested();
}

Result<ExitCode> InitCommand::go() {
  if (auto checked = check_options(); !checked) return std::unexpected(checked.error());
  if (auto opened = open_app(); !opened) return std::unexpected(opened.error());
  InitWalk walk(*app_.driver,
                {.sign_in = options_.sign_in,
                 .submit = options_.submit,
                 .user_field = options_.user_field,
                 .password_field = options_.password_field,
                 .dashboard = options_.dashboard,
                 .shows = options_.shows,
                 .sign_out = options_.sign_out},
                options_.insecure ? InClear::allowed : InClear::refused, {.stop = stop_},
                [this](std::chrono::seconds asked) { return pause(asked); });
  const auto page = walk.look(app_.first_page);
  if (!page) return std::unexpected(page.error());
  found_.sign_in = page->names;
  const std::string fields = page->names.user_field.empty()
                                 ? page->names.password_field
                                 : page->names.user_field + ", " + page->names.password_field;
  say(fmt::format("{} has the sign-in form: \"{}\" sends {}.", page->names.page, page->names.submit, fields));
  auto login = account(*page);
  if (!login) return std::unexpected(login.error());
  auto found = dashboard(walk, *page, *login);
  if (!found) return std::unexpected(found.error());
  found_.landing = found->landing;
  found_.dashboard = found->page;
  say(fmt::format("Signed in. {} is open now; without a session, the app answers {} {}.", found->page,
                  found->of_stranger->status(), found->of_stranger->path()));
  if (auto tried = walk.find_way_out(*page, *login, *found); !tried) return std::unexpected(tried.error());
  found_.sign_out = found->sign_out;
  if (const auto* unknown = std::get_if<init::SignOutUnknown>(&found_.sign_out))
    say(unknown->tried.empty() ? "Found no link or button that signs out: its scenario is left out."
                               : fmt::format("\"{}\" {}: its scenario is left out.", unknown->tried, unknown->does));
  else
    say("Found the way out: the dashboard is closed afterwards.");
  found_.target.ready = ready_page(*page);
  // The run starts the app again.
  app_.driver.reset();
  app_.running.reset();
  markers_ = found->markers;
  if (markers_.empty()) {
    say(fmt::format("Nothing on {} distinguishes it from what strangers get, so nothing is written. Name an element "
                    "that only signed-in users see: --shows CSS",
                    found->page));
    return print_draft({"the dashboard has no element that strangers do not get"});
  }
  found_.shows = markers_.front();
  say(fmt::format("Only signed-in users see {}.", found_.shows));
  return prove_and_write();
}

} // namespace

ExitCode init_command(const InitOptions& options) { return InitCommand(options).run(); }

} // namespace murphy::cli
