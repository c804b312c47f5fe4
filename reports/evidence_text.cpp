#include "reports/evidence_text.h"

#include "base/address.h"
#include "base/text.h"
#include "reports/console_excerpt.h"
#include "reports/plain_text.h"
#include "reports/validation_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::reports {

namespace {

constexpr std::size_t most_chains = 8;
constexpr std::ptrdiff_t most_hops = 8; // of a chain: a circle has twenty, and all of them alike
constexpr std::ptrdiff_t first_hops = 5;
constexpr std::size_t most_fields = 30;
constexpr std::size_t most_page_errors = 10;
constexpr std::size_t most_console_lines = 20;
constexpr std::size_t longest_value = 160;        // columns of a field's value
constexpr std::size_t longest_error_line = 500;   // columns of a line of the console that looks like an error
constexpr std::size_t longest_console_line = 160; // columns of any other
constexpr std::size_t longest_address = 200;      // columns

using record::Reason;

// The address as it is shown behind one of `origin`: the path alone where that suffices.
std::string address(const ConsoleStyle& style, std::string_view url, std::string_view origin) {
  const std::string_view own = address_parts(url).origin;
  std::string_view rest = url;
  if (own == origin) rest.remove_prefix(own.size());
  return cut(style, plain_line(rest.empty() ? "/" : rest), longest_address);
}

std::string_view purpose(Reason reason) {
  switch (reason) {
  case Reason::framed: return "frame: ";
  case Reason::probe: return "probe: ";
  case Reason::control: return "without a session: ";
  case Reason::ready: return "ready check: ";
  default: return "";
  }
}

// What leads from one answer to the next request.
std::string hop(const ConsoleStyle& style, const record::Exchange& next, std::string_view origin) {
  const std::string to = address(style, next.url, origin);
  const bool plain_get = next.method == "GET";
  switch (next.reason) {
  case Reason::refreshed: return fmt::format(", which refreshes to {}", to);
  case Reason::auto_submitted: return fmt::format(", which submits itself: {} {}", plain_line(next.method), to);
  case Reason::authenticated: return ", again with credentials";
  default: return plain_get ? fmt::format(" {}", to) : fmt::format(" {} {}", plain_line(next.method), to);
  }
}

std::string answer(const ConsoleStyle& style, const record::Exchange& exchange) {
  const std::string_view arrow = symbols(style).arrow;
  if (exchange.status != 0) return fmt::format(" {} {}", arrow, exchange.status);
  return fmt::format(" {} no answer{}", arrow,
                     exchange.error.empty() ? std::string() : fmt::format(": {}", plain_line(exchange.error)));
}

// A redirect that nobody followed still says where it leads.
std::string loose_end(const ConsoleStyle& style, const record::Exchange& last) {
  const std::string* location = record::find_header(last.headers, "location");
  if (last.status < 300 || last.status > 399 || !location) return "";
  return fmt::format(" to {}, not followed", address(style, *location, address_parts(last.url).origin));
}

std::string chain(const ConsoleStyle& style, const record::Exchange* begin, const record::Exchange* end,
                  std::string_view origin) {
  std::string text =
      fmt::format("{}{} {}", purpose(begin->reason), plain_line(begin->method), address(style, begin->url, origin));
  record::Duration total{};
  for (const record::Exchange* exchange = begin; exchange != end; ++exchange) {
    const std::string_view previous = exchange == begin ? origin : address_parts((exchange - 1)->url).origin;
    total += exchange->timing.total();
    if (end - begin > most_hops && exchange - begin >= first_hops && exchange != end - 1) {
      if (exchange == end - 2)
        text += fmt::format(" {} {} more {}", symbols(style).ellipsis, end - begin - first_hops - 1,
                            symbols(style).ellipsis);
      continue;
    }
    if (exchange != begin) text += hop(style, *exchange, previous);
    text += answer(style, *exchange);
  }
  text += loose_end(style, *(end - 1));
  return total.count() == 0 ? text : text + fmt::format(" ({})", duration_text(total, style));
}

// The origin of the target's address; without one, of the first exchange.
std::string_view own_origin(std::string_view target, const std::vector<record::Exchange>& exchanges) {
  if (!target.empty()) return address_parts(target).origin;
  return exchanges.empty() ? std::string_view() : address_parts(exchanges.front().url).origin;
}

void write_requests(TextBlock& block, const std::vector<record::Exchange>& exchanges, std::string_view target) {
  const std::vector<std::string> chains = request_chains(exchanges, block.style(), target);
  if (chains.empty()) return;
  block.begin_label(Tone::dim, "requests");
  const std::size_t skipped = chains.size() > most_chains ? chains.size() - most_chains : 0;
  if (skipped > 0) block.line({{Tone::dim, fmt::format("{} earlier requests omitted", skipped)}});
  for (std::size_t i = skipped; i < chains.size(); ++i) block.line({{Tone::plain, chains[i]}}, 2);
  block.end_label();
}

Spans field_spans(const ConsoleStyle& style, const record::FilledField& field) {
  std::string line_feeds_shown;
  for (const char c : field.value) line_feeds_shown += c == '\n' ? std::string("␊") : std::string(1, c);
  const std::string value = cut(style, plain_text(line_feeds_shown), longest_value);
  const std::string label = plain_line(field.label), name = plain_line(field.name),
                    type = field.from == record::EntryFrom::scenario ? "sent on purpose" : plain_line(field.type);
  const std::string called = label == name || label.empty() ? fmt::format("[{}] {}", name, type)
                             : name.empty()                 ? fmt::format("{} {}", label, type)
                                                            : fmt::format("{} [{}] {}", label, name, type);
  if (field.type == "hidden") return {{Tone::dim, fmt::format("{} = {}", called, value)}};
  if (value.empty()) return {{Tone::plain, called + " = "}, {Tone::dim, "(empty)"}};
  return {{Tone::plain, fmt::format("{} = {}", called, value)}};
}

void write_form(TextBlock& block, const record::FilledForm& form, std::string_view origin) {
  block.begin_label(Tone::dim, "form");
  Spans head;
  if (const std::string name = plain_line(form.name); !name.empty())
    head.push_back({Tone::strong, fmt::format("\"{}\" ", name)});
  head.push_back({Tone::plain, plain_line(form.method) + " " + address(block.style(), form.action, origin)});
  // What nearly every form has needs no mention.
  if (!form.encoding.empty() && form.encoding != "application/x-www-form-urlencoded")
    head.push_back({Tone::dim, " " + plain_line(form.encoding)});
  if (form.frame) head.push_back({Tone::plain, " in the frame " + plain_line(*form.frame)});
  block.line(head, 2);
  for (std::size_t i = 0; i < std::min(form.fields.size(), most_fields); ++i) {
    block.indent(2);
    block.line(field_spans(block.style(), form.fields[i]), 2);
    block.outdent(2);
  }
  if (form.fields.size() > most_fields)
    block.line({{Tone::dim, fmt::format("  {} more fields omitted", form.fields.size() - most_fields)}});
  if (form.fields.empty()) block.line({{Tone::dim, "  no fields"}});
  block.end_label();
}

void write_page(TextBlock& block, const record::PageSeen& page, std::string_view origin) {
  block.begin_label(Tone::dim, "page");
  Spans head{{Tone::plain, fmt::format("{} {}", page.status, address(block.style(), page.url, origin))}};
  if (const std::string title = plain_line(page.title); !title.empty())
    head.push_back({Tone::plain, fmt::format(" \"{}\"", title)});
  block.line(head, 2);
  block.end_label();
  if (page.errors.empty()) return;
  block.begin_label(Tone::bad, "it says");
  for (std::size_t i = 0; i < std::min(page.errors.size(), most_page_errors); ++i)
    block.line({{Tone::plain, plain_line(record::line_of(page.errors[i]))}}, 2);
  if (page.errors.size() > most_page_errors)
    block.line({{Tone::dim, fmt::format("and {} more errors", page.errors.size() - most_page_errors)}});
  block.end_label();
}

} // namespace

std::string_view state_of(record::AppLoss loss) {
  return loss == record::AppLoss::broken ? "app does not come up" : "app is unavailable";
}

std::string duration_text(record::Duration duration, const ConsoleStyle& style) {
  const auto microseconds = std::max<long long>(duration.count(), 0);
  if (microseconds < 1000) return fmt::format("{} {}s", microseconds, style.unicode ? "µ" : "u");
  if (microseconds < 999'500) return fmt::format("{:.0f} ms", static_cast<double>(microseconds) / 1e3);
  if (microseconds < 59'995'000) return fmt::format("{:.2f} s", static_cast<double>(microseconds) / 1e6);
  const long long seconds = (microseconds + 500'000) / 1'000'000;
  return fmt::format("{} min {:02} s", seconds / 60, seconds % 60);
}

std::vector<std::string> disclosures(const record::Evidence& evidence) {
  std::vector<std::string> lines;
  for (const record::Exchange& exchange : evidence.exchanges) {
    if (!exchange.disclosed) continue;
    const std::size_t authority = exchange.url.find("//");
    const std::size_t end =
        authority == std::string::npos ? authority : exchange.url.find_first_of("/?#", authority + 2);
    std::string line = fmt::format("{} was sent to {}, which the project does not name",
                                   plain_line(*exchange.disclosed), plain_line(exchange.url.substr(0, end)));
    if (!contains(lines, line)) lines.push_back(std::move(line));
  }
  return lines;
}

void write_disclosures(TextBlock& block, const record::Evidence& evidence) {
  const std::vector<std::string> lines = disclosures(evidence);
  if (lines.empty()) return;
  std::string text = join(lines, "\n") + "\nif the app may do that, list the host in allowed_hosts of the target";
  block.labelled(Tone::doubtful, "careful", text);
}

std::vector<std::string> request_chains(const std::vector<record::Exchange>& exchanges, const ConsoleStyle& style,
                                        std::string_view target) {
  std::vector<std::string> chains;
  const std::string_view origin = own_origin(target, exchanges);
  const record::Exchange* const all = exchanges.data();
  for (std::size_t begin = 0; begin < exchanges.size();) {
    std::size_t end = begin + 1;
    while (end < exchanges.size() && record::goes_on(exchanges[end].reason)) ++end;
    chains.push_back(chain(style, all + begin, all + end, origin));
    begin = end;
  }
  return chains;
}

void write_console(TextBlock& block, const std::vector<record::ConsoleLine>& console) {
  for (const ChosenLine& line : excerpt(console, most_console_lines)) {
    if (line.left_out > 0)
      block.line({{Tone::dim, fmt::format("{} {} line{} omitted", symbols(block.style()).ellipsis, line.left_out,
                                          line.left_out == 1 ? "" : "s")}});
    block.barred(line.is_error ? Tone::strong : Tone::plain,
                 cut(block.style(), line.text, line.is_error ? longest_error_line : longest_console_line));
  }
}

void write_evidence(TextBlock& block, const record::Evidence& evidence, std::string_view target) {
  write_disclosures(block, evidence);
  const std::string_view origin = own_origin(target, evidence.exchanges);
  if (evidence.validation) write_validation(block, *evidence.validation);
  write_requests(block, evidence.exchanges, target);
  if (evidence.form) write_form(block, *evidence.form, origin);
  if (evidence.page) write_page(block, *evidence.page, origin);
  if (!evidence.console.empty()) {
    block.begin_label(Tone::dim, "console");
    write_console(block, evidence.console);
    block.end_label();
  }
}

} // namespace murphy::reports
