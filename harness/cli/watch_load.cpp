#include "cli/watch_load.h"

#include "base/make_error.h"
#include "base/text.h"
#include "run/plan/tag_expression.h"
#include "scenario/sign_in_attempts.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace murphy::cli {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds day = std::chrono::hours(24);

// "1,440"
std::string with_commas(long long number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

// "1 hour", "90 minutes", "10 s"
std::string length_text(milliseconds length) {
  const auto in = [&](milliseconds unit, const char* name) {
    return fmt::format("{} {}{}", length / unit, name, length / unit == 1 ? "" : "s");
  };
  if (length % std::chrono::hours(1) == milliseconds(0)) return in(std::chrono::hours(1), "hour");
  if (length % std::chrono::minutes(1) == milliseconds(0)) return in(std::chrono::minutes(1), "minute");
  return fmt::format("{} s", std::chrono::duration<double>(length).count());
}

std::string times(long long number) { return number == 1 ? "once" : with_commas(number) + " times"; }

std::string wrong_text(int number, milliseconds window) {
  return fmt::format("{} wrong password{} in {}", with_commas(number), number == 1 ? "" : "s", length_text(window));
}

} // namespace

Result<std::vector<watch::ScheduledCheck>> scheduled_checks(const run::Plan& plan, const scenario::Target& target,
                                                            const scenario::App& app,
                                                            const scenario::WatchSettings& settings) {
  std::vector<std::pair<run::TagExpression, milliseconds>> only;
  for (const scenario::WatchInterval& each : settings.only) {
    auto tag = run::TagExpression::parse(each.tag);
    if (!tag) {
      return std::unexpected(at_place_of(each, tag.error()));
    }
    only.emplace_back(std::move(*tag), each.every);
  }
  std::vector<watch::ScheduledCheck> checks;
  for (const run::Case& each : plan.cases) {
    watch::ScheduledCheck check{.check = each.planned->id, .every = settings.every};
    for (const auto& [tag, every] : only)
      if (tag.holds(each.planned->tags)) check.every = every;
    for (const auto& [user, attempts] : scenario::sign_in_attempts(*each.scenario, each.example, app)) {
      if (attempts.wrong > 0) check.wrong_passwords[user] = attempts.wrong;
      if (attempts.all > attempts.wrong) check.accounts.insert(user);
    }
    checks.push_back(std::move(check));
  }
  if (target.database) checks.push_back({.check = watch::schema_check, .every = settings.every});
  if (target.database && settings.database_checks)
    checks.push_back({.check = watch::server_check, .every = settings.every});
  return checks;
}

std::map<std::string, AccountLoad> load_of(const run::Plan& plan, const scenario::App& app,
                                           const std::vector<watch::ScheduledCheck>& checks,
                                           const scenario::WatchSettings& settings) {
  std::map<std::string, AccountLoad> load;
  for (const run::Case& each : plan.cases) {
    const auto check = std::ranges::find(checks, each.planned->id.view(), &watch::ScheduledCheck::check);
    if (check == checks.end()) continue;
    const auto in_window = (settings.lockout_window + check->every - milliseconds(1)) / check->every;
    for (const auto& [user, attempts] : scenario::sign_in_attempts(*each.scenario, each.example, app)) {
      load[user].sign_ins_a_day +=
          attempts.all * (std::chrono::duration<double>(day) / std::chrono::duration<double>(check->every));
      if (attempts.repeats != nullptr) load[user].repeats = attempts.repeats;
      load[user].wrong_passwords += attempts.wrong * static_cast<int>(in_window);
    }
  }
  return load;
}

std::string load_text(const std::map<std::string, AccountLoad>& load, const scenario::Target& target,
                      const scenario::WatchSettings& settings) {
  std::string text;
  for (const auto& [user, of] : load) {
    text += fmt::format("[watch] signs in {} a day as {}", times(std::llround(of.sign_ins_a_day)), one_line(user));
    if (of.wrong_passwords > 0) text += fmt::format(", {}", wrong_text(of.wrong_passwords, settings.lockout_window));
    if (target.lockout) text += fmt::format("; lockout = {}", *target.lockout);
    text += "\n";
  }
  return text;
}

Errors locked_accounts(const std::map<std::string, AccountLoad>& load, const scenario::Target& target,
                       const scenario::WatchSettings& settings) {
  Errors errors;
  if (!target.lockout) return errors;
  for (const auto& [user, of] : load) {
    if (of.repeats != nullptr) {
      Error error = usage_error(
          fmt::format("[watch] would lock the account of {}: this step may sign in again and again, and target \"{}\" "
                      "has lockout = {}",
                      one_line(user), target.name, *target.lockout),
          "leave the scenario out of the watch with `tag`; or sign in in a step of its own, without `eventually`");
      errors.push_back(at_place_of(*of.repeats, std::move(error)));
      continue;
    }
    if (of.wrong_passwords == 0 || of.wrong_passwords < *target.lockout) continue;
    Error error =
        usage_error(fmt::format("[watch] would lock the account of {}: it sends {}, and target \"{}\" has lockout = {}",
                                one_line(user), wrong_text(of.wrong_passwords, settings.lockout_window), target.name,
                                *target.lockout),
                    "give the scenarios with wrong passwords a longer interval with `only` in [watch], or leave them "
                    "out with `tag`");
    errors.push_back(at_place_of(target, std::move(error)));
  }
  return errors;
}

} // namespace murphy::cli
