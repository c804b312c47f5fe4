// The page for people: what broke, its proof, and every scenario. One file that asks nothing of any server and reads
// well without its style and its script.
#include "base/digest.h"
#include "base/text.h"
#include "record/time.h"
#include "reports/background.h"
#include "reports/evidence_shown.h"
#include "reports/evidence_text.h"
#include "reports/html_step.h"
#include "reports/html_style.h"
#include "reports/html_text.h"
#include "reports/html_time_line.h"
#include "reports/plain_text.h"
#include "reports/registry.h"
#include "reports/run_text.h"
#include "reports/step_text.h"
#include "reports/suspect_text.h"
#include "words/failure_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace murphy::reports {

namespace {

using record::CaseResult;
using record::Outcome;

constexpr std::size_t most_full = 100;            // of all causes
constexpr std::size_t most_of_failed = 1'200'000; // bytes of their evidence
constexpr std::size_t most_of_others = 600'000;   // bytes of the evidence of all others
constexpr std::size_t most_in_cause = 40;         // scenarios in the list of a cause
constexpr std::size_t most_causes = 500;
constexpr std::size_t differences_shown = 12;
constexpr std::size_t commits_shown = 20;

std::string class_of(RunVerdict verdict) {
  switch (verdict) {
  case RunVerdict::passed: return "passed";
  case RunVerdict::failed: return "failed";
  case RunVerdict::not_judged: return "not-judged";
  case RunVerdict::interrupted: break;
  }
  return "interrupted";
}

std::string_view sign_of(RunVerdict verdict) {
  switch (verdict) {
  case RunVerdict::passed: return "✓";
  case RunVerdict::failed: return "✗";
  default: return "!";
  }
}

std::string sign_of(const CaseResult& result) {
  const std::string_view word = outcome_word(result);
  if (result.flaky()) return fmt::format("<span class=\"doubt\">✓ {}</span>", word);
  switch (result.outcome) {
  case Outcome::passed: return fmt::format("<span class=\"good\">✓ {}</span>", word);
  case Outcome::failed: return fmt::format("<span class=\"bad\">✗ {}</span>", word);
  case Outcome::error: return fmt::format("<span class=\"doubt\">! {}</span>", word);
  default: return fmt::format("<span class=\"dim\">– {}</span>", word);
  }
}

// Puts the page together.
class Page {
public:
  Page(const record::Run& run, const Background& background)
      : run_(run), background_(background), causes_(causes_of(run)), cases_(by_case(causes_)),
        target_(run.ready ? run.ready->url : std::string()) {
    choose_full();
  }

  std::string text() {
    // What is shown in full comes first: the lists link to it.
    const std::string proofs = failed_scenarios();
    const std::string all = all_scenarios();
    return head() + header() + "<main id=\"main\">\n" + warnings() + causes() + since_last_green() + proofs + all +
           "</main>\n" + facts() + fmt::format("<script>{}</script>\n</body>\n</html>\n", html_script());
  }

private:
  std::string head() const {
    const std::string script = base64_digest(DigestKind::sha256, html_script());
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-"
        "Policy\" content=\"default-src 'none'; style-src 'unsafe-inline' 'self'; img-src data:; script-src "
        "'sha256-{}'; "
        "base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>{} {}</title>\n<link "
        "rel=\"stylesheet\" href=\"{}\">\n<style>{}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to "
        "what broke</a>\n",
        script, sign_of(verdict()), html_line(verdict_words()), html_style_name(), html_style());
  }

  RunVerdict verdict() const { return background_.verdict ? background_.verdict->verdict : verdict_of(run_, causes_); }

  std::string verdict_words() const {
    return background_.verdict ? background_.verdict->heading : verdict_text(run_, causes_);
  }

  std::string header() const {
    std::string about = subject_text(run_);
    if (about.empty()) about = run_.started.project;
    std::string text = fmt::format("<header><div class=\"verdict {}\">\n<p class=\"kicker\">Sign-in, tested by Murphy "
                                   "against {}</p>\n<h1>{} {}</h1>\n<p>{}",
                                   class_of(verdict()), html_line(about), sign_of(verdict()),
                                   html_line(verdict_words()), html_line(sum_text(run_)));
    if (run_.finished) text += fmt::format(" · {}", duration_text(run_.finished->duration, page_style));
    text += "</p>\n";
    if (background_.verdict)
      for (const std::string& line : background_.verdict->lines) text += fmt::format("<p>{}</p>\n", html_line(line));
    text += "</div></header>\n<nav aria-label=\"Sections\"><ul>";
    if (!causes_.empty()) text += "<li><a href=\"#causes\">What broke</a></li>";
    if (background_.earlier) text += "<li><a href=\"#since\">Since the last green run</a></li>";
    if (!full_.empty()) text += "<li><a href=\"#failed\">Failed scenarios</a></li>";
    return text +
           "<li><a href=\"#all\">All scenarios</a></li><li><a href=\"#facts\">Facts of the run</a></li></ul></nav>\n";
  }

  std::string warnings() const {
    if (!run_.control || run_.control->holds) return {};
    const record::Failure failure = run_.control->failure.value_or(record::Failure{});
    const words::ControlText control = words::control_text(failure);
    return fmt::format("<p class=\"notice\"><b>{}</b> {} {}</p>\n", html_line(control.headline),
                       html_line(control.fact), html_line(control.consequence));
  }

  // Links to where a scenario is shown: its evidence, else its row.
  std::string link(const CaseResult& result) const {
    return fmt::format("<a href=\"#{}\">{}</a>", html_id_of_case(result.plan->id), html_line(result.plan->name));
  }

  std::string member(const CauseMember& each) const {
    return fmt::format("{} <span class=\"dim\">{}</span>", link(*each.result), html_line(line_text(each.place)));
  }

  std::string evidence(const Cause& cause) const {
    std::string text;
    if (cause.lost != nullptr)
      text += fmt::format("<dt>app</dt><dd>the {}: {}</dd>\n", state_of(cause.lost->loss),
                          html_line(cause.lost->error.what));
    if (cause.suspect != nullptr) {
      for (const record::EvidenceLine& line : cause.suspect->evidence) {
        const EvidenceText words = evidence_text(line);
        text += fmt::format("<dt>{}</dt><dd>{}</dd>\n", html_line(words.source), html_line(words.text));
      }
      for (const record::CodePlace& place : cause.suspect->places)
        text += fmt::format("<dt>code</dt><dd>{}</dd>\n", html_line(record::described(place)));
    }
    return text.empty() ? "" : "<dl class=\"evidence\">\n" + text + "</dl>\n";
  }

  std::string cause_item(const Cause& cause, std::size_t number) const {
    std::string text = fmt::format(
        "<li id=\"cause-{}\">\n<h3>{}</h3>\n<ul class=\"facts\"><li>{}</li>", number, html_line(cause.words),
        cause.members.empty() ? std::string("the whole run") : counted(cause.members.size(), "scenario"));
    if (const std::string age = age_text(background_, cause); !age.empty())
      text += fmt::format("<li class=\"age\">{}</li>", html_line(age));
    if (cause.suspect != nullptr)
      text += fmt::format("<li>{} confidence</li>", record::name_of(cause.suspect->confidence));
    text += fmt::format("<li>cause {}</li></ul>\n", cause.id) + evidence(cause);
    if (cause.suspect != nullptr && !cause.suspect->advice.empty())
      text += fmt::format("<p class=\"fix\">{}</p>\n", html_line(cause.suspect->advice));
    if (cause.suspect == nullptr && cause.lost != nullptr && !cause.lost->error.hint.empty())
      text += fmt::format("<p class=\"fix\">{}</p>\n", html_line(cause.lost->error.hint));
    if (cause.lost != nullptr && !cause.lost->console.empty())
      text += html_details("The last lines of its console", console_of(*cause.lost), Fold::open);
    if (cause.members.empty()) return text + "</li>\n";
    text += fmt::format("<p>Proof: {}</p>\n", member(cause.members[cause.proof]));
    if (cause.members.size() > 1) {
      std::string list = "<ul>\n";
      std::size_t named = 0;
      for (std::size_t i = 0; i < cause.members.size() && named < most_in_cause; ++i) {
        if (i == cause.proof) continue;
        list += fmt::format("<li>{}</li>\n", member(cause.members[i]));
        ++named;
      }
      const std::size_t others = cause.members.size() - 1;
      if (others > named)
        list += fmt::format("<li>and {} more, see <a href=\"#all\">all scenarios</a></li>\n", others - named);
      text += html_details(fmt::format("{} more with the same cause", others), list + "</ul>\n", Fold::closed);
    }
    return text + "</li>\n";
  }

  static std::string console_of(const record::TargetLost& lost) {
    std::string text = "<pre tabindex=\"0\">";
    const std::size_t most = 60, skipped = lost.console.size() > most ? lost.console.size() - most : 0;
    for (std::size_t i = skipped; i < lost.console.size(); ++i) text += html_line(lost.console[i].text) + "\n";
    return text + "</pre>\n";
  }

  std::string causes() const {
    if (causes_.empty()) return "<p>Nothing broke.</p>\n";
    std::string text =
        "<section id=\"causes\" aria-labelledby=\"causes-title\"><h2 id=\"causes-title\">What broke</h2>\n<ol "
        "class=\"causes\">\n";
    for (std::size_t i = 0; i < std::min(causes_.size(), most_causes); ++i) text += cause_item(causes_[i], i + 1);
    text += "</ol>\n";
    if (causes_.size() > most_causes)
      text += fmt::format("<p class=\"dim\">{} omitted; the journal has them all</p>\n",
                          counted(causes_.size() - most_causes, "more cause"));
    return text + "</section>\n";
  }

  static std::string list_of(std::string_view title, const std::vector<std::string>& items) {
    if (items.empty()) return {};
    std::string text = fmt::format("<h3>{}</h3>\n<ul>\n", title);
    for (const std::string& item : items) text += fmt::format("<li>{}</li>\n", html_line(item));
    return text + "</ul>\n";
  }

  // What a gate compared is a part of it.
  std::string since_last_green() const {
    std::string text;
    if (const std::string green = last_green_text(background_); !green.empty())
      text += fmt::format("<p>{}</p>\n", html_line(green)) +
              list_of("What differs in the app", differences_of_app(background_, differences_shown)) +
              list_of("Commits since", commits_since(background_, commits_shown));
    if (background_.verdict) {
      for (const GateVerdict::List& list : background_.verdict->lists) {
        std::string items = "<ul>\n";
        for (std::size_t i = 0; i < std::min(list.items.size(), most_in_cause); ++i)
          items += fmt::format("<li>{}</li>\n", html_line(list.items[i]));
        if (list.items.size() > most_in_cause)
          items += fmt::format("<li>and {} more</li>\n", list.items.size() - most_in_cause);
        text += html_details(list.title, items + "</ul>\n", Fold::closed);
      }
    }
    if (text.empty()) return {};
    const std::string_view title = background_.earlier ? "Since the last green run" : "Compared with earlier runs";
    return fmt::format("<section id=\"since\" aria-labelledby=\"since-title\"><h2 id=\"since-title\">{}</h2>\n{}"
                       "</section>\n",
                       title, text);
  }

  // The proof of each cause, and a few more of it.
  void choose_full() {
    for (std::size_t round = 0; round < most_shown_of_a_cause; ++round) {
      for (const Cause& cause : causes_) {
        if (round >= cause.members.size() || full_.size() >= most_full) continue;
        std::size_t index = round == 0 ? cause.proof : round - 1;
        if (round > 0 && index >= cause.proof) ++index;
        if (index < cause.members.size() && cause.members[index].result->outcome != Outcome::not_run)
          full_.insert(cause.members[index].result);
      }
    }
  }

  std::string attempts(const CaseResult& result, StepDetail detail) {
    std::string text;
    for (std::size_t i = 0; i < result.earlier.size(); ++i) {
      std::string steps;
      for (std::size_t step = 0; step < result.earlier[i].steps.size(); ++step)
        steps += html_step(result.earlier[i].steps[step], step + 1, target_, detail, pages_);
      text += html_details(fmt::format("Attempt {}: did not pass", i + 1), steps, Fold::closed);
    }
    return text;
  }

  std::string steps(const CaseResult& result, StepDetail detail) {
    std::string text = html_time_line(result.steps);
    text += attempts(result, detail);
    for (std::size_t i = 0; i < result.steps.size(); ++i)
      text += html_step(result.steps[i], i + 1, target_, detail, pages_);
    return text;
  }

  std::string about(const CaseResult& result) const {
    std::vector<std::string> parts;
    parts.push_back(html_line(line_text(result.plan->place)));
    if (!result.plan->ticket.empty()) parts.push_back(html_line(result.plan->ticket));
    for (const std::string& requirement : *result.plan->requirements) parts.push_back(html_line(requirement));
    if (!result.plan->tags->empty()) parts.push_back("tags " + html_line(join(*result.plan->tags, ", ")));
    return join(parts, " · ");
  }

  std::string failed_scenarios() {
    std::string text;
    std::size_t index = 0;
    for (const Cause& cause : causes_) {
      ++index;
      for (const CauseMember& each : cause.members) {
        if (!full_.contains(each.result)) continue;
        if (text.size() > most_of_failed) {
          full_.erase(each.result);
          continue;
        }
        const bool is_proof = &each == &cause.members[cause.proof];
        const std::string body =
            fmt::format("<p id=\"{}\">{} · <a href=\"#cause-{}\">cause {}</a></p>\n",
                        html_id_of_case(each.result->plan->id), about(*each.result), index, index) +
            steps(*each.result, is_proof ? StepDetail::whole : StepDetail::evidence);
        text += fmt::format(
            "<div class=\"case{}\">{}</div>\n", is_proof ? " proof" : "",
            html_details(fmt::format("{} {} › {} <span class=\"dim\">{}</span>", sign_of(*each.result),
                                     html_line(each.result->plan->feature), html_line(each.result->plan->name),
                                     duration_text(each.result->duration, page_style)),
                         body, is_proof && index == 1 ? Fold::open : Fold::closed));
      }
    }
    if (text.empty()) return {};
    return "<section id=\"failed\" aria-labelledby=\"failed-title\"><h2 id=\"failed-title\">Failed scenarios</h2>\n<p "
           "class=\"dim\">The proof of each cause and up to two more of it. The others are below, by their "
           "cause.</p>\n" +
           text + "</section>\n";
  }

  std::string row(const CaseResult& result, std::size_t& left) {
    const std::string id = html_id_of_case(result.plan->id);
    std::string name = full_.contains(&result)
                           ? link(result)
                           : fmt::format("<span id=\"{}\">{}</span>", id, html_line(result.plan->name));
    const auto cause = cases_.find(&result);
    if (cause != cases_.end())
      name += fmt::format(" <a href=\"#cause-{0}\">{1} {0}</a>", cause->second.number,
                          full_.contains(&result) ? "cause" : "same cause as");
    else if (const std::string why = outcome_text(run_, result); !why.empty())
      name += fmt::format(" <span class=\"dim\">{}</span>", html_line(why));
    if (!full_.contains(&result) && left > 0 && !result.steps.empty() && cause == cases_.end()) {
      const std::string more = html_details("Steps", steps(result, StepDetail::evidence), Fold::closed);
      if (more.size() <= left) name += more;
      left -= std::min(left, more.size());
    }
    return fmt::format(
        "<tr data-case><td>{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"dim\">{}</td></tr>\n", sign_of(result),
        name, result.outcome == Outcome::not_run ? "" : duration_text(result.duration, page_style), about(result));
  }

  std::string all_scenarios() {
    std::string text =
        "<section id=\"all\" aria-labelledby=\"all-title\"><h2 id=\"all-title\">All scenarios</h2>\n<table "
        "class=\"cases\"><caption>By feature, in the order of the files</caption><thead><tr><th "
        "scope=\"col\">result</th><th scope=\"col\">scenario</th><th scope=\"col\">time</th><th "
        "scope=\"col\">place</th></tr></thead>\n";
    std::size_t left = most_of_others;
    for (const record::FeatureResult& feature : run_.features) {
      text +=
          fmt::format("<tbody class=\"group\"><tr><th scope=\"rowgroup\" colspan=\"4\">{} <span class=\"dim\">{}</span>"
                      "</th></tr>\n",
                      html_line(feature.name), html_line(feature.file));
      for (const CaseResult& result : feature.cases) text += row(result, left);
      text += "</tbody>\n";
    }
    text += "</table>\n";
    if (left == 0) text += "<p class=\"dim\">The steps of more scenarios that passed are in the journal.</p>\n";
    return text + "</section>\n";
  }

  std::string facts() const {
    std::string text;
    const auto add = [&](std::string_view name, std::string_view value) {
      if (!value.empty()) text += fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, html_line(value));
    };
    const record::RunStarted& started = run_.started;
    const record::RunOrigin& origin = started.origin;
    add("started", record::to_iso_8601(started.at));
    add("target", started.target);
    if (run_.ready) add("address", run_.ready->url);
    add("version", origin.target_version);
    add("commit", origin.commit + (origin.is_dirty ? " with changes" : ""));
    add("branch", origin.branch);
    add("base", origin.base);
    add("pull request", origin.pull_request);
    add("build", origin.build_url.empty() ? origin.build : origin.build_url);
    add("selection", join(started.selection, " "));
    if (started.seed) add("shuffled with", std::to_string(*started.seed));
    if (started.shard) add("shard", fmt::format("{} of {}", started.shard->index, started.shard->total));
    std::set<std::string> accounts;
    for (const record::PlannedCase& planned : started.plan)
      accounts.insert(planned.accounts->begin(), planned.accounts->end());
    add("accounts", join({accounts.begin(), accounts.end()}, ", "));
    add("project", started.project);
    add("machine", started.hostname);
    add("Murphy", started.murphy_version);
    return "<footer id=\"facts\" aria-labelledby=\"facts-title\"><h2 id=\"facts-title\">Facts of the run</h2>\n<dl>\n" +
           text + "</dl></footer>\n";
  }

  const record::Run& run_;
  const Background& background_;
  const std::vector<Cause> causes_;
  const std::map<const CaseResult*, CauseOfCase> cases_;
  const std::string target_;
  std::set<const CaseResult*> full_; // shown with all of their evidence
  PagesShown pages_;
};

} // namespace

std::string html_with(const record::Run& run, const Background& background) { return Page(run, background).text(); }

std::string html(const record::Run& run) { return html_with(run, {}); }

std::vector<FileBeside> html_files_beside() { return {{.name = html_style_name(), .text = std::string(html_style())}}; }

} // namespace murphy::reports
