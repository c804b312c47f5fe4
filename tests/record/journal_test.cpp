#include "record/journal.h"

#include "base/text.h"
#include "record/enumerators.h"
#include "record/event_json.h"
#include "record/fields.h"
#include "record/run.h"
#include "samples.h"
#include "tests/places.h"

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace murphy::record {
namespace {

namespace fs = std::filesystem;

class Folder {
public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "murphy-journal-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() { fs::remove_all(path_); }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

private:
  fs::path path_;
};

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string lines_of(const std::vector<Event>& events) {
  std::string lines;
  for (const Event& event : events) lines += journal_line(event);
  return lines;
}

// ---- round trip

// Fails for a sample that leaves a member at its default, and so for a member that is added and not sampled.
struct DiffersFromDefault {
  std::string path;

  template <class T> void operator()(const char* name, const T& member) const {
    const DiffersFromDefault inner{path + "." + name};
    EXPECT_FALSE(member == T{}) << inner.path << " is sampled with its default";
    inner.into(member);
  }
  template <class T> void into(const std::vector<T>& members) const {
    for (const T& member : members) into(member);
  }
  template <class T> void into(const Boxed<T>& member) const {
    if (member) into(*member);
  }
  template <class T> void into(const Shared<T>& member) const { into(*member); }
  template <class T> void into(const std::optional<T>& member) const {
    if (member) into(*member);
  }
  template <class T> void into(const T& member) const {
    if constexpr (std::is_class_v<T> && requires { fields(member, *this); }) fields(member, *this);
  }
};

TEST(Journal, SamplesLeaveNothingAtItsDefault) {
  std::vector<bool> sampled(std::variant_size_v<Event::Variant>);
  for (const Event& event : full_events()) {
    std::visit([](const auto& value) { DiffersFromDefault{std::string()}.into(value); }, event);
    sampled[event.index()] = true;
  }
  EXPECT_THAT(sampled, testing::Each(true)) << "an event has no sample";
}

TEST(Journal, KeepsEveryMemberOfEveryEvent) {
  for (const Event& event : full_events()) {
    const auto again = parse_journal(journal_line(event), "run.jsonl");
    ASSERT_TRUE(again) << again.error().what;
    EXPECT_EQ(again->at(0), event) << journal_line(event);
  }
}

TEST(Journal, KeepsEventsWhoseMembersHaveTheirDefaults) {
  for (const Event& event :
       std::vector<Event>{RunStarted{}, TargetReady{}, TargetLost{}, CaseStarted{}, EvidenceGathered{}, StepFinished{},
                          CaseRetried{}, CaseFinished{}, ControlFinished{}, RunFinished{}}) {
    const auto again = parse_journal(journal_line(event), "run.jsonl");
    ASSERT_TRUE(again) << again.error().what;
    EXPECT_EQ(again->at(0), event);
  }
}

TEST(Journal, KeepsThatAColumnMustBeFilled) {
  EvidenceGathered event;
  event.schema = Schema{.engine = {}, .tables = full_tables()};
  event.schema->tables.front().columns.front().nullable = false;
  EXPECT_EQ(parse_journal(journal_line(event), "j")->at(0), Event(event));
}

TEST(Journal, KeepsEveryEnumerator) {
  for (int i = 0; i <= static_cast<int>(Reason::ready); ++i) {
    ControlFinished event;
    event.exchanges.emplace_back().reason = static_cast<Reason>(i);
    EXPECT_EQ(parse_journal(journal_line(event), "j")->at(0), Event(event));
  }
  for (int i = 0; i <= static_cast<int>(CookieDrop::shadows_secure); ++i) {
    ControlFinished event;
    event.exchanges.emplace_back().dropped_cookies.push_back(
        {.name = "sid", .why = static_cast<CookieDrop>(i), .domain = {}, .host = {}, .bytes = 0});
    EXPECT_EQ(parse_journal(journal_line(event), "j")->at(0), Event(event));
  }
  for (int i = 0; i <= static_cast<int>(FailureCode::rule_accepts_invalid); ++i) {
    StepFinished event;
    event.step.failures.emplace_back().code = static_cast<FailureCode>(i);
    EXPECT_EQ(parse_journal(journal_line(event), "j")->at(0), Event(event));
  }
  for (int i = 0; i <= static_cast<int>(Outcome::not_run); ++i) {
    const CaseFinished event{.id = "x", .outcome = static_cast<Outcome>(i), .duration = {}, .note = {}};
    EXPECT_EQ(parse_journal(journal_line(event), "j")->at(0), Event(event));
  }
  for (int i = 0; i <= static_cast<int>(ProbeEnd::no_answer); ++i) {
    StepFinished event;
    event.step.evidence.probes = Probes{.ready_page = static_cast<ProbeEnd>(i)};
    EXPECT_EQ(parse_journal(journal_line(event), "j")->at(0), Event(event));
  }
  for (int i = 0; i <= static_cast<int>(ErrorKind::interrupted); ++i) {
    TargetLost event;
    event.error.kind = static_cast<ErrorKind>(i);
    EXPECT_EQ(parse_journal(journal_line(event), "j")->at(0), Event(event));
  }
}

TEST(Journal, WritesOneLineAnEvent) {
  EXPECT_EQ(journal_line(CaseStarted{.id = "a.toml#x\ny", .at = moment(1)}),
            R"({"murphy":2,"event":"case_started","id":"a.toml#x\ny","at":"2026-11-22T00:00:00.000001Z"})"
            "\n");
  EXPECT_EQ(
      journal_line(RunFinished{.at = moment(0), .duration = std::chrono::seconds(2), .interrupted = false}),
      R"({"murphy":2,"event":"run_finished","at":"2026-11-22T00:00:00.000000Z","duration":2000000,"interrupted":false})"
      "\n");
}

TEST(Journal, IsAlwaysUtf8) {
  StepFinished event;
  event.step.evidence.console = {{.at = {}, .text = "caf\xE9 \xFF\x00 end"}};
  const std::string line = journal_line(event);
  EXPECT_TRUE(is_utf8(line));
  const auto again = parse_journal(line, "run.jsonl");
  ASSERT_TRUE(again);
  EXPECT_EQ(std::get<StepFinished>(again->at(0)).step.evidence.console[0].text, "caf\uFFFD \uFFFD");
}

// ---- the writer

TEST(JournalWriter, FlushesEachLine) {
  const Folder folder;
  const std::string path = folder / "run.jsonl";
  auto writer = JournalWriter::open(path);
  ASSERT_TRUE(writer) << writer.error().what;
  std::string expected;
  for (const Event& event : full_events()) {
    ASSERT_TRUE(writer->write(event));
    expected += journal_line(event);
    EXPECT_EQ(content(path), expected);
  }
  EXPECT_EQ(*read_journal(path), full_events());
}

TEST(JournalWriter, EmptiesAnOlderJournal) {
  const Folder folder;
  const std::string path = folder / "run.jsonl";
  std::ofstream(path) << "old\n";
  ASSERT_TRUE(JournalWriter::open(path)->write(CaseStarted{}));
  EXPECT_EQ(content(path), journal_line(CaseStarted{}));
}

TEST(JournalWriter, SaysThatTheFolderIsMissing) {
  const Folder folder;
  const auto writer = JournalWriter::open(folder / "missing/run.jsonl");
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().kind, ErrorKind::internal);
  EXPECT_EQ(render(writer.error()), folder / "missing/run.jsonl" +
                                        ": the journal cannot be written: No such file or directory\n"
                                        "  create its folder, or name another file with --journal\n");
}

TEST(JournalWriter, SaysThatTheDiskIsFull) {
  auto writer = JournalWriter::open("/dev/full");
  ASSERT_TRUE(writer);
  const auto written = writer->write(CaseStarted{});
  ASSERT_FALSE(written);
  EXPECT_EQ(render(written.error()), "/dev/full: the journal cannot be written: No space left on device\n"
                                     "  free disk space, or name a file elsewhere with --journal\n");
}

TEST(JournalWriter, WritesOnAfterItWasMoved) {
  const Folder folder;
  const std::string path = folder / "run.jsonl";
  auto opened = JournalWriter::open(path);
  JournalWriter writer = std::move(*opened);
  ASSERT_TRUE(writer.write(CaseStarted{}));
  EXPECT_EQ(content(path), journal_line(CaseStarted{}));
}

// ---- reading what is not as it should be

TEST(ReadJournal, LeavesOutWhatAKilledRunWasWriting) {
  const std::string whole = lines_of(full_events());
  const std::string last = journal_line(full_events().back());
  for (const std::size_t cut : {std::size_t{1}, last.size() / 2, last.size() - 2}) {
    const auto events = parse_journal(whole + last.substr(0, cut), "run.jsonl");
    ASSERT_TRUE(events) << events.error().what;
    EXPECT_EQ(*events, full_events()) << cut;
  }
}

TEST(ReadJournal, LeavesOutALastLineThatIsCutAtAnyOfItsBytes) {
  const std::string first = journal_line(RunStarted{});
  const std::vector<Event> expected{RunStarted{}};
  for (const Event& event : full_events()) {
    const std::string last = journal_line(event);
    for (std::size_t cut = 1; cut + 1 < last.size(); ++cut) {
      const auto events = parse_journal(first + last.substr(0, cut), "run.jsonl");
      ASSERT_TRUE(events) << cut << " of " << last << events.error().what;
      ASSERT_EQ(*events, expected) << cut << " of " << last;
    }
  }
}

TEST(ReadJournal, TakesALastLineThatOnlyLacksItsEnd) {
  std::string text = lines_of(full_events());
  text.pop_back();
  EXPECT_EQ(*parse_journal(text, "run.jsonl"), full_events());
}

void expect_refused(const std::string& text, const std::string& rendered) {
  const auto events = parse_journal(text, "run.jsonl");
  ASSERT_FALSE(events) << text;
  EXPECT_EQ(events.error().kind, ErrorKind::usage);
  EXPECT_EQ(render(events.error()), rendered);
}

TEST(ReadJournal, RefusesWhatIsNone) {
  const std::string hint = "  `murphy run --journal FILE` writes a journal\n";
  expect_refused("<testsuites/>\n", "run.jsonl:1: this is not a Murphy journal: syntax error\n" + hint);
  expect_refused("[1]\n", "run.jsonl:1: this is not a line of a Murphy journal\n" + hint);
  expect_refused("{\"event\":\"run_started\"}\n", "run.jsonl:1: this is not a line of a Murphy journal\n" + hint);
  expect_refused("", "run.jsonl: the journal is empty\n  its run did not start; rerun the scenarios\n");
}

TEST(ReadJournal, RefusesAnotherVersion) {
  for (const std::string version : {"0", "3"})
    expect_refused("{\"murphy\":" + version + ",\"event\":\"run_started\"}\n",
                   "run.jsonl:1: this is a journal of version " + version +
                       ", but this Murphy reads versions 1 to 2\n"
                       "  use the Murphy version that wrote it, or rerun the scenarios\n");
}

// What the first version wrote, as words: the example of its document, and lines with what that lacks.
TEST(ReadJournal, ReadsTheFirstVersion) {
  auto events = read_journal(in_project("tests/record/journals/version-1.jsonl"));
  const auto more = read_journal(in_project("tests/record/journals/version-1-more.jsonl"));
  ASSERT_TRUE(events && more) << render((events ? more : events).error());
  record::Run run;
  for (const Event& event : *events) ASSERT_TRUE(apply(run, event));
  EXPECT_FALSE(run.gathered);
  events->insert(events->end(), more->begin(), more->end());
  ASSERT_EQ(events->size(), 10U);
  const StepResult& first = std::get<StepFinished>(events->at(3)).step;
  EXPECT_EQ(first.failures.at(0).code, FailureCode::as_written);
  EXPECT_EQ(first.failures.at(0).key, "status");
  EXPECT_EQ(first.failures.at(0).wanted.text, "200");
  EXPECT_EQ(first.failures.at(0).got.text, "500");
  EXPECT_EQ(first.note.kind, Note::Kind::none);
  EXPECT_EQ(first.suspects.at(0).origin, SuggestionOrigin::schema);
  EXPECT_EQ(first.evidence.form->fields.at(1).value, "‹ada.password›");

  const StepResult& step = std::get<StepFinished>(events->at(6)).step;
  EXPECT_EQ(step.note.kind, Note::Kind::as_written);
  EXPECT_EQ(step.note.text, "tried 2 times");
  EXPECT_EQ(step.failures.at(0).reason.hint, "look");
  const Exchange& exchange = step.evidence.exchanges.at(0);
  EXPECT_EQ(exchange.url, "http://app.test/");
  ASSERT_EQ(exchange.dropped_cookies.size(), 1U);
  EXPECT_EQ(exchange.dropped_cookies[0].name, "sid");
  EXPECT_EQ(exchange.dropped_cookies[0].why, CookieDrop::unknown);
  EXPECT_EQ(step.evidence.form->fields.at(0).from, EntryFrom::scenario);
  EXPECT_EQ(step.evidence.form->fields.at(0).type, "");
  EXPECT_EQ(step.evidence.form->fields.at(1).from, EntryFrom::page);
  EXPECT_EQ(step.evidence.form->fields.at(1).type, "email");
  EXPECT_EQ(line_of(step.evidence.page->errors.at(0)), "Email: is not registered");
  EXPECT_EQ(step.evidence.validation->submissions, 12);
  const ValidationCell& cell = step.evidence.validation->cells.at(0);
  EXPECT_TRUE(cell.required.is_stated);
  EXPECT_EQ(cell.required.number, 254);
  EXPECT_EQ(cell.tested.text, "255 characters");
  EXPECT_EQ(cell.end, SubmissionEnd::as_written);
  EXPECT_EQ(cell.said, "accepted: 200 /");
  EXPECT_EQ(cell.behind.type, "users.email varchar(64)");
  EXPECT_EQ(cell.notes.at(0).text, "a note");
  EXPECT_FALSE(cell.holds);
  EXPECT_FALSE(step.evidence.validation->cells.at(1).required.is_stated);
  const Suspect& suspect = step.suspects.at(0);
  EXPECT_EQ(suspect.origin, SuggestionOrigin::usual_spelling);
  EXPECT_EQ(suspect.evidence.at(0).source, EvidenceSource::baseline);
  EXPECT_EQ(suspect.evidence.at(1).source, EvidenceSource::expectation);
  EXPECT_EQ(suspect.evidence.at(1).failure->key, "dashboard");
  EXPECT_EQ(suspect.evidence.at(1).failure->got.text, "200 /login");
  EXPECT_EQ(step.suspects.at(1).origin, SuggestionOrigin::none);

  EXPECT_EQ(std::get<ControlFinished>(events->at(7)).failure->got.text, "200 /dashboard");
  EXPECT_FALSE(std::get<ControlFinished>(events->at(8)).failure);
  EXPECT_EQ(std::get<CaseFinished>(events->at(9)).note.text, "interrupted");
}

TEST(ReadJournal, NamesABrokenLine) {
  const std::string first = journal_line(RunStarted{});
  const std::string hint = "  do not edit a journal by hand; rerun the scenarios\n";
  expect_refused(first + "{\"murphy\":2,\n" + first, "run.jsonl:2: this line is not JSON: incomplete JSON\n" + hint);
  expect_refused(first + "\n" + first, "run.jsonl:2: this line is not JSON: incomplete JSON\n" + hint);
  expect_refused(first + "{\"murphy\":2,\"event\":\"case_startd\"}\n",
                 "run.jsonl:2: a journal has no event \"case_startd\"\n  did you mean \"case_started\"?\n");
  expect_refused(first + "{\"murphy\":2}\n", "run.jsonl:2: a journal has no event \"\"\n" + hint);
  expect_refused(first + R"({"murphy":2,"event":"case_finished","outcome":"great"})"
                         "\n",
                 "run.jsonl:2: outcome is not one of passed, failed, error, skipped, not_run\n" + hint);
  expect_refused(first +
                     R"({"murphy":2,"event":"step_finished","step":{"evidence":{"exchanges":[{},{"status":"200"}]}}})"
                     "\n",
                 "run.jsonl:2: step.evidence.exchanges[1].status is not a whole number that fits\n" + hint);
  expect_refused(first + R"({"murphy":2,"event":"case_started","at":"2026-13-01T00:00:00.000000Z"})"
                         "\n",
                 "run.jsonl:2: at is not a time like 2026-01-31T23:59:59.000000Z\n" + hint);
  expect_refused(first + R"({"murphy":2,"event":"step_finished","step":{"place":{"line":-1}}})"
                         "\n",
                 "run.jsonl:2: step.place.line is not a whole number that fits\n" + hint);
  expect_refused(first + R"({"murphy":2,"event":"step_finished","step":7})"
                         "\n",
                 "run.jsonl:2: step is not an object\n" + hint);
  expect_refused(first + R"({"murphy":2,"event":"run_started","plan":{}})"
                         "\n",
                 "run.jsonl:2: plan is not an array\n" + hint);
  expect_refused(first + R"({"murphy":2,"event":"case_started","id":1})"
                         "\n",
                 "run.jsonl:2: id is not a string\n" + hint);
  expect_refused(first + R"({"murphy":2,"event":"run_finished","interrupted":0})"
                         "\n",
                 "run.jsonl:2: interrupted is not true or false\n" + hint);
}

TEST(ReadJournal, PassesOverMembersItDoesNotKnow) {
  const auto events = parse_journal(R"({"murphy":2,"event":"case_started","id":"x","weather":{"sunny":true}})"
                                    "\n",
                                    "run.jsonl");
  ASSERT_TRUE(events);
  EXPECT_EQ(events->at(0), Event(CaseStarted{.id = "x", .at = {}}));
}

TEST(ReadJournal, SaysThatThereIsNoSuchFile) {
  const auto events = read_journal("/nowhere/run.jsonl");
  ASSERT_FALSE(events);
  EXPECT_EQ(render(events.error()), "/nowhere/run.jsonl: the journal cannot be read: No such file or directory\n"
                                    "  name a file that `murphy run --journal FILE` wrote\n");
}

TEST(ReadJournal, SaysThatAFolderIsNoJournal) {
  const Folder folder;
  const auto events = read_journal(folder / "");
  ASSERT_FALSE(events);
  EXPECT_THAT(events.error().what, testing::HasSubstr("Is a directory"));
}

// ---- the document

std::string example_of_the_document() {
  const std::string document = content(in_project("docs/journal.md"));
  const std::string fence = "```jsonl\n";
  const std::size_t begin = document.find(fence);
  const std::size_t end = document.find("```", begin + fence.size());
  if (begin == std::string::npos || end == std::string::npos) return {};
  return document.substr(begin + fence.size(), end - begin - fence.size());
}

TEST(JournalDocument, ShowsAJournalThatIsRead) {
  const auto events = parse_journal(example_of_the_document(), "docs/journal.md");
  ASSERT_TRUE(events) << render(events.error());
  record::Run run;
  for (const Event& event : *events) {
    const auto applied = apply(run, event);
    ASSERT_TRUE(applied) << applied.error().what;
  }
  EXPECT_EQ(totals(run), (Totals{.passed = 0, .failed = 1, .errors = 0, .skipped = 0, .not_run = 0}));
  EXPECT_TRUE(run.finished);
  ASSERT_EQ(run.features.at(0).cases.at(0).steps.size(), 1U);
  EXPECT_EQ(run.features[0].cases[0].steps[0].evidence.console.at(0).text, "no such column: emial");
  EXPECT_EQ(lines_of(*events), example_of_the_document()) << "the example is written as murphy would";
}

void collect_names(const boost::json::value& value, std::vector<std::string>& names) {
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) {
      names.emplace_back(member.key());
      collect_names(member.value(), names);
    }
  } else if (const auto* array = value.if_array()) {
    for (const auto& element : *array) collect_names(element, names);
  }
}

TEST(JournalDocument, NamesEveryEventAndMember) {
  const std::string document = content(in_project("docs/journal.md"));
  for (const Event& event : full_events()) {
    const boost::json::object line = to_json(event);
    std::vector<std::string> names{std::string(line.at("event").as_string())};
    collect_names(line, names);
    for (const std::string& name : names) EXPECT_THAT(document, testing::HasSubstr("`" + name + "`"));
  }
}

TEST(JournalDocument, NamesEveryKindOfFailureAndNote) {
  const std::string document = content(in_project("docs/journal.md"));
  const auto is_named = [&](auto names) {
    for (const std::string_view name : names) EXPECT_THAT(document, testing::HasSubstr("`" + std::string(name) + "`"));
  };
  is_named(names_of(FailureCode{}));
  is_named(names_of(PageTrait{}));
  is_named(names_of(EvidenceSource{}));
  is_named(names_of(SuggestionOrigin{}));
}

} // namespace
} // namespace murphy::record
