#include "scenario/watch_reader.h"

#include "base/nearest.h"
#include "base/text.h"
#include "scenario/masking.h"
#include "scenario/reader.h"
#include "scenario/setting_reader.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <utility>

namespace murphy::scenario {
namespace {

using std::chrono::milliseconds;

constexpr int most_runs = 100; // in a row, or of a share

const KindOfChannel& row_of(WatchChannel::Kind kind) {
  return *std::ranges::find(kinds_of_channel(), kind, &KindOfChannel::kind);
}

class WatchReader {
public:
  WatchReader(Reading& reading, const Project* project) : reading_(reading), project_(project) {}

  WatchSettings read(const Node& table) {
    reading_.check_keys(table, watch_keys);
    WatchSettings settings;
    if (const Member* member = table.find("target")) read_target(entry(*member, watch_keys), settings);
    if (const Member* member = table.find("tag")) {
      if (auto tag = reading_.filled_literal(entry(*member, watch_keys)))
        settings.tag = {*tag, reading_.place(member->value.span), reading_.source_line(member->value.span), {}};
    }
    if (const Member* member = table.find("every"))
      settings.every = reading_.duration(entry(*member, watch_keys)).value_or(settings.every);
    if (const Member* member = table.find("only")) read_only(entry(*member, watch_keys), settings);
    settings.confirm = {settings.every / 6, settings.every / 2};
    if (const Member* member = table.find("confirm")) read_confirm(entry(*member, watch_keys), settings);
    if (const Member* member = table.find("fail_after"))
      settings.fail_after = count(entry(*member, watch_keys)).value_or(settings.fail_after);
    if (const Member* member = table.find("pass_after"))
      settings.pass_after = count(entry(*member, watch_keys)).value_or(settings.pass_after);
    if (const Member* member = table.find("fail_if")) settings.fail_if = share(entry(*member, watch_keys));
    if (const Member* member = table.find("slow")) settings.slow = reading_.duration(entry(*member, watch_keys));
    if (const Member* member = table.find("remind"))
      settings.remind = durations(entry(*member, watch_keys)).value_or(settings.remind);
    if (const Member* member = table.find("store"))
      settings.store = read_literal_setting(reading_, entry(*member, watch_keys), "the address of the watch's store");
    if (const Member* member = table.find("maintenance")) read_maintenance(entry(*member, watch_keys), settings);
    if (const Member* member = table.find("deploy_grace"))
      settings.deploy_grace = reading_.duration(entry(*member, watch_keys)).value_or(settings.deploy_grace);
    if (const Member* member = table.find("lockout_window"))
      settings.lockout_window = reading_.duration(entry(*member, watch_keys)).value_or(settings.lockout_window);
    if (const Member* member = table.find("database_checks"))
      settings.database_checks = reading_.boolean(entry(*member, watch_keys)).value_or(settings.database_checks);
    if (const Member* member = table.find("read_replica")) read_replica(entry(*member, watch_keys), settings);
    if (const Member* member = table.find("migrations")) read_migrations(entry(*member, watch_keys), settings);
    if (const Member* member = table.find("control"))
      settings.control = address(entry(*member, watch_keys), "the control address");
    if (const Member* member = table.find("listen")) read_listen(entry(*member, watch_keys), settings);
    if (const Member* member = table.find("status_directory"))
      settings.status_directory = reading_.filled_literal(entry(*member, watch_keys)).value_or("");
    if (const Member* member = table.find("metrics"))
      settings.metrics = reading_.filled_literal(entry(*member, watch_keys)).value_or("");
    if (const Member* member = table.find("heartbeat"))
      settings.heartbeat = address(entry(*member, watch_keys), "the heartbeat's address");
    if (const Member* member = table.find("notify")) read_channels(entry(*member, watch_keys), settings);
    return settings;
  }

private:
  void read_target(const Entry& at, WatchSettings& settings) {
    settings.target = reading_.filled_literal(at).value_or("");
    if (settings.target.empty() || project_ == nullptr) return;
    std::vector<std::string> names;
    for (const Target& target : project_->targets) names.push_back(target.name);
    if (contains(names, settings.target)) return;
    const std::string meant = did_you_mean(settings.target, names);
    reading_.error(at.value.span, fmt::format("there is no target \"{}\"", settings.target),
                   !meant.empty()  ? meant
                   : names.empty() ? "add [target." + settings.target + "]"
                                   : "the targets are " + join(names, ", "));
  }

  // Who listens knows what an address is; that there are a host and a port is seen here.
  void read_listen(const Entry& at, WatchSettings& settings) {
    const auto text = reading_.filled_literal(at);
    if (!text) return;
    const std::size_t colon = text->rfind(':');
    const bool has_port = colon != std::string::npos && colon > 0 && colon + 1 < text->size() &&
                          std::ranges::all_of(text->substr(colon + 1), is_digit);
    if (!has_port)
      reading_.error(at.value.span, fmt::format("\"{}\" is no address to listen on", *text),
                     "write an IP address of this machine and a port: " + std::string(at.example));
    settings.listen = {*text, reading_.place(at.value.span), reading_.source_line(at.value.span), {}};
  }

  // A list of times that is not empty.
  std::optional<std::vector<milliseconds>> durations(const Entry& at) {
    if (!reading_.expect_kind(at, Node::Kind::array, "a list of times")) return std::nullopt;
    std::vector<milliseconds> all;
    for (const Node& item : at.value.items) {
      const auto one = reading_.duration({at.key, at.example, item});
      if (!one) return std::nullopt;
      if (!all.empty() && at.key == "remind" && *one <= all.back()) {
        reading_.error(item.span, "reminders count from the opening of an incident, and this one is not later",
                       "sort them: " + std::string(at.example));
        return std::nullopt;
      }
      all.push_back(*one);
    }
    return all;
  }

  void read_confirm(const Entry& at, WatchSettings& settings) {
    const auto all = durations(at);
    if (!all) return;
    settings.confirm = *all;
    for (std::size_t i = 0; i < all->size(); ++i)
      if ((*all)[i] >= settings.every)
        reading_.error(at.value.items[i].span,
                       fmt::format("a failed run is confirmed sooner than the next regular one, after less than {} ms",
                                   settings.every.count()),
                       "make it shorter than \"every\"");
  }

  std::optional<int> count(const Entry& at) {
    if (!reading_.expect_kind(at, Node::Kind::integer, "a whole number")) return std::nullopt;
    if (at.value.integer < 1 || at.value.integer > most_runs) {
      reading_.error(at.value.span, fmt::format("\"{}\" is a number of runs, from 1 to {}", at.key, most_runs),
                     "write " + std::string(at.example));
      return std::nullopt;
    }
    return static_cast<int>(at.value.integer);
  }

  // "3 of 10"
  std::optional<WatchShare> share(const Entry& at) {
    const auto text = reading_.filled_literal(at);
    if (!text) return std::nullopt;
    const std::size_t middle = text->find(" of ");
    const auto number = [](std::string_view digits) {
      int value = 0;
      const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
      return failed == std::errc() && end == digits.data() + digits.size() ? value : 0;
    };
    WatchShare share;
    if (middle != std::string::npos) {
      share.failed = number(trim(std::string_view(*text).substr(0, middle)));
      share.of = number(trim(std::string_view(*text).substr(middle + 4)));
    }
    if (share.failed < 1 || share.failed > share.of || share.of > most_runs) {
      reading_.error(at.value.span, fmt::format("\"{}\" is no share of the last runs", *text),
                     fmt::format("write {}, of at most {} runs", at.example, most_runs));
      return std::nullopt;
    }
    return share;
  }

  void read_only(const Entry& at, WatchSettings& settings) {
    if (!reading_.expect_kind(at, Node::Kind::array, "a list of tables")) return;
    for (const Node& item : at.value.items) {
      if (!reading_.expect_kind({"only", at.example, item}, Node::Kind::table, "a list of tables")) continue;
      reading_.check_keys(item, watch_only_keys);
      WatchInterval interval;
      interval.place = reading_.place(item.span);
      interval.source_line = reading_.source_line(item.span);
      for (const std::string_view key : {std::string_view("tag"), std::string_view("every")}) {
        const Member* member = item.find(key);
        if (member == nullptr) {
          if (!has_misspelled(item, key, watch_only_keys))
            reading_.error(item.span, fmt::format("a table of \"only\" has no \"{}\"", key),
                           "add " + std::string(watch_only_keys.find(key)->example));
        } else if (key == "tag") {
          interval.tag = reading_.filled_literal(entry(*member, watch_only_keys)).value_or("");
          interval.place = reading_.place(member->value.span);
          interval.source_line = reading_.source_line(member->value.span);
        } else {
          interval.every = reading_.duration(entry(*member, watch_only_keys)).value_or(milliseconds(0));
        }
      }
      settings.only.push_back(std::move(interval));
    }
  }

  void read_replica(const Entry& at, WatchSettings& settings) {
    if (!settings.database_checks)
      reading_.error(at.value.span, "whether a replica follows is a check of the database, and these are off",
                     "add database_checks = true");
    settings.read_replica = read_literal_setting(reading_, at, "the address of the replica");
  }

  void read_migrations(const Entry& at, WatchSettings& settings) {
    WatchMigrations read;
    read.place = reading_.place(at.value.span);
    read.source_line = reading_.source_line(at.value.span);
    if (!settings.database_checks)
      reading_.error(at.value.span, "whether migrations wait is a check of the database, and these are off",
                     "add database_checks = true");
    if (at.value.kind != Node::Kind::table) {
      read.folder = reading_.filled_literal(at).value_or("");
      settings.migrations = std::move(read);
      return;
    }
    reading_.check_keys(at.value, watch_migrations_keys);
    if (const Member* member = at.value.find("command"))
      read.command = reading_.filled_literal(entry(*member, watch_migrations_keys)).value_or("");
    else if (!has_misspelled(at.value, "command", watch_migrations_keys))
      reading_.error(at.value.span, "\"migrations\" has no \"command\"",
                     "add " + std::string(watch_migrations_keys.find("command")->example));
    if (const Member* member = at.value.find("ok")) read_exit_code(entry(*member, watch_migrations_keys), read);
    settings.migrations = std::move(read);
  }

  void read_exit_code(const Entry& at, WatchMigrations& read) {
    if (!reading_.expect_kind(at, Node::Kind::integer, "a whole number")) return;
    if (at.value.integer < 0 || at.value.integer > 125)
      reading_.error(at.value.span, "\"ok\" is what the command exits with if all migrations have run, from 0 to 125",
                     "write " + std::string(at.example));
    else
      read.ok = static_cast<int>(at.value.integer);
  }

  void read_maintenance(const Entry& at, WatchSettings& settings) {
    if (!reading_.expect_kind(at, Node::Kind::array, "a list of tables")) return;
    for (const Node& item : at.value.items) {
      if (!reading_.expect_kind({"maintenance", at.example, item}, Node::Kind::table, "a list of tables")) continue;
      reading_.check_keys(item, watch_maintenance_keys);
      WatchMaintenance window;
      window.place = reading_.place(item.span);
      window.source_line = reading_.source_line(item.span);
      if (const Member* member = item.find("days"))
        window.days = reading_.list_of_words(entry(*member, watch_maintenance_keys)).value_or(window.days);
      if (const Member* member = item.find("zone"))
        window.zone = reading_.filled_literal(entry(*member, watch_maintenance_keys)).value_or(window.zone);
      for (const auto& [key, text] : {std::pair(std::string_view("from"), &window.from), {"until", &window.until}}) {
        const Member* member = item.find(key);
        if (member != nullptr)
          *text = reading_.filled_literal(entry(*member, watch_maintenance_keys)).value_or("");
        else if (!has_misspelled(item, key, watch_maintenance_keys))
          reading_.error(item.span, fmt::format("a maintenance window has no \"{}\"", key),
                         "add " + std::string(watch_maintenance_keys.find(key)->example));
      }
      settings.maintenance.push_back(std::move(window));
    }
  }

  std::optional<Setting> address(const Entry& at, std::string_view what) {
    auto found = read_literal_setting(reading_, at, what);
    if (!found || found->from != Setting::From::text) return found;
    const std::string& text = found->text.source;
    if (text.starts_with("http://") || text.starts_with("https://")) return found;
    reading_.error(at.value.span, fmt::format("{} begins with http:// or https://", what),
                   "write it in full, or { env = \"NAME\" } if only some may know it");
    return std::nullopt;
  }

  std::optional<Setting> mail_server(const Entry& at) {
    auto found = read_literal_setting(reading_, at, "the address of the mail server");
    if (!found || found->from != Setting::From::text) return found;
    const std::string& text = found->text.source;
    if (text.starts_with("smtp://") || text.starts_with("smtps://")) return found;
    reading_.error(at.value.span, "the address of a mail server begins with smtps:// or smtp://",
                   "write it in full, or { env = \"NAME\" } if only some may know it");
    return std::nullopt;
  }

  void refuse_kind(const Span& span, const std::string& word) {
    std::vector<std::string> names;
    for (const KindOfChannel& each : kinds_of_channel()) names.emplace_back(each.name);
    const std::string meant = did_you_mean_of_few(word, names);
    reading_.error(span, fmt::format("there is no channel of the kind \"{}\"", word),
                   !meant.empty() ? meant : "the kinds are " + join(names, ", "));
  }

  void read_channels(const Entry& at, WatchSettings& settings) {
    if (!reading_.expect_kind(at, Node::Kind::array, "a list of tables")) return;
    for (const Node& item : at.value.items) {
      if (!reading_.expect_kind({"notify", at.example, item}, Node::Kind::table, "a list of tables")) continue;
      WatchChannel channel = read_channel(item);
      const auto is_same = [&](const WatchChannel& other) { return other.name == channel.name; };
      if (!channel.name.empty() && std::ranges::any_of(settings.notify, is_same))
        reading_.error(item.span, fmt::format("two channels are called \"{}\"", channel.name),
                       "give one of them another \"name\"");
      settings.notify.push_back(std::move(channel));
    }
  }

  WatchChannel read_channel(const Node& table) {
    reading_.check_keys(table, watch_notify_keys);
    WatchChannel channel;
    bool is_known = false;
    if (const Member* member = table.find("kind")) {
      const auto word = reading_.filled_literal(entry(*member, watch_notify_keys));
      const auto found =
          std::ranges::find_if(kinds_of_channel(), [&](const auto& row) { return word && row.name == *word; });
      is_known = found != kinds_of_channel().end();
      if (is_known)
        channel.kind = found->kind;
      else if (word)
        refuse_kind(member->value.span, *word);
    } else if (!has_misspelled(table, "kind", watch_notify_keys)) {
      reading_.error(table.span, "a channel of [watch] has no \"kind\"",
                     "add kind = \"webhook\", \"slack\", \"mail\" or another of docs/watch.md");
    }
    if (const Member* member = table.find("name"))
      channel.name = reading_.words(entry(*member, watch_notify_keys)).value_or("");
    if (const Member* member = table.find("url"))
      channel.url = channel.kind == WatchChannel::Kind::mail
                        ? mail_server(entry(*member, watch_notify_keys))
                        : address(entry(*member, watch_notify_keys), "the channel's address");
    if (const Member* member = table.find("key"))
      channel.key = read_literal_setting(reading_, entry(*member, watch_notify_keys), "the key of the channel");
    if (const Member* member = table.find("from")) {
      if (auto text = reading_.filled_literal(entry(*member, watch_notify_keys)))
        channel.from = {*text, reading_.place(member->value.span), reading_.source_line(member->value.span), {}};
    }
    if (const Member* member = table.find("to"))
      channel.to = reading_.list_of_words(entry(*member, watch_notify_keys)).value_or(channel.to);
    if (const Member* member = table.find("secret"))
      channel.secret = read_literal_setting(reading_, entry(*member, watch_notify_keys), "the secret of a webhook");
    if (const Member* member = table.find("command"))
      channel.command = reading_.filled_literal(entry(*member, watch_notify_keys)).value_or("");
    if (const Member* member = table.find("severity")) {
      const auto word = reading_.filled_literal(entry(*member, watch_notify_keys));
      if (word == "warning")
        channel.least = WatchChannel::Least::warning;
      else if (word && word != "critical")
        reading_.error(member->value.span, "\"severity\" is \"critical\" or \"warning\"",
                       "\"warning\" reports warnings, too; \"critical\" does not");
    }
    if (is_known) check_parts(table, channel);
    return channel;
  }

  // What a kind needs, and what it cannot use.
  void check_parts(const Node& table, WatchChannel& channel) {
    const KindOfChannel& row = row_of(channel.kind);
    if (channel.name.empty() && table.find("name") == nullptr) channel.name = row.name;
    for (const std::string_view key : row.needs)
      if (table.find(key) == nullptr && !has_misspelled(table, key, watch_notify_keys))
        reading_.error(table.span, fmt::format("a channel of the kind {} has no \"{}\"", row.name, key),
                       "add " + std::string(watch_notify_keys.find(key)->example));
    for (const std::string_view key : {"url", "secret", "command", "key", "from", "to"}) {
      const Member* member = table.find(key);
      const bool is_used =
          std::ranges::find(row.needs, key) != row.needs.end() || std::ranges::find(row.takes, key) != row.takes.end();
      if (member != nullptr && !is_used)
        reading_.error(member->span, fmt::format("a channel of the kind {} has no use for \"{}\"", row.name, key),
                       "remove it");
    }
  }

  Reading& reading_;
  const Project* project_;
};

} // namespace

const std::vector<KindOfChannel>& kinds_of_channel() {
  using Kind = WatchChannel::Kind;
  static const std::vector<KindOfChannel> all{
      {.name = "webhook", .kind = Kind::webhook, .needs = {"url"}, .takes = {"secret"}},
      {.name = "exec", .kind = Kind::exec, .needs = {"command"}, .takes = {}},
      {.name = "alertmanager", .kind = Kind::alertmanager, .needs = {"url"}, .takes = {}},
      {.name = "slack", .kind = Kind::slack, .needs = {"url"}, .takes = {}},
      {.name = "teams", .kind = Kind::teams, .needs = {"url"}, .takes = {}},
      {.name = "pagerduty", .kind = Kind::pagerduty, .needs = {"key"}, .takes = {"url"}},
      {.name = "mail", .kind = Kind::mail, .needs = {"url", "from", "to"}, .takes = {}},
  };
  return all;
}

std::optional<WatchSettings> read_watch(Reading& reading, const Node& root, const Project* project) {
  const Member* member = root.find("watch");
  if (member == nullptr) return std::nullopt;
  const std::size_t before = reading.errors();
  if (!reading.expect_kind(entry(*member, project_keys), Node::Kind::table, "a table")) return std::nullopt;
  WatchSettings settings = WatchReader(reading, project).read(member->value);
  if (reading.errors() != before) return std::nullopt;
  return settings;
}

ReadWatch read_watch(const std::string& file_name, std::string_view text) {
  ReadWatch result;
  const Result<Document> document = Document::parse(file_name, text, mask_secrets(text));
  if (!document) {
    result.errors.push_back(document.error());
    return result;
  }
  const Checks checks;
  Reading reading(*document, checks);
  result.settings = read_watch(reading, document->root(), nullptr);
  result.errors = reading.take_errors();
  return result;
}

} // namespace murphy::scenario
