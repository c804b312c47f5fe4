// What differs from the baseline, one thing at a time.
#include "diagnose/suspects_by_baseline.h"

#include <functional>
#include <gmock/gmock.h>
#include <ostream>

namespace murphy::diagnose {
namespace {

using enum record::Layer;
using record::Confidence;
using record::KnownGood;
using record::Layer;
using record::Suspect;

// One form, one visit, one cookie.
KnownGood sample() {
  KnownGood good;
  record::KnownForm& form = good.forms.emplace_back();
  form.page = "/login";
  form.form = {.name = "Sign in",
               .method = "POST",
               .action = "/login",
               .encoding = "",
               .fields = {{.name = "user[email]", .type = "email", .label = "Email", .rules = {"required"}},
                          {.name = "user[password]", .type = "password", .label = "Password", .rules = {}}}};
  record::KnownVisit& visit = good.visits.emplace_back();
  visit.request = "POST /login";
  visit.answers = {"303 /login", "200 /dashboard"};
  visit.title = "Dashboard";
  visit.outline = {"h1", "p.flash"};
  record::KnownCookie& cookie = good.cookies.emplace_back();
  cookie.name = "sid";
  cookie.path = "/";
  cookie.same_site = "Lax";
  cookie.http_only = true;
  return good;
}

struct BaselineRow {
  const char* name;
  std::function<void(KnownGood&)> change;
  Layer layer; // unknown: nothing is to be said
  Layer also = Layer::unknown;
  Confidence confidence = Confidence::high;
  std::string identifier = {};
  std::string suggestion = {};
};

void PrintTo(const BaselineRow& row, std::ostream* out) { *out << row.name; }

class DiffersFromTheBaseline : public testing::TestWithParam<BaselineRow> {};

TEST_P(DiffersFromTheBaseline, Layer) {
  const BaselineRow& row = GetParam();
  Evidence evidence;
  evidence.known_good.emplace().record = sample();
  evidence.known_good->seen = sample();
  row.change(evidence.known_good->seen);
  const auto suspects = suspects_by_baseline(evidence);
  EXPECT_EQ(suspects.empty(), row.layer == Layer::unknown);
  if (suspects.empty()) return;
  const Suspect& suspect = suspects.front();
  SCOPED_TRACE(suspect.cause);
  EXPECT_EQ(record::name_of(suspect.layer), record::name_of(row.layer));
  EXPECT_EQ(record::name_of(suspect.also), record::name_of(row.also));
  EXPECT_EQ(suspect.confidence, row.confidence);
  EXPECT_EQ(suspect.identifier, row.identifier);
  EXPECT_EQ(suspect.suggestion, row.suggestion);
  EXPECT_EQ(suspect.origin,
            row.suggestion.empty() ? record::SuggestionOrigin::none : record::SuggestionOrigin::baseline);
}

record::PageField& field(KnownGood& now, std::size_t at) { return now.forms[0].form.fields[at]; }

INSTANTIATE_TEST_SUITE_P(All, DiffersFromTheBaseline,
                         testing::ValuesIn(std::vector<BaselineRow>{
                             {.name = "Nothing", .change = [](KnownGood&) {}, .layer = unknown},
                             {.name = "AFormGoesElsewhere",
                              .change = [](KnownGood& now) { now.forms[0].form.action = "/sesion"; },
                              .layer = view,
                              .also = config,
                              .identifier = "/sesion",
                              .suggestion = "/login"},
                             {.name = "AFormGoesByAnotherMethod",
                              .change = [](KnownGood& now) { now.forms[0].form.method = "GET"; },
                              .layer = view,
                              .identifier = "GET",
                              .suggestion = "POST"},
                             {.name = "AFormIsSentOtherwise",
                              .change = [](KnownGood& now) { now.forms[0].form.encoding = "text/plain"; },
                              .layer = view,
                              .identifier = "text/plain"},
                             {.name = "AFieldIsRenamed",
                              .change = [](KnownGood& now) { field(now, 0).name = "user[emial]"; },
                              .layer = view,
                              .identifier = "emial",
                              .suggestion = "email"},
                             {.name = "AFieldIsGone",
                              .change = [](KnownGood& now) { now.forms[0].form.fields.pop_back(); },
                              .layer = view,
                              .identifier = "password"},
                             {.name = "AFieldHasAnotherLabel",
                              .change = [](KnownGood& now) { field(now, 0).label = "Emial"; },
                              .layer = view,
                              .confidence = Confidence::medium,
                              .identifier = "email"},
                             {.name = "AFieldIsOfAnotherType",
                              .change = [](KnownGood& now) { field(now, 0).type = "text"; },
                              .layer = view,
                              .confidence = Confidence::medium,
                              .identifier = "email"},
                             {.name = "AFieldAsksForMore",
                              .change = [](KnownGood& now) { field(now, 1).rules = {"required"}; },
                              .layer = view,
                              .confidence = Confidence::medium,
                              .identifier = "password"},
                             {.name = "AFormOfAnotherPageIsNotHeldAgainstIt",
                              .change =
                                  [](KnownGood& now) {
                                    now.forms[0].page = "/profile";
                                    now.forms[0].form.method = "GET";
                                  },
                              .layer = unknown},
                             {.name = "ARequestLeadsElsewhere",
                              .change = [](KnownGood& now) { now.visits[0].answers = {"303 /login", "404 /dashbord"}; },
                              .layer = config,
                              .also = controller,
                              .confidence = Confidence::medium,
                              .identifier = "/dashbord",
                              .suggestion = "/dashboard"},
                             {.name = "ACookieHasAnotherPath",
                              .change = [](KnownGood& now) { now.cookies[0].path = "/auth"; },
                              .layer = session,
                              .also = config,
                              .identifier = "Path"},
                             {.name = "ACookieHasAnotherDomain",
                              .change = [](KnownGood& now) { now.cookies[0].domain = "other.example"; },
                              .layer = session,
                              .also = config,
                              .identifier = "Domain"},
                             {.name = "ACookieHasAnotherSameSite",
                              .change = [](KnownGood& now) { now.cookies[0].same_site = "None"; },
                              .layer = session,
                              .also = config,
                              .identifier = "SameSite"},
                             {.name = "ACookieIsSecure",
                              .change = [](KnownGood& now) { now.cookies[0].secure = true; },
                              .layer = session,
                              .also = config,
                              .identifier = "Secure"},
                             {.name = "ACookieIsOpenToScripts",
                              .change = [](KnownGood& now) { now.cookies[0].http_only = false; },
                              .layer = session,
                              .also = config,
                              .identifier = "HttpOnly"},
                             {.name = "ACookieLastsForAnotherTime",
                              .change = [](KnownGood& now) { now.cookies[0].lasts = 60; },
                              .layer = session,
                              .also = config,
                              .identifier = "Max-Age"},
                             {.name = "APageHasNoTitle",
                              .change = [](KnownGood& now) { now.visits[0].title.clear(); },
                              .layer = view,
                              .also = controller,
                              .confidence = Confidence::medium,
                              .identifier = "title"},
                             {.name = "AnElementSaysNothing",
                              .change = [](KnownGood& now) { now.visits[0].outline = {"p.flash"}; },
                              .layer = view,
                              .also = model,
                              .confidence = Confidence::medium,
                              .identifier = "h1"},
                             {.name = "AMessageIsNotShown",
                              .change = [](KnownGood& now) { now.visits[0].outline = {"h1"}; },
                              .layer = view,
                              .also = session,
                              .confidence = Confidence::guess,
                              .identifier = "p.flash"},
                             {.name = "AnotherPageSaysNothingOfElements",
                              .change = [](KnownGood& now) { now.visits[0].outline = {"h2"}; },
                              .layer = unknown},
                         }),
                         [](const auto& each) { return std::string(each.param.name); });

} // namespace
} // namespace murphy::diagnose
