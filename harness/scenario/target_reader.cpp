#include "scenario/target_reader.h"

#include "base/sign_in_words.h"
#include "base/text.h"
#include "scenario/credentials.h"
#include "scenario/setting_reader.h"
#include "scenario/variables.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>

namespace murphy::scenario {

namespace {

// The ports that a text names; "" is ${port}.
std::vector<std::string> ports_in(const Text& text) {
  std::vector<std::string> names;
  for (const Text::Part& part : text.parts()) {
    if (auto name = part.reference ? port_named(part.text) : std::nullopt) names.push_back(std::move(*name));
  }
  return names;
}

// Why a text is no origin, as far as what is written shows it; empty when it may be one.
std::string refused_origin(std::string_view source) {
  if (source.starts_with("${")) return {}; // what it stands for is known when the run begins
  if (!source.starts_with("http://") && !source.starts_with("https://"))
    return "an origin begins with http:// or https://";
  const std::string_view host = source.substr(source.find("://") + 3);
  if (host.empty() || host.front() == ':' || host.front() == '/') return "this origin has no host";
  if (host.find('@') != std::string_view::npos) return "an origin has no user name";
  if (host.find('*') != std::string_view::npos) return "an origin is one host; * matches none";
  if (host.find_first_of("/?#") != std::string_view::npos) return "an origin has no path, query or fragment";
  return {};
}
bool is_whole_address(std::string_view text) { return text.starts_with("http://") || text.starts_with("https://"); }

class TargetReader {
public:
  TargetReader(Reading& reading, const Member& around, const Project& project)
      : reading_(reading), around_(around), directory_(project.directory),
        context_{.reach = {.project = project,
                           .checks = reading.checks(),
                           .users = false,
                           .port = true,
                           .steps = false,
                           .captures = {}},
                 .mentions = {}} {}

  Target read() {
    target_.name = around_.key;
    target_.place = reading_.place(around_.value.span);
    target_.source_line = reading_.source_line(around_.value.span);
    target_.directory = directory_;
    reading_.check_keys(around_.value, target_keys);
    for (const Member& member : around_.value.members) setting(member, entry(member, target_keys));
    if (target_.ready.empty()) target_.ready.push_back({"/", target_.place, target_.source_line, {}});
    check_port();
    check_other_ports();
    check_diagnose();
    check_restart();
    check_console();
    check_process();
    target_.uses = std::move(context_.mentions.environment);
    return std::move(target_);
  }

private:
  void setting(const Member& member, const Entry& at) {
    if (member.key == "url") {
      url(member, at);
    } else if (member.key == "origins") {
      origins(at);
    } else if (member.key == "allowed_hosts") {
      allowed_hosts(at);
    } else if (member.key == "start") {
      target_.start = texts(at);
    } else if (member.key == "ready") {
      ready(at);
    } else if (member.key == "directory") {
      if (auto path = reading_.filled_literal(at)) target_.directory = below(*path);
    } else if (member.key == "env") {
      environment(member, at);
    } else if (member.key == "start_timeout") {
      if (auto limit = reading_.duration(at)) target_.start_timeout = *limit;
    } else if (member.key == "timeout") {
      if (auto limit = reading_.duration(at)) target_.timeout = *limit;
    } else if (member.key == "socket") {
      if (auto path = reading_.filled_literal(at)) target_.unix_socket = below(*path);
    } else if (member.key == "database") {
      target_.database = read_setting(reading_, at, "the database's address", directory_, context_);
    } else if (member.key == "console") {
      console(at);
    } else if (member.key == "process") {
      process(at);
    } else if (member.key == "tls") {
      tls(member, at);
    } else if (member.key == "authorize") {
      target_.authorize = read_authorization(reading_, at, context_);
    } else if (member.key == "headers") {
      target_.headers = read_headers(reading_, at, context_);
    } else if (member.key == "restart") {
      target_.restart = reading_.boolean(at).value_or(false);
    } else if (member.key == "production") {
      target_.production = reading_.boolean(at).value_or(false);
    } else if (member.key == "diagnose") {
      target_.diagnose = reading_.boolean(at);
    } else if (member.key == "lockout") {
      lockout(member, at);
    } else if (member.key == "trace_url") {
      trace_url(member, at);
    }
  }

  std::string below(const std::string& path) const {
    return (std::filesystem::path(directory_) / path).lexically_normal().string();
  }

  void url(const Member& member, const Entry& at) {
    std::optional<Text> text = reading_.filled_text(at, context_);
    if (!text) return;
    const std::string& source = member.value.text;
    const bool has_scheme = source.starts_with("http://") || source.starts_with("https://");
    if (source.starts_with("${")) {
      // What it stands for is known when the run begins.
    } else if (!has_scheme) {
      const std::size_t scheme = source.find("://");
      reading_.error(member.value.span, "the address of a target begins with http:// or https://",
                     scheme == std::string::npos ? "write \"http://" + source + "\"" : "Murphy speaks HTTP and HTTPS");
      return;
    } else if (const std::size_t host = source.find("://") + 3;
               host == source.size() || source[host] == '/' || source[host] == ':') {
      reading_.error(member.value.span, "this address has no host", R"(write "http://127.0.0.1:8080")");
      return;
    }
    target_.url = std::move(*text);
  }

  void origins(const Entry& at) {
    if (!reading_.expect_kind(at, Node::Kind::array, "a list of origins")) return;
    if (at.value.items.empty()) reading_.is_empty(at);
    for (const Node& item : at.value.items) {
      std::optional<Text> text = reading_.filled_text({at.key, at.example, item}, context_);
      if (!text) continue;
      if (const std::string why = refused_origin(item.text); !why.empty())
        reading_.error(item.span, why,
                       R"(write a scheme, a host and a port where it is not the usual one: )"
                       R"("https://www.example.com" or "http://localhost:8080")");
      else
        target_.origins.push_back(std::move(*text));
    }
  }

  void allowed_hosts(const Entry& at) {
    if (!reading_.expect_kind(at, Node::Kind::array, "a list of hosts")) return;
    if (at.value.items.empty()) reading_.is_empty(at);
    for (const Node& item : at.value.items) {
      const std::optional<std::string> host = reading_.filled_literal({at.key, at.example, item});
      if (!host) continue;
      const std::string_view name = std::string_view(*host).substr(host->starts_with("*.") ? 2 : 0);
      const auto is_of_host = [](char c) { return is_alphanumeric(c) || std::string_view("-._[:]").contains(c); };
      if (name.empty() || !std::ranges::all_of(name, is_of_host))
        reading_.error(item.span, in_quotes(*host) + " is not a host",
                       R"(write it without scheme and path: "login.example.com", "127.0.0.1:8080" or "*.example.com")");
      else
        target_.allowed_hosts.push_back(ascii_lower(*host));
    }
  }

  // One text, or a list of them.
  std::vector<Text> texts(const Entry& at) {
    std::vector<Text> result;
    if (at.value.is(Node::Kind::array)) {
      if (at.value.items.empty()) reading_.is_empty(at);
      for (const Node& item : at.value.items) {
        if (auto text = reading_.filled_text({at.key, at.example, item}, context_)) result.push_back(std::move(*text));
      }
    } else if (auto text = reading_.filled_text(at, context_)) {
      result.push_back(std::move(*text));
    }
    return result;
  }

  void ready(const Entry& at) {
    const bool is_list = at.value.is(Node::Kind::array);
    const std::vector<const Node*> values = [&] {
      std::vector<const Node*> all;
      if (!is_list) return std::vector<const Node*>{&at.value};
      for (const Node& item : at.value.items) all.push_back(&item);
      return all;
    }();
    for (const Node* value : values) {
      const std::string& source = value->text;
      const bool is_good = !value->is(Node::Kind::text) || source.starts_with("/") || source.starts_with("${") ||
                           is_whole_address(source) || trim(source).empty();
      if (is_good) continue;
      reading_.error(value->span, "\"ready\" is a path of the app, which begins with /, or a whole address",
                     "write \"/" + source + "\"");
    }
    target_.ready = texts(at);
  }

  void environment(const Member& member, const Entry& at) {
    if (!reading_.expect_kind(at, Node::Kind::table, "a table with a text for each variable")) return;
    for (const Member& variable : member.value.members) {
      if (variable.key.empty() || variable.key.find('=') != std::string::npos) {
        reading_.error(variable.span, "\"" + variable.key + "\" cannot be the name of an environment variable",
                       "write one like RAILS_ENV");
        continue;
      }
      context_.secret = names_a_secret(variable.key);
      if (auto text = reading_.text({variable.key, R"(env = { RAILS_ENV = "test" })", variable.value}, context_)) {
        target_.environment.emplace(variable.key, std::move(*text));
      }
    }
    context_.secret = false;
  }

  void console(const Entry& at) {
    if (!reading_.expect_kind(at, Node::Kind::table, "a table")) return;
    const std::size_t before = reading_.errors();
    reading_.check_keys(at.value, console_keys);
    if (reading_.errors() != before) return;
    const Member* file = at.value.find("file");
    const Member* command = at.value.find("command");
    if ((file != nullptr) == (command != nullptr)) {
      reading_.error(file ? command->span : at.value.span, "a console is read from one place",
                     R"(write { file = "log/production.log" } or { command = "journalctl -fn0 -u app" })");
      return;
    }
    const Member& from = file ? *file : *command;
    const std::optional<std::string> text = reading_.filled_literal(entry(from, console_keys));
    if (!text) return;
    target_.console = TargetConsole{.file = file ? below(*text) : std::string(),
                                    .command = command ? *text : std::string(),
                                    .place = reading_.place(from.value.span),
                                    .source_line = reading_.source_line(from.value.span)};
  }

  void process(const Entry& at) {
    if (!reading_.expect_kind(at, Node::Kind::table, "a table")) return;
    const std::size_t before = reading_.errors();
    reading_.check_keys(at.value, process_keys);
    if (reading_.errors() != before) return;
    const Member* file = at.value.find("pid_file");
    if (file == nullptr) {
      reading_.error(at.value.span, "a process has no \"pid_file\"", "write " + std::string(at.example));
      return;
    }
    if (const auto path = reading_.filled_literal(entry(*file, process_keys)))
      target_.process = TargetProcess{.pid_file = below(*path),
                                      .place = reading_.place(file->value.span),
                                      .source_line = reading_.source_line(file->value.span)};
  }

  void tls(const Member& member, const Entry& at) {
    if (!reading_.expect_kind(at, Node::Kind::table, "a table")) return;
    reading_.check_keys(member.value, tls_keys);
    for (const Member& one : member.value.members) {
      std::string* path = one.key == "ca"            ? &target_.tls.ca
                          : one.key == "certificate" ? &target_.tls.certificate
                          : one.key == "key"         ? &target_.tls.key
                                                     : nullptr;
      if (!path) continue;
      if (auto text = reading_.filled_literal(entry(one, tls_keys))) *path = below(*text);
    }
    const Member* certificate = member.value.find("certificate");
    const Member* key = member.value.find("key");
    if ((certificate == nullptr) == (key == nullptr)) return;
    reading_.error((certificate ? certificate : key)->span, "a client certificate and its key come together",
                   certificate ? "add key = \"client-key.pem\"" : "add certificate = \"client.pem\"");
  }

  void lockout(const Member& member, const Entry& at) {
    constexpr std::int64_t largest = 1000;
    if (!reading_.expect_kind(at, Node::Kind::integer, "a whole number")) return;
    if (member.value.integer < 1 || member.value.integer > largest) {
      reading_.error(member.value.span,
                     "\"lockout\" is a number of failed sign-ins from 1 to " + std::to_string(largest),
                     "remove it if the app never locks accounts");
      return;
    }
    target_.lockout = static_cast<int>(member.value.integer);
  }

  // ${trace} is no reference: what it stands for is another for each scenario.
  void trace_url(const Member& member, const Entry& at) {
    if (!reading_.expect_kind(at, Node::Kind::text, "text")) return;
    const std::string& source = member.value.text;
    constexpr std::string_view place = "${trace}";
    const bool is_address = source.starts_with("http://") || source.starts_with("https://");
    const std::size_t first = source.find("${");
    const bool is_only_one = first != std::string::npos && source.substr(first).starts_with(place) &&
                             source.find("${", first + 1) == std::string::npos;
    if (is_address && is_only_one) {
      target_.trace_url = source;
      return;
    }
    reading_.error(member.value.span,
                   is_address
                       ? "\"trace_url\" holds ${trace} once, in place of the trace's id, and nothing else like it"
                       : "\"trace_url\" is an address that begins with http:// or https://",
                   "write " + std::string(at.example));
  }

  // Where real people work, nobody signs in with a wrong password only to learn more.
  void check_diagnose() {
    if (!target_.production || !target_.diagnose.value_or(false)) return;
    reading_.error(around_.value.find("diagnose")->span, "Murphy never probes a production target",
                   "remove \"diagnose\", or remove \"production\" if no real people use this target");
  }

  void check_restart() {
    if (!target_.restart || around_.value.find("start")) return;
    reading_.error(around_.value.find("restart")->span, "Murphy can only restart an app that it starts",
                   "add start = \"bin/server --port ${port}\", or remove \"restart\"");
  }

  // Murphy watches no app that it starts itself.
  void check_process() {
    const Member* process = around_.value.find("process");
    if (process == nullptr || !around_.value.find("start")) return;
    reading_.error(process->span,
                   "Murphy knows the process of an app that it starts, and \"process\" is for other apps",
                   "remove \"process\"");
  }

  // Its output is its console: two would say the same twice, at different times.
  void check_console() {
    const Member* console = around_.value.find("console");
    if (console == nullptr || !around_.value.find("start")) return;
    reading_.error(console->span, "Murphy reads the output of an app that it starts, and \"console\" is for other apps",
                   "remove \"console\", and let `start` print what the app logs elsewhere");
  }

  // The port that Murphy chooses has to reach the app, and the app's address has to name it.
  void check_port() {
    if (!around_.value.find("url")) {
      if (has_misspelled(around_.value, "url", target_keys)) return;
      reading_.error(around_.value.span, "the target \"" + around_.key + "\" has no url",
                     "add url = \"http://127.0.0.1:8080\"");
      return;
    }
    const bool in_url = contains(ports_in(target_.url), "");
    const bool in_app = contains(given_ports(), "");
    const bool starts = !target_.start.empty();
    if (in_url && !around_.value.find("start")) {
      reading_.error(around_.value.find("url")->value.span,
                     "${port} needs an app that Murphy starts, but there is no \"start\"",
                     "write the port, or add start = \"bin/server --port ${port}\"");
    } else if (in_url && !in_app && starts) {
      reading_.error(around_.value.find("start")->value.span, "the app does not receive the port that Murphy chooses",
                     "pass it: start = \"bin/server --port ${port}\" or env = { PORT = \"${port}\" }");
    } else if (in_app && !in_url && !target_.url.parts().empty()) {
      reading_.error(around_.value.find("url")->value.span,
                     "the app receives a port that Murphy chooses, but \"url\" has another",
                     "write url = \"http://127.0.0.1:${port}\"");
    }
  }

  // The ports that the commands hear of.
  std::vector<std::string> given_ports() const {
    std::vector<std::string> names;
    const auto take = [&names](const Text& text) { std::ranges::move(ports_in(text), std::back_inserter(names)); };
    std::ranges::for_each(target_.start, take);
    for (const auto& [variable, text] : target_.environment) take(text);
    return names;
  }

  // A port with a name is for a part of the app to listen on, so some part has to hear of it.
  void check_other_ports() {
    const std::vector<std::string> known = given_ports();
    const auto check = [&](const Text& text, const char* key) {
      for (const std::string& name : ports_in(text)) {
        if (name.empty() || contains(known, name)) continue;
        reading_.error(around_.value.find(key)->value.span, "no command gets the port \"" + name + "\"",
                       "hand it over: start = [\"bin/" + name + " --port ${port:" + name + "}\", …], or in env");
        return;
      }
    };
    check(target_.url, "url");
    for (const Text& text : target_.ready) check(text, "ready");
    if (target_.database) check(target_.database->text, "database");
  }

  Reading& reading_;
  const Member& around_;
  const std::string& directory_;
  Context context_;
  Target target_;
};

} // namespace

void read_target(Reading& reading, const Member& member, Project& project) {
  if (!reading.expect_kind({member.key, "[target.local]", member.value}, Node::Kind::table, "a table")) return;
  project.targets.push_back(TargetReader(reading, member, project).read());
}

} // namespace murphy::scenario
