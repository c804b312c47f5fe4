#include "base/make_error.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/import_file.h"
#include "cli/terminal.h"
#include "imported/har_reader.h"
#include "imported/har_scenario.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <sstream>
#include <string_view>

namespace murphy::cli {
namespace {

namespace fs = std::filesystem;
using imported::HarLog;
using imported::HarReader;
using imported::NoDocument;

constexpr std::size_t har_piece = std::size_t{64} << 10;

// A body that the HAR keeps in a file beside itself. Its name stays within that folder.
std::optional<std::string> read_beside(const fs::path& har, const std::string& name) {
  if (name.empty() || name.starts_with('.') || name.find_first_of("/\\") != std::string::npos) return std::nullopt;
  const fs::path path = har.parent_path() / name;
  std::error_code failed;
  if (!fs::is_regular_file(path, failed) || fs::file_size(path, failed) > imported::longest_body) return std::nullopt;
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return std::move(text).str();
}

bool is_packed(std::string_view beginning) {
  return beginning.starts_with("PK\x03\x04") || beginning.starts_with("\x1F\x8B");
}

class ImportHar {
public:
  ImportHar(const ImportOptions& options, ImportFile file, record::Redactor& redactor)
      : options_(options), file_(std::move(file)), secrets_(redactor),
        log_([&options](const std::string& name) { return read_beside(options.file, name); }) {}

  ExitCode run(const record::Redactor& redactor) {
    const auto done = go();
    if (done) return *done;
    show({done.error()}, redactor);
    return exit_code(done.error().kind);
  }

private:
  Result<ExitCode> go();
  Result<std::size_t> read();
  void tell_of_file() const;
  ExitCode tell_nothing_found() const;
  void tell_of_scenario(std::size_t entries, const imported::HarScenario& found) const;
  imported::HarSettings settings() const;

  const ImportOptions& options_;
  ImportFile file_;
  imported::KnownSecrets secrets_;
  HarLog log_;
};

imported::HarSettings ImportHar::settings() const {
  imported::HarSettings settings{.values = file_.values()};
  const scenario::Project& project = file_.project();
  for (const scenario::Target& target : project.targets) {
    std::vector<scenario::Text> addresses = target.origins;
    addresses.push_back(target.url);
    for (const scenario::Text& text : addresses)
      if (const auto url = web::Url::parse(text.source); url && text.is_literal())
        settings.origins.push_back(url->origin());
  }
  if (project.app.dashboard && project.app.dashboard->page.is_literal())
    settings.dashboard = project.app.dashboard->page.source;
  settings.has_sign_in = project.app.sign_in.has_value();
  settings.pins_what_was_seen = options_.expect == "seen";
  return settings;
}

// The number of entries that the file holds as a whole.
Result<std::size_t> ImportHar::read() {
  const auto refused = [&](std::string what, std::string hint) {
    return std::unexpected(usage_error(fmt::format("{}: {}", options_.file, what), std::move(hint)));
  };
  std::error_code unreadable;
  if (fs::is_directory(options_.file, unreadable)) return refused("it is a folder", "name the HAR file itself");
  std::ifstream stream(options_.file, std::ios::binary);
  if (!stream) return refused(std::strerror(errno), "name a HAR file that a browser saved");
  HarReader reader([this](imported::HarEntry entry) {
    log_.read_body(entry);
    secrets_.learn(entry);
    log_.take(std::move(entry));
  });
  std::array<char, har_piece> piece{};
  bool is_first = true;
  while (stream) {
    stream.read(piece.data(), piece.size());
    const std::string_view text(piece.data(), static_cast<std::size_t>(stream.gcount()));
    if (std::exchange(is_first, false) && is_packed(text))
      return refused("it is packed", "unpack it, then import the .har file in it; bodies that lie beside are read");
    if (const auto read = reader.read(text); !read) return refused(read.error().what, read.error().hint);
  }
  if (stream.bad()) return refused("it cannot be read to its end", "copy it to this machine first");
  switch (reader.finish()) {
  case HarReader::Ending::no_entries:
    return refused("it is no HAR: it has no log.entries", "save one in the network tab of the browser's tools");
  case HarReader::Ending::cut_short: {
    const std::string what = fmt::format("it ends within entry {}", reader.entries() + 1);
    if (!options_.partial) return refused(what, "export it again, or import what is whole with --partial");
    file_.say(what + ": " + count_of(reader.entries(), "whole one") + " before it");
    break;
  }
  case HarReader::Ending::whole: break;
  }
  log_.sort();
  return reader.entries();
}

void ImportHar::tell_of_file() const {
  if (!log_.missing_files().empty())
    file_.say(fmt::format("{} in files that are not there, such as {}: unpack them beside the HAR.",
                          count_of(log_.missing_files().size(), "page is"), log_.missing_files().front()));
  else if (log_.without_body() > 0)
    file_.say(fmt::format("{} no body in the HAR: forms and links of {} are named by what was sent.",
                          log_.without_body() == 1 ? "1 page has" : fmt::format("{} pages have", log_.without_body()),
                          log_.without_body() == 1 ? "it" : "them"));
  if (log_.has_dropped_bodies())
    file_.say(fmt::format("The pages of the HAR are larger than {} MB together: the last ones are taken without body.",
                          HarLog::most_bodies >> 20U));
  if (log_.has_dropped_sent())
    file_.say(fmt::format("The HAR sends more than {} MB, or has more than {} documents: the last ones are left out.",
                          HarLog::most_sent >> 20U, HarLog::most_documents));
  if (!log_.documents().empty() && !log_.has_cookies())
    file_.say("The HAR has no cookies, as browsers export it by default. Murphy needs none.");
}

ExitCode ImportHar::tell_nothing_found() const {
  file_.say("The HAR has no page of an app, so nothing is written.");
  const auto calls = imported::describe_calls(log_, secrets_);
  if (!calls.empty()) file_.say("Its scripts sent these, which a scenario can send by request:");
  for (const std::string& call : calls) file_.say("- " + call);
  if (log_.web_sockets() > 0)
    file_.say(fmt::format("{}: Murphy does not speak these.", count_of(log_.web_sockets(), "web socket")));
  return ExitCode::nothing_selected;
}

void ImportHar::tell_of_scenario(std::size_t entries, const imported::HarScenario& found) const {
  const auto& left_out = log_.left_out();
  std::vector<std::string> parts;
  const auto add = [&](NoDocument why, const char* what) {
    if (const auto number = left_out.find(why); number != left_out.end())
      parts.push_back(fmt::format("{} ({})", what, number->second));
  };
  file_.say(fmt::format("{} with {}: {} at {}.", entries == 1 ? "1 entry" : fmt::format("{} entries", entries),
                        count_of(log_.documents().size(), "document"), count_of(found.scenario.steps.size(), "step"),
                        found.origin));
  add(NoDocument::of_pages, "files of pages");
  add(NoDocument::of_scripts, "requests of scripts");
  add(NoDocument::frames, "frames");
  add(NoDocument::cancelled, "requests without answer");
  add(NoDocument::tunnels, "tunnels of a proxy");
  if (found.redirects > 0) parts.push_back(fmt::format("redirects within steps ({})", found.redirects));
  if (!parts.empty()) file_.say("No steps of their own: " + join(parts, ", ") + ".");
  if (!found.other_sites.empty())
    file_.say("Pages of other sites, left out: " + joined_counts(found.other_sites) + ".");
  file_.say_lifted(found.lifted);
  if (std::ranges::none_of(found.scenario.steps, [](const auto& step) { return step.seen.is_trouble; }))
    file_.say("The recording shows no error: add what should have been there to expect of the last step.");
  for (const imported::TypedValue& typed : found.typed)
    file_.say(fmt::format("From the customer: {} \"{}\".", typed.field, typed.value));
}

Result<ExitCode> ImportHar::go() {
  const auto entries = read();
  if (!entries) return std::unexpected(entries.error());
  const imported::HarScenario found = imported::har_scenario(log_, settings(), secrets_);
  tell_of_file();
  if (found.scenario.steps.empty()) return tell_nothing_found();
  tell_of_scenario(*entries, found);
  if (auto written = file_.write(found.scenario); !written) return std::unexpected(written.error());
  return options_.run && !options_.dry_run ? file_.run(found.scenario) : ExitCode::passed;
}

} // namespace

ExitCode import_har_command(const ImportOptions& options) {
  record::Redactor redactor;
  auto file = ImportFile::make(options, redactor);
  if (!file) {
    show(file.error(), redactor);
    return exit_code(file.error().front().kind);
  }
  return ImportHar(options, *std::move(file), redactor).run(redactor);
}

} // namespace murphy::cli
