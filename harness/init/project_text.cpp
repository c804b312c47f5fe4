#include "init/project_text.h"

#include "base/toml_literal.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>
#include <vector>

namespace murphy::init {
namespace {

std::string fields(const FoundSignIn& sign_in, const std::string& user, const std::string& password) {
  std::string text = "{ ";
  if (!sign_in.user_field.empty()) text += fmt::format("{} = {}, ", toml_key(sign_in.user_field), toml_literal(user));
  return text + fmt::format("{} = {} }}", toml_key(sign_in.password_field), toml_literal(password));
}

std::string reference(std::string_view user, std::string_view property) {
  return fmt::format("${{{}.{}}}", user, property);
}

struct SignOutLine {
  const std::string& dashboard;
  std::string operator()(const SignOutByClick& out) const { return line("click", out.words); }
  std::string operator()(const SignOutBySubmit& out) const { return line("submit", out.words); }
  std::string operator()(const SignOutConfirmed& out) const {
    return fmt::format("sign_out  = {{ page = {}, submit = {} }}\n", toml_plain(out.page), toml_plain(out.submit));
  }
  std::string operator()(const SignOutUnknown& out) const {
    const std::string why = out.tried.empty() ? std::string("the dashboard shows no way out")
                                              : fmt::format("this {}: {}", out.does, out.tried);
    return fmt::format("# sign_out = {{ page = {}, submit = \"Sign out\" }} # {}\n", toml_plain(dashboard), why);
  }
  std::string line(std::string_view way, const std::string& words) const {
    return fmt::format("sign_out  = {{ page = {}, {} = {} }}\n", toml_plain(dashboard), way, toml_plain(words));
  }
};

std::string scenario(std::string_view name, const std::vector<std::string>& steps) {
  std::string text = fmt::format("\n[[scenario]]\nname  = {}\nsteps = [\n", toml_literal(name));
  for (const std::string& step : steps) text += "  " + step + ",\n";
  return text + "]\n";
}

} // namespace

std::string project_text(const FoundProject& found) {
  std::string text = "[app]\n";
  text += fmt::format("sign_in   = {{ page = {}, submit = {}, fields = {} }}\n", toml_plain(found.sign_in.page),
                      toml_plain(found.sign_in.submit),
                      fields(found.sign_in, reference("user", found.account.property), "${user.password}"));
  text += std::visit(SignOutLine{found.dashboard}, found.sign_out);
  if (found.shows.empty())
    text += fmt::format("# dashboard = {{ page = {}, shows = \"[data-user]\" }} # no element distinguishes it from "
                        "what strangers get\n",
                        toml_plain(found.dashboard));
  else
    text +=
        fmt::format("dashboard = {{ page = {}, shows = {} }}\n", toml_plain(found.dashboard), toml_plain(found.shows));

  std::vector<std::pair<std::string, std::string>> target{{"url", toml_literal(found.target.url)}};
  if (!found.target.start.empty()) target.emplace_back("start", toml_literal(found.target.start));
  if (!found.target.ready.empty()) target.emplace_back("ready", toml_plain(found.target.ready));
  const bool has_long_key = target.size() > 1;
  text += "\n[target.local]\n";
  for (const auto& [key, value] : target) text += fmt::format("{:<{}} = {}\n", key, has_long_key ? 5 : 3, value);
  // Murphy reads what an app prints that it starts; only people know where others log.
  if (found.target.start.empty())
    text += "# console = { file = \"log/production.log\" } # what the app logs explains failures: name its log\n";

  const FoundAccount& account = found.account;
  text += fmt::format("\n[user.{}]\n", account.name);
  if (!found.sign_in.user_field.empty())
    text += fmt::format("{:<8} = {}\n", account.property, toml_plain(account.login));
  return text + fmt::format("password = {{ env = \"{}\" }}\n", account.variable);
}

std::string scenarios_text(const FoundProject& found) {
  const FoundAccount& account = found.account;
  const std::string login = reference(account.name, account.property), page = toml_plain(found.sign_in.page),
                    dashboard = toml_plain(found.dashboard);
  const std::string open = fmt::format("{{ open = {} }}", page);
  const auto opens = [&](std::string_view state) {
    return fmt::format("{{ open = {}, expect = {{ dashboard = \"{}\" }} }}", dashboard, state);
  };
  const auto submit = [&](const std::string& user, const std::string& password, const std::string& more) {
    return fmt::format("{{ submit = {}, with = {}{} }}", toml_plain(found.sign_in.submit),
                       fields(found.sign_in, user, password), more);
  };
  const std::string stays_out = ", expect = { dashboard = \"closed\" }";
  const std::string sign_in = fmt::format("{{ sign_in = {} }}", toml_literal(account.name));
  const std::string right = reference(account.name, "password");
  // What the sign-in leads to is its own to show; another page has to be opened.
  const std::vector<std::string> gets_in =
      found.landing == found.dashboard ? std::vector{open, submit(login, right, ", expect = { dashboard = \"open\" }")}
                                       : std::vector{open, submit(login, right, ""), opens("open")};

  std::string text = "feature = \"Sign in\"\n";
  text += scenario("A registered user reaches the dashboard", gets_in);
  text += scenario("A wrong password lets no one in", {open, submit(login, "not it", stays_out)});
  if (!std::holds_alternative<SignOutUnknown>(found.sign_out))
    text += scenario("Signing out closes the dashboard", {sign_in, "{ sign_out = true }", opens("closed")});
  text += scenario("Empty fields let no one in", {open, submit("", "", stays_out)});
  text += scenario("The dashboard is closed to strangers", {opens("closed")});
  return text;
}

} // namespace murphy::init
