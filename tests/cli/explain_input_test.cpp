#include "cli/explain_input.h"

#include "command.h"
#include "record/journal.h"

#include <cstdint>
#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using reports::ScratchFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Taken {
  std::vector<diagnose::Evidence> evidence;
  std::vector<std::string> ids;
  std::size_t signatures = 0; // how many there were to judge the last by
  Error error;
  LogRead log;
};

TakeEvidence into(Taken& taken) {
  return [&taken](const diagnose::Evidence& evidence, const diagnose::Signatures& signatures) {
    taken.signatures = signatures.rows().size();
    taken.evidence.push_back(evidence);
    taken.ids.push_back(evidence.id);
  };
}

const diagnose::Signatures& built_in() { return diagnose::Signatures::built_in(); }

Taken evidence(const std::string& text) {
  const ScratchFolder folder;
  Taken taken;
  if (const auto read = read_evidence(folder.file("evidence.json", text).string(), built_in(), into(taken)); !read)
    taken.error = read.error();
  return taken;
}

Taken log(const std::string& text, const ExplainSignatures& signatures = {.known = built_in()}) {
  const ScratchFolder folder;
  Taken taken;
  const auto read = read_log_or_journal(folder.file("app.log", text).string(), signatures, into(taken));
  if (read)
    taken.log = *read;
  else
    taken.error = read.error();
  return taken;
}

TEST(ReadEvidence, TakesOneObjectOrOneALine) {
  EXPECT_THAT(evidence(R"({"id": "a"})").ids, ElementsAre("a"));
  EXPECT_THAT(evidence("{\n  \"id\": \"a\",\n  \"console\": \"x\"\n}\n").ids, ElementsAre("a"));
  EXPECT_THAT(evidence("{\"id\": \"a\"}\n\n  {\"id\": \"b\"}  \n").ids, ElementsAre("a", "b"));
  EXPECT_THAT(evidence("\xEF\xBB\xBF{\"id\": \"a\"}\r\n{\"id\": \"b\"}").ids, ElementsAre("a", "b"));
  EXPECT_THAT(evidence("{\"console\": \"x\"}\n{\"console\": \"y\"}\n").ids, ElementsAre("1", "2"))
      << "without a name its line stands for it";
}

TEST(ReadEvidence, SaysWhereItCannotBeRead) {
  struct Row {
    std::string text;
    std::uint32_t line;
    std::vector<std::string> before; // what was taken until then
  };
  for (const Row& row :
       {Row{"", 0, {}}, Row{"\n \n", 0, {}}, Row{"{\"id\": 1}\n", 1, {}},
        Row{"{\"id\": \"a\"}\n{\"id\": }\n{\"id\": \"c\"}\n", 2, {"a"}}, Row{"plain words\n", 1, {}}}) {
    const Taken taken = evidence(row.text);
    EXPECT_EQ(taken.error.kind, ErrorKind::usage) << row.text;
    EXPECT_EQ(taken.error.place.line, row.line) << row.text;
    EXPECT_THAT(taken.error.place.file, HasSubstr("evidence.json"));
    EXPECT_THAT(taken.ids, testing::ElementsAreArray(row.before));
  }
  Taken taken;
  EXPECT_FALSE(read_evidence("no/such/evidence.json", built_in(), into(taken)));
  EXPECT_FALSE(read_evidence(ScratchFolder().path().string(), built_in(), into(taken)));
  EXPECT_FALSE(read_evidence("/", built_in(), into(taken)));
}

std::string wide(const std::string& text, bool big_endian) {
  std::string bytes = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : text) bytes += big_endian ? std::string{'\0', c} : std::string{c, '\0'};
  return bytes;
}

TEST(ReadLog, IsOnePieceOfEvidenceInAnyEncoding) {
  const std::string line = "no such column: users.emial";
  // U+1F600 as a pair of surrogates, before a line.
  const std::string pair = std::string("\xFF\xFE\x3D\xD8\x00\xDE", 6) + wide("\n" + line, false).substr(2);
  for (const std::string& text : {line, "\n" + line + "\n", wide(line, false), wide(line, true), pair}) {
    const Taken taken = log(text);
    ASSERT_EQ(taken.evidence.size(), 1U) << taken.error.what;
    EXPECT_FALSE(taken.log.journal);
    EXPECT_FALSE(taken.log.cut);
    ASSERT_EQ(taken.evidence.front().console.size(), 1U);
    EXPECT_THAT(taken.evidence.front().console.front(), HasSubstr(line));
  }
  EXPECT_THAT(log(pair).evidence.front().console.front(), HasSubstr("😀"));
}

TEST(ReadLog, ThatIsNoneIsRefused) {
  struct Row {
    std::string text, what;
  };
  for (const Row& row : {Row{"", "empty"}, Row{" \n\t\n", "empty"}, Row{std::string("PK\0\4", 4), "zero bytes"}}) {
    const Taken taken = log(row.text);
    EXPECT_EQ(taken.error.kind, ErrorKind::usage);
    EXPECT_THAT(taken.error.what, HasSubstr(row.what));
    EXPECT_THAT(taken.evidence, IsEmpty());
  }
}

// A journal of these cases, each with one step that ended so; those that are not finished were running when it stopped.
struct JournalCase {
  std::string id;
  record::Outcome step = record::Outcome::passed;
  bool finished = true;
};

std::string journal(const std::vector<JournalCase>& cases, const std::string& more = {}) {
  record::RunStarted started;
  for (const JournalCase& each : cases) {
    started.plan.emplace_back().edit().id = each.id;
    started.plan.back().edit().place.file = "a.toml";
  }
  std::string text = record::journal_line(started);
  for (const JournalCase& each : cases) {
    record::CaseStarted begun;
    begun.id = each.id;
    begun.at = record::Instant(std::chrono::seconds(1));
    text += record::journal_line(begun);
    record::StepFinished step;
    step.id = each.id;
    step.step.title = "open /";
    step.step.outcome = each.step;
    if (each.step == record::Outcome::failed)
      step.step.failures.emplace_back().code = record::FailureCode::wrong_status;
    text += record::journal_line(step);
    record::CaseFinished finished;
    finished.id = each.id;
    finished.outcome = each.step;
    if (each.finished) text += record::journal_line(finished);
  }
  return text + more;
}

TEST(ReadJournal, GivesEvidenceOfWhatDidNotPass) {
  using record::Outcome;
  const Taken taken = log(journal({{.id = "passed"},
                                   {.id = "failed", .step = Outcome::failed},
                                   {.id = "error", .step = Outcome::error},
                                   {.id = "skipped", .step = Outcome::skipped},
                                   {.id = "cut off", .step = Outcome::failed, .finished = false}}));
  EXPECT_TRUE(taken.log.journal) << taken.error.what;
  EXPECT_THAT(taken.ids, ElementsAre("failed", "error", "cut off"));
}

TEST(ReadJournal, GivesNoEvidenceOfWhatItsRunDidNotJudge) {
  record::StepFinished interrupted, known;
  interrupted.id = known.id = "a";
  interrupted.step.outcome = record::Outcome::error;
  interrupted.step.error = Error{};
  interrupted.step.error->kind = ErrorKind::interrupted;
  known.step.outcome = record::Outcome::failed;
  known.step.failures.emplace_back().key = "known_failure";
  for (const record::StepFinished& step : {interrupted, known}) {
    const Taken taken = log(journal({{.id = "a", .finished = false}}, record::journal_line(step)));
    EXPECT_TRUE(taken.log.journal) << taken.error.what;
    EXPECT_THAT(taken.ids, IsEmpty());
  }
}

// A journal whose run knew a signature of its project, and its database.
std::string complete_journal() {
  record::EvidenceGathered gathered;
  record::ProjectSignature& own = gathered.signatures.emplace_back();
  own.contains = own.pattern = own.example = "licence";
  gathered.schema.emplace().engine = "sqlite";
  gathered.known_good.emplace().console = {"ERROR as always"};
  gathered.database_note = "as far as could be seen";
  std::string text = journal({{.id = "a", .step = record::Outcome::failed}});
  return text.insert(text.find('\n') + 1, record::journal_line(gathered));
}

TEST(ReadJournal, GivesAllThatItsRunJudgedBy) {
  const Taken taken = log(complete_journal());
  ASSERT_EQ(taken.evidence.size(), 1U) << taken.error.what;
  EXPECT_EQ(taken.evidence.front().schema->engine, "sqlite");
  EXPECT_EQ(taken.evidence.front().database_note, "as far as could be seen");
  EXPECT_THAT(taken.evidence.front().known_good->console, ElementsAre("ERROR as always"));
  EXPECT_EQ(taken.signatures, built_in().rows().size() + 1);
}

TEST(ReadJournal, BringsItsSignaturesUnlessAProjectIsNamed) {
  EXPECT_EQ(log(complete_journal(), {.known = built_in(), .named = true}).signatures, built_in().rows().size());
  const auto two = diagnose::Signatures::with(std::vector<record::ProjectSignature>(2));
  ASSERT_TRUE(two);
  EXPECT_EQ(log(complete_journal(), {.known = *two}).signatures, built_in().rows().size() + 1);
  EXPECT_EQ(log(journal({{.id = "a", .step = record::Outcome::failed}}), {.known = *two}).signatures,
            built_in().rows().size() + 2)
      << "a journal that brings none is judged by those there are";
}

TEST(ReadJournal, WithASignatureThatCannotBeReadIsRefused) {
  record::EvidenceGathered gathered;
  gathered.signatures.emplace_back().pattern = "(";
  EXPECT_EQ(log(journal({}, record::journal_line(gathered))).error.kind, ErrorKind::usage);
}

TEST(ReadJournal, OfAnAppThatDidNotStartGivesItsConsole) {
  record::TargetLost lost;
  lost.error.kind = ErrorKind::target;
  lost.error.what = "the app exited with 1";
  lost.console.push_back({{}, "KeyError: 'SECRET_KEY'"});
  const Taken taken = log(journal({}, record::journal_line(lost)));
  ASSERT_EQ(taken.evidence.size(), 1U);
  EXPECT_THAT(taken.evidence.front().console, ElementsAre("KeyError: 'SECRET_KEY'"));
}

TEST(ReadJournal, OfAnAppThatSaidNothingGivesWhyItCouldNotBeReached) {
  record::TargetLost lost;
  lost.error.kind = ErrorKind::target;
  lost.error.what = "port 8080 is in use by python3";
  const Taken taken = log(journal({}, record::journal_line(lost)));
  ASSERT_EQ(taken.evidence.size(), 1U);
  EXPECT_THAT(taken.evidence.front().console, ElementsAre("port 8080 is in use by python3"));
}

TEST(ReadJournal, OfAGreenRunGivesNothing) {
  const Taken taken = log(journal({{.id = "passed"}}));
  EXPECT_TRUE(taken.log.journal);
  EXPECT_THAT(taken.evidence, IsEmpty());
}

TEST(ReadJournal, ThatIsBrokenIsRefusedAtItsLine) {
  const Taken cut = log(journal({{.id = "a", .step = record::Outcome::failed}}) + "{\"event\": 7}\n");
  EXPECT_EQ(cut.error.place.line, 5U) << cut.error.what;
  record::CaseFinished unplanned;
  unplanned.id = "never planned";
  EXPECT_THAT(log(journal({}, record::journal_line(unplanned))).error.what, HasSubstr("never planned"));
}

} // namespace
} // namespace murphy::cli
