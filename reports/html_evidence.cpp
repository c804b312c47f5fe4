#include "reports/html_evidence.h"

#include "base/cut_mask.h"
#include "base/text.h"
#include "record/set_cookie.h"
#include "record/visits.h"
#include "reports/console_excerpt.h"
#include "reports/curl.h"
#include "reports/evidence_text.h"
#include "reports/html_text.h"
#include "reports/plain_text.h"
#include "reports/validation_text.h"
#include "words/dropped_cookie_text.h"
#include "words/rule_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace murphy::reports {

namespace {

constexpr std::size_t most_console_rows = 60;
constexpr std::size_t longest_console_row = 600; // columns
constexpr std::size_t most_exchanges = 40;
constexpr std::size_t most_field_rows = 200;
constexpr std::size_t most_rules = 400;
constexpr std::size_t longest_cell = 400;         // columns
constexpr std::size_t longest_address_cell = 300; // columns
constexpr std::size_t longest_command = 12'000;   // bytes
constexpr std::size_t longest_page = 64U << 10;   // bytes of markup
constexpr std::size_t longest_words = 16U << 10;  // bytes of text

std::string cell(std::string_view text) { return fmt::format("<td>{}</td>", html_line(ellipsize(text, longest_cell))); }

std::string took(record::Duration duration) {
  return fmt::format("<td class=\"n\">{}</td>", duration.count() == 0 ? "" : duration_text(duration, page_style));
}

std::string omitted(std::size_t number, std::string_view what) {
  return number == 0 ? "" : fmt::format("<p class=\"dim\">{} more {} omitted</p>\n", number, what);
}

std::string attributes_of(const record::SetCookie& cookie) {
  std::vector<std::string> parts;
  if (!cookie.domain.empty()) parts.push_back("Domain=" + cookie.domain);
  if (!cookie.path.empty()) parts.push_back("Path=" + cookie.path);
  if (cookie.max_age) parts.push_back(fmt::format("Max-Age={}", cookie.max_age->count()));
  if (cookie.expires) parts.emplace_back("Expires");
  if (cookie.secure) parts.emplace_back("Secure");
  if (cookie.http_only) parts.emplace_back("HttpOnly");
  if (const std::string_view site = record::name_of(cookie.same_site); !site.empty())
    parts.push_back(fmt::format("SameSite={}", site));
  return join(parts, "; ");
}

std::string sign_of(record::Standing standing) {
  using enum record::Standing;
  switch (standing) {
  case none: return "–";
  case enforced: return "✓ enforced";
  case unknown: return "? unknown";
  default: return "✗ " + std::string(words_of(standing));
  }
}

std::string rule_row(const record::ValidationCell& cell_) {
  const std::string state = cell_.holds ? (record::is_judged(cell_) ? "✓ passed" : "? not judged") : "✗ failed";
  std::string row =
      fmt::format("<tr class=\"{}\"><th scope=\"row\">{}</th>", cell_.holds ? "ok" : "bad", html_line(cell_.field));
  row += cell(cell_.rule) + cell(state) + cell(words::rule_text(cell_)) + cell(sign_of(cell_.page)) +
         cell(sign_of(cell_.server)) + cell(sign_of(cell_.column)) + "</tr>\n";
  std::string tested = words::tested_text(cell_.tested);
  const std::string reply = words::reply_text(cell_);
  if (!reply.empty()) tested += (tested.empty() ? "" : " → ") + reply;
  for (const std::string& more : {words::column_text(cell_.behind), words::note_text(cell_)})
    if (!more.empty()) tested += (tested.empty() ? "" : "; ") + more;
  if (!cell_.holds && !tested.empty())
    row += fmt::format("<tr><td colspan=\"7\" class=\"dim\">{}</td></tr>\n", html_line(ellipsize(tested, 600)));
  return row;
}

std::string_view ending_words(record::ProbeEnd end) {
  using enum record::ProbeEnd;
  switch (end) {
  case works: return "works";
  case refused: return "is refused";
  case server_error: return "ends in a server error";
  case no_answer: return "has no answer";
  case not_asked: break;
  }
  return "";
}

} // namespace

std::string html_requests(const std::vector<record::Exchange>& exchanges, std::string_view target) {
  if (exchanges.empty()) return {};
  std::string text = "<h3 class=\"part\">Requests</h3>\n<ul class=\"chain\">\n";
  const std::vector<std::string> chains = request_chains(exchanges, page_style, target);
  for (std::size_t i = 0; i < std::min(chains.size(), most_exchanges); ++i)
    text += fmt::format("<li>{}</li>\n", html_line(chains[i]));
  text += "</ul>\n" + omitted(chains.size() - std::min(chains.size(), most_exchanges), "requests");
  std::string rows = "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Times of the requests\"><table>"
                     "<caption>Times of the requests</caption><thead><tr><th scope=\"col\">request</th><th "
                     "scope=\"col\">answer</th><th scope=\"col\">whole</th><th scope=\"col\">resolve</th><th "
                     "scope=\"col\">connect</th><th scope=\"col\">TLS</th><th scope=\"col\">first byte</th><th "
                     "scope=\"col\">body</th></tr></thead><tbody>\n";
  for (std::size_t i = 0; i < std::min(exchanges.size(), most_exchanges); ++i) {
    const record::Exchange& each = exchanges[i];
    const std::string answer = each.status == 0 ? "no answer: " + each.error : std::to_string(each.status);
    rows += fmt::format("<tr><th scope=\"row\">{} {}</th>", html_line(each.method),
                        html_line(ellipsize(each.url, longest_address_cell))) +
            cell(answer) + took(each.timing.total()) + took(each.timing.resolve) + took(each.timing.connect) +
            took(each.timing.tls) + took(each.timing.first_byte) + took(each.timing.body) + "</tr>\n";
  }
  return text + html_details("Times of the requests", rows + "</tbody></table></div>\n", Fold::closed);
}

std::string html_curl(const std::vector<record::Exchange>& exchanges) {
  std::string body;
  for (std::size_t i = 0; i < std::min(exchanges.size(), most_exchanges); ++i) {
    const std::string command = curl(exchanges[i]);
    if (command.size() > longest_command) continue;
    body += fmt::format("<pre class=\"curl\" tabindex=\"0\">{}</pre>\n", html_text(command));
  }
  return body.empty() ? "" : html_details("The same with curl", body, Fold::closed);
}

std::string html_cookies(const std::vector<record::Exchange>& exchanges) {
  std::string rows;
  std::set<std::string> known;
  for (const record::Exchange& exchange : exchanges) {
    for (const std::string* header : record::find_headers(exchange.headers, "Set-Cookie")) {
      const auto set = record::parse_set_cookie(*header);
      const std::string name = set ? set->name : set.error().name;
      const auto dropped = std::ranges::find(exchange.dropped_cookies, name, &record::DroppedCookie::name);
      std::string sign = "+", what = set ? attributes_of(*set) : "";
      if (dropped != exchange.dropped_cookies.end()) {
        sign = "✗";
        what = "not kept: " + words::reason_text(*dropped);
      } else if (!record::cookie_set_by(*header, exchange.started)) {
        sign = "−";
        what = "deleted";
      } else if (!known.insert(name).second) {
        sign = "≠";
      }
      rows += fmt::format("<li><span class=\"sign\">{}</span> <b>{}</b> {}</li>\n", sign, html_line(name),
                          html_line(ellipsize(what, longest_cell)));
    }
  }
  return rows.empty() ? "" : "<h3 class=\"part\">Cookies</h3>\n<ul class=\"cookies\">\n" + rows + "</ul>\n";
}

std::string html_form(const record::FilledForm& form) {
  std::string text = fmt::format(
      "<h3 class=\"part\">Form</h3>\n<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"The form as it was "
      "filled in\">"
      "<table><caption>“{}” {} {}{}</caption><thead><tr><th scope=\"col\">label</th><th scope=\"col\">name</th><th "
      "scope=\"col\">type</th><th scope=\"col\">value</th></tr></thead><tbody>\n",
      html_line(form.name), html_line(form.method), html_line(ellipsize(form.action, longest_address_cell)),
      form.frame ? " in the frame " + html_line(*form.frame) : "");
  for (std::size_t i = 0; i < std::min(form.fields.size(), most_field_rows); ++i) {
    const record::FilledField& field = form.fields[i];
    text += fmt::format("<tr><th scope=\"row\">{}</th>", html_line(ellipsize(field.label, longest_cell))) +
            cell(field.name) + cell(field.from == record::EntryFrom::scenario ? "sent on purpose" : field.type) +
            cell(field.value.empty() ? "(empty)" : field.value) + "</tr>\n";
  }
  return text + "</tbody></table></div>\n" +
         omitted(form.fields.size() - std::min(form.fields.size(), most_field_rows), "fields");
}

std::string html_console(const std::vector<record::ConsoleLine>& console, record::Instant from) {
  if (console.empty()) return {};
  std::string text = "<h3 class=\"part\">Console</h3>\n<pre class=\"console\" tabindex=\"0\">";
  for (const ChosenLine& line : excerpt(console, most_console_rows)) {
    if (line.left_out > 0) text += fmt::format("<i>… {} more lines omitted</i>\n", line.left_out);
    const auto after = std::chrono::duration_cast<record::Duration>(line.at - from);
    const std::string moment = line.at == record::Instant{} || after.count() < 0
                                   ? std::string("        ")
                                   : fmt::format("{:>8}", "+" + duration_text(after, page_style));
    const std::string words = html_line(ellipsize(line.text, longest_console_row));
    text += fmt::format("<i>{}</i> {}\n", moment, line.is_error ? "<b>" + words + "</b>" : words);
  }
  return text + "</pre>\n";
}

std::string html_validation(const record::Validation& validation) {
  constexpr std::string_view head =
      "<thead><tr><th scope=\"col\">field</th><th scope=\"col\">rule</th><th scope=\"col\">result</th><th "
      "scope=\"col\">required</th><th scope=\"col\">page</th><th scope=\"col\">server</th><th "
      "scope=\"col\">column</th></tr></thead>";
  std::string failed, others;
  std::size_t shown = 0, number_failed = 0;
  for (const bool holds : {false, true}) {
    for (const record::ValidationCell& each : validation.cells) {
      if (each.holds != holds || ++shown > most_rules) continue;
      number_failed += holds ? 0 : 1;
      (holds ? others : failed) += rule_row(each);
    }
  }
  const auto table = [&](std::string_view caption, const std::string& rows) {
    return fmt::format("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"{0}\"><table><caption>{0}"
                       "</caption>{1}<tbody>\n{2}</tbody></table></div>\n",
                       caption, head, rows);
  };
  std::string text =
      fmt::format("<h3 class=\"part\">Rules of the form</h3>\n<p>{}</p>\n", html_line(validation_line(validation)));
  if (!failed.empty()) text += table(fmt::format("Rules that failed ({})", number_failed), failed);
  if (!others.empty())
    text += html_details("The other rules", table("The other rules", others),
                         failed.empty() && validation.cells.size() <= 20 ? Fold::open : Fold::closed);
  return text + omitted(validation.cells.size() - std::min(validation.cells.size(), most_rules), "rules");
}

std::string html_probes(const record::Probes& probes) {
  std::string rows;
  const auto add = [&](std::string_view what, record::ProbeEnd end) {
    if (end != record::ProbeEnd::not_asked) rows += fmt::format("<li>{} {}</li>\n", what, ending_words(end));
  };
  add("A wrong password", probes.wrong_password);
  add("An unknown user", probes.unknown_user);
  add("The dashboard without a session", probes.no_session);
  add("The ready page", probes.ready_page);
  add("A static file", probes.static_page);
  add("Another account", probes.second_account);
  return rows.empty() ? "" : "<h3 class=\"part\">Asked besides</h3>\n<ul>\n" + rows + "</ul>\n";
}

std::string html_page(const record::PageSeen& page) {
  std::string text = fmt::format("<h3 class=\"part\">Page</h3>\n<p>{} {}{}</p>\n", page.status,
                                 html_line(ellipsize(page.url, longest_address_cell)),
                                 page.title.empty() ? "" : " “" + html_line(page.title) + "”");
  if (!page.errors.empty()) {
    text += "<ul class=\"said\">\n";
    for (const record::ShownError& error : page.errors)
      text += fmt::format("<li>{}</li>\n", html_line(ellipsize(record::line_of(error), longest_cell)));
    text += "</ul>\n";
  }
  if (page.text.empty()) return text;
  const std::string words = html_text(without_mask_cut_at_end(utf8_prefix(page.text, longest_words)));
  return text + html_details("The page as text", "<pre tabindex=\"0\">" + words + "</pre>\n", Fold::closed);
}

std::string html_frame(const record::Exchange& answer) {
  const std::string* type = record::find_header(answer.headers, "Content-Type");
  if (answer.body.empty() || type == nullptr || !ascii_lower(*type).starts_with("text/html")) return {};
  // The policy comes first, and one that comes later can only add to it: nothing is asked of any server. The empty
  // `sandbox` runs no script, sends no form, opens nothing and follows no link.
  constexpr std::string_view policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                                      "style-src 'unsafe-inline'; img-src data:\">";
  const std::string markup = plain_text(utf8_prefix(answer.body, longest_page));
  return html_details(answer.body_cut || answer.body.size() > longest_page
                          ? "The beginning of the page, without scripts and images"
                          : "The page, without scripts and images",
                      fmt::format("<iframe sandbox title=\"The page as it looked\" loading=\"lazy\" "
                                  "referrerpolicy=\"no-referrer\" srcdoc=\"{}\"></iframe>\n",
                                  html_attribute(std::string(policy) + markup)),
                      Fold::closed);
}

} // namespace murphy::reports
