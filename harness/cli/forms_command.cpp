#include "base/log_commands.h"
#include "base/make_error.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/forms_text.h"
#include "cli/inputs.h"
#include "cli/interrupt.h"
#include "cli/target_setup.h"
#include "cli/terminal.h"
#include "drive/http_driver.h"
#include "drive/http_page.h"
#include "init/markers.h"
#include "record/redact.h"
#include "record/tokens.h"
#include "run/steps/step.h"
#include "web/navigation/challenge.h"
#include "words/failure_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::cli {
namespace {

constexpr std::size_t most_markers = 3;

bool is_whole(const std::string& address) { return address.starts_with("http://") || address.starts_with("https://"); }

// The page of a visit, or why there is none.
Result<std::shared_ptr<const drive::HttpPage>> page_of(const drive::Visited& visited) {
  if (!visited) return std::unexpected(visited.error().error);
  return std::static_pointer_cast<const drive::HttpPage>(visited->page);
}

// What the answer asks for that no form shows.
std::vector<std::string> notes(const drive::HttpPage& page) {
  std::vector<std::string> all;
  if (page.status() == 401) {
    for (const web::Challenge& challenge : web::challenges(page.own_headers())) {
      const std::string realm = challenge.parameter("realm");
      const std::string name = ascii_upper(challenge.scheme.substr(0, 1)) + challenge.scheme.substr(1);
      const std::string asks = fmt::format("it asks for HTTP authentication by {}{}", name,
                                           realm.empty() ? "" : fmt::format(", realm \"{}\"", realm));
      all.push_back(
          web::is_answerable(challenge)
              ? fmt::format("{}: add authorize = {{ {} = [name, password] }} to the target", asks, challenge.scheme)
              : asks);
    }
  }
  if (const std::string* wait = record::find_header(page.own_headers(), "Retry-After"))
    all.push_back(fmt::format("it asks to come back later: Retry-After: {}", *wait));
  if (page.is_made_by_scripts())
    all.emplace_back("scripts make this page, and Murphy runs none: what they show is not listed here");
  return all;
}

web::PageDescription describe(const drive::HttpPage& page, const web::Document& document, record::Redactor& redactor) {
  for (const web::Control& control : page.forms().controls)
    if (control.type == "hidden" && record::is_sensitive(control.name, control.value))
      redactor.learn_token(control.name, control.value);
  return web::describe(document, page.forms());
}

void add_frames(const drive::HttpPage& page, record::Redactor& redactor, std::vector<FormsFrame>& frames) {
  for (const drive::Frame& frame : page.frames()) {
    FormsFrame& read = frames.emplace_back();
    read.label = frame.label;
    read.refusal = frame.refusal;
    if (!frame.page) continue;
    if (const auto document = frame.page->document())
      read.forms = describe(*frame.page, **document, redactor);
    else
      read.refusal = document.error().what;
    add_frames(*frame.page, redactor, frames);
  }
}

Result<FormsPage> read(const drive::Visited& visited, record::Redactor& redactor) {
  const auto visited_page = page_of(visited);
  if (!visited_page) return std::unexpected(visited_page.error());
  const drive::HttpPage& page = **visited_page;
  const auto document = page.document();
  // An answer that asks for a password may well have no page.
  if (!document) return std::unexpected(drive::with_hint(document.error(), join(notes(page), "\n")));
  FormsPage read;
  read.url = page.url();
  read.status = page.status();
  read.title = page.title();
  for (std::size_t at = 0; at + 1 < visited->answers.size(); ++at)
    read.redirects.push_back(fmt::format("{} {}", visited->answers[at]->status(), visited->answers[at]->path()));
  read.notes = notes(page);
  read.forms = describe(page, **document, redactor);
  add_frames(page, redactor, read.frames);
  return read;
}

// Every text of the page, before lines are broken in it: half a secret would not be known for one.
void mask(FormsPage& page, const record::Redactor& redactor) {
  const auto text = [&](std::string& each) { each = record::redact_text(each, redactor); };
  const auto texts = [&](std::vector<std::string>& all) { std::ranges::for_each(all, text); };
  const auto fields = [&](std::vector<web::FieldDescription>& all) {
    for (web::FieldDescription& field : all) {
      for (std::string* each : {&field.label, &field.name, &field.id, &field.value, &field.barred}) text(*each);
      texts(field.rules);
      texts(field.options);
    }
  };
  const auto forms = [&](web::PageDescription& all) {
    for (web::FormDescription& form : all.forms) {
      for (std::string* each : {&form.name, &form.id, &form.action, &form.sends}) text(*each);
      fields(form.fields);
      for (web::HiddenDescription& hidden : form.hidden) text(hidden.value);
      for (web::ButtonDescription& button : form.buttons)
        for (std::string* each : {&button.words, &button.value, &button.differs}) text(*each);
      texts(form.warnings);
    }
    fields(all.outside);
    texts(all.warnings);
  };
  text(page.url);
  text(page.title);
  texts(page.redirects);
  texts(page.notes);
  texts(page.markers);
  forms(page.forms);
  for (FormsFrame& frame : page.frames) {
    for (std::string* each : {&frame.label, &frame.refusal}) text(*each);
    forms(frame.forms);
  }
}

ExitCode tell(Result<FormsPage> page, bool as_json, const record::Redactor& redactor) {
  if (!page) {
    show({page.error()}, redactor);
    return exit_code(page.error().kind);
  }
  mask(*page, redactor);
  if (as_json)
    write_out(json_without_commands(redactor.redact(forms_json(*page))));
  else
    print_out(redactor.redact(forms_text(*page, style_of(Stream::output))));
  return ExitCode::passed;
}

// Looks at a page of an app that is there, without a project.
Result<FormsPage> look_at(const FormsOptions& options, record::Redactor& redactor, const std::stop_token& stop) {
  const auto url = web::Url::parse(options.page);
  if (!url) return std::unexpected(url.error());
  const auto client = make_client({}, options.resolve);
  if (!client) return std::unexpected(client.error());
  const auto driver = drive::make_http_driver({(*client)->transport(), *url, {}});
  return read(driver->open(options.page, {.stop = stop}), redactor);
}

// Signs in as the project says. Errors: why that cannot be, or what did not hold.
Result<void> sign_in(const std::string& user, const scenario::Project& project, target::RunningTarget& app,
                     drive::Driver& driver, scenario::Scope& scope, const drive::Limits& limits) {
  run::ControlCheck control([](const record::Event&) {});
  run::AppDatabase database([] { return std::optional<Result<record::Schema>>(); });
  const run::CaseContext context{.project = project,
                                 .app = app,
                                 .control = control,
                                 .database = database,
                                 .learn_token = [](std::string_view, std::string_view, std::string_view) {},
                                 .target = app.settings().name,
                                 .step_deadline = limits.deadline,
                                 .diagnose = {},
                                 .stop = limits.stop};
  scenario::Step step;
  step.place = project.app.sign_in->place;
  step.verb = scenario::SignIn{.user = user, .by = {}};
  const record::StepResult result = run::StepRunner(context, driver, scope).run(step, {}, limits.stop);
  if (result.error) return std::unexpected(*result.error);
  if (result.failures.empty()) return {};
  const words::FailureText text = words::failure_text(result.failures.front());
  Error error;
  error.kind = ErrorKind::target;
  error.what = fmt::format("cannot sign in as \"{}\": expected {}, got {}", user, text.expected, text.got);
  error.hint = text.hint;
  return std::unexpected(std::move(error));
}

// What of the page a stranger does not get.
void add_markers(FormsPage& page, const drive::Visited& of_member, const std::string& address, drive::Driver& driver,
                 const drive::Limits& limits) {
  driver.fresh_session();
  const auto member = page_of(of_member), stranger = page_of(driver.open(address, limits));
  if (!member || !stranger) return;
  const auto of_page = (*member)->document(), of_stranger = (*stranger)->document();
  if (!of_page || !of_stranger) return;
  page.markers = init::markers({.of_member = {of_page->get()}, .of_strangers = {of_stranger->get()}});
  page.markers.resize(std::min(page.markers.size(), most_markers));
}

// Looks at a page of the project's target, which is started where it is ours to start.
Result<FormsPage> look_at_target(const FormsOptions& options, const scenario::Project& project,
                                 const scenario::Target& target, const scenario::Inputs& inputs,
                                 record::Redactor& redactor, const std::stop_token& stop) {
  auto setup = TargetSetup::make(target, project, inputs, options.resolve);
  if (!setup) return std::unexpected(setup.error());
  const auto waits = [&](const std::string& words) { remark(words, redactor); };
  const auto app = setup->start(stop, {.alive = {}, .waits = waits});
  if (!app) return std::unexpected(app.error().error);
  const auto driver = setup->new_driver(**app);
  if (!driver) return std::unexpected(driver.error());
  const drive::Limits limits{.deadline = target.timeout, .stop = stop};
  if (!options.user.empty()) {
    scenario::Scope scope(project, inputs, "murphy forms");
    if (project.users.at(options.user).pool > 0) scope.set_member(options.user, 1);
    if (auto signed_in = sign_in(options.user, project, **app, **driver, scope, limits); !signed_in)
      return std::unexpected(std::move(signed_in.error()));
  }
  const drive::Visited visited = (*driver)->open(options.page, limits);
  Result<FormsPage> page = read(visited, redactor);
  if (page && !options.user.empty()) add_markers(*page, visited, options.page, **driver, limits);
  return page;
}

std::optional<Error> check_user(const std::string& user, const scenario::Project& project) {
  if (user.empty()) return std::nullopt;
  std::vector<std::string> names;
  for (const auto& [name, each] : project.users) names.push_back(name);
  if (!project.users.contains(user))
    return usage_error(fmt::format("there is no user \"{}\" in {}", user, project.file),
                       names.empty() ? "add [user." + user + "]" : "its users: " + join(names, ", "));
  if (!project.app.sign_in)
    return usage_error(project.file + " does not say how to sign in",
                       "add sign_in = { page = \"/login\", submit = \"Sign in\", fields = { … } } to [app]");
  return std::nullopt;
}

} // namespace

ExitCode forms_command(const FormsOptions& options) {
  record::Redactor redactor;
  auto outside = inputs(options.variables);
  if (!outside) return show({outside.error()}, redactor), exit_code(outside.error().kind);
  outside->learn_secret = [&redactor](std::shared_ptr<const Secret> secret) { redactor.learn(std::move(secret)); };
  for (const auto& [name, secret] : outside->secrets) redactor.learn(secret);

  if (is_whole(options.page) && options.user.empty() && options.project.empty() && options.target.empty()) {
    const Interrupt interrupt;
    return tell(look_at(options, redactor, interrupt.token()), options.json, redactor);
  }
  if (!is_whole(options.page) && options.page.contains("://"))
    return show({usage_error("Murphy speaks HTTP and HTTPS", "name an address that begins with http:// or https://")},
                redactor),
           ExitCode::usage;
  const Loaded loaded = load_project(options.project, *outside);
  Errors errors = loaded.errors;
  std::optional<Error> refused = errors.empty() ? check_user(options.user, *loaded.project) : std::nullopt;
  if (refused) errors.push_back(std::move(*refused));
  if (!errors.empty()) return show(errors, redactor), ExitCode::usage;
  for (auto& secret : scenario::project_secrets(*loaded.project, *outside)) redactor.learn(std::move(secret));
  const auto target = choose_target(*loaded.project, options.target);
  if (!target) return show({target.error()}, redactor), ExitCode::usage;
  const Interrupt interrupt;
  return tell(look_at_target(options, *loaded.project, **target, *outside, redactor, interrupt.token()), options.json,
              redactor);
}

} // namespace murphy::cli
