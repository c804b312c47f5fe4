#include "diagnose/evidence_json.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string refusal(std::string_view text) {
  const auto evidence = evidence_from_json(text, "evidence.jsonl", 3);
  return evidence ? ""
                  : evidence.error().place.file.str() + ":" + std::to_string(evidence.error().place.line) + ": " +
                        evidence.error().what;
}

TEST(EvidenceJson, IsReadWithAllItsMembers) {
  const auto evidence = evidence_from_json(
      R"({"id": "a", "exchanges": [{"method": "POST", "path": null, "status": null, "note": "timeout"}], "locations": ["/"], "body": "text",
          "console": ["one", "two"], "database_log": "one line", "fields": ["email", null], "stack": {"any": 1},
          "schema": {"users": ["id", {"name": "email", "type": "text"}]},
          "healthy": {"fields": ["email"], "login": "Log in", "dashboard": "Hello", "wrong_password": "Wrong", "cookies": null},
          "probes": {"wrong_password": "refused"}})",
      "evidence.json", 1);
  ASSERT_TRUE(evidence) << evidence.error().what;
  EXPECT_THAT(evidence->exchanges, ElementsAre(Exchange{"POST", "", 0, "timeout"}));
  EXPECT_THAT(evidence->console, ElementsAre("one", "two"));
  EXPECT_THAT(evidence->database_log, ElementsAre("one line"));
  EXPECT_THAT(evidence->fields, ElementsAre("email"));
  ASSERT_EQ(evidence->schema->tables.size(), 1U);
  EXPECT_EQ(evidence->schema->tables[0].columns[1].name, "email");
  EXPECT_EQ(evidence->known_good->dashboard, "Hello");
  EXPECT_EQ(evidence->probes.wrong_password, record::ProbeEnd::refused);
}

TEST(EvidenceJson, ThatDoesNotFitIsAnErrorWithItsLine) {
  EXPECT_THAT(refusal("{"), HasSubstr("evidence.jsonl:3: this is no JSON"));
  EXPECT_EQ(refusal("[]"), "evidence.jsonl:3: evidence is an object");
  EXPECT_EQ(refusal(R"({"console": 3})"), "evidence.jsonl:3: \"console\" must be a list of strings");
  EXPECT_EQ(refusal(R"({"exchanges": ["GET /"]})"),
            "evidence.jsonl:3: \"exchanges\" must be a list of {\"method\", \"path\", \"status\"}");
  EXPECT_EQ(refusal(R"({"exchanges": [{"status": "200"}]})"),
            "evidence.jsonl:3: \"status\" must be a number from 100 to 999, 0 or null where no answer came");
  EXPECT_EQ(refusal(R"({"probes": {"no_session": "shut"}})"),
            "evidence.jsonl:3: \"no_session\" must be \"works\", \"refused\", \"server_error\" or \"no_answer\"");
  EXPECT_EQ(refusal("{}"), "");
}

} // namespace
} // namespace murphy::diagnose
