// The diagnosis against faults that really happened: see README.md here for how it counts.
#include "base/text.h"
#include "diagnose/diagnose.h"
#include "diagnose/evidence_json.h"
#include "tests/places.h"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <map>
#include <set>
#include <zlib.h>

namespace murphy::diagnose {
namespace {

namespace json = boost::json;
using record::Confidence;
using record::Layer;
using record::Suspect;

struct Fault {
  std::string app;
  std::string text; // of the whole evidence, to see which names it holds
  Evidence evidence;
  std::set<std::string> layers; // the one at fault, and those that may be defended as well
  std::string layer, wrong, right;
  bool breaks_sign_in = true;
};

std::string unpacked(const std::string& path) {
  std::string text;
  const gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return text;
  std::string piece(1 << 16, '\0');
  for (int got = 0; (got = gzread(file, piece.data(), static_cast<unsigned>(piece.size()))) > 0;)
    text.append(piece, 0, static_cast<std::size_t>(got));
  gzclose(file);
  return text;
}

std::string string_of(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

struct Corpus {
  std::vector<Fault> faults;
  std::map<std::string, Evidence> healthy; // by app: only its known-good record
};

Corpus corpus_of(const std::string& file) {
  Corpus read;
  const std::string text = unpacked(in_project("tests/faults/") + file);
  for (const std::string_view line : split(text, '\n')) {
    if (line.empty()) continue;
    auto evidence = evidence_from_json(line, file, 1);
    EXPECT_TRUE(evidence) << evidence.error().what;
    if (!evidence) continue;
    const json::value parsed = json::parse(line);
    const json::object& object = parsed.get_object();
    if (const json::value* apps = object.if_contains("healthy_of")) {
      for (const json::value& app : apps->get_array()) read.healthy[std::string(app.get_string())] = *evidence;
      continue;
    }
    const json::object& truth = object.at("truth").get_object();
    Fault fault;
    fault.app = string_of(object, "app");
    fault.text = join(evidence->console, "\n") + "\n" + join(evidence->database_log, "\n") + "\n" + evidence->page +
                 "\n" + join(evidence->fields, "\n") + "\n";
    fault.layer = string_of(truth, "layer");
    fault.layers.insert(fault.layer);
    if (const json::value* others = truth.if_contains("accept"))
      for (const json::value& other : others->get_array()) fault.layers.emplace(other.get_string());
    fault.wrong = string_of(truth, "wrong");
    fault.right = string_of(truth, "right");
    fault.breaks_sign_in = truth.at("breaks_sign_in").as_bool();
    fault.evidence = std::move(*evidence);
    read.faults.push_back(std::move(fault));
  }
  return read;
}

// Faults of whole apps, with requests and answers.
const Corpus& corpus() {
  static const Corpus all = corpus_of("faults.jsonl.gz");
  return all;
}

// Logs alone, of other stacks.
const Corpus& logs() {
  static const Corpus all = corpus_of("logs.jsonl.gz");
  return all;
}

std::string bare(std::string name) {
  name = ascii_lower(name.substr(name.rfind('.') + 1));
  std::erase(name, '_');
  std::erase(name, '/');
  return name;
}

bool is_one_of(const std::string& name, const Fault& fault) {
  const auto same = [&](const std::string& other) {
    return !other.empty() && (ascii_lower(name) == ascii_lower(other) ||
                              ascii_lower(name) == "/" + ascii_lower(other) || bare(name) == bare(other));
  };
  return !name.empty() && (same(fault.wrong) || same(fault.right));
}

bool holds_word(const std::string& text, const std::string& word) {
  const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !is_word(text[at - 1]),
               ends = at + word.size() >= text.size() || !is_word(text[at + word.size()]);
    if (begins && ends) return true;
  }
  return false;
}

struct Count {
  int right = 0, all = 0;
  void add(bool good) {
    right += good ? 1 : 0;
    ++all;
  }
  double share() const { return all == 0 ? 0 : 100.0 * right / all; }
};

struct Score {
  Count layers, names, certain;
  int wrong_names = 0; // shown with high confidence
  int harmless_blamed = 0;
  std::map<std::string, Count> by_app, by_layer;
};

enum class Inputs { everything, everything_and_record, http };

Score score(Inputs inputs, const Corpus& of, const Signatures& signatures = Signatures::built_in()) {
  Score total;
  for (const Fault& fault : of.faults) {
    Evidence evidence = fault.evidence;
    if (inputs == Inputs::http) {
      evidence.console.clear();
      evidence.database_log.clear();
    }
    const auto healthy = of.healthy.find(fault.app);
    if (inputs == Inputs::everything_and_record && healthy != of.healthy.end())
      evidence.known_good = healthy->second.known_good;
    const Suspect verdict = diagnose(evidence, signatures).verdict();
    if (!fault.breaks_sign_in) {
      total.harmless_blamed += verdict.layer != Layer::unknown && verdict.confidence == Confidence::high ? 1 : 0;
      continue;
    }
    const auto side = [](std::string_view layer) { return layer == "model" || layer == "database" ? "data" : layer; };
    const bool right = std::ranges::any_of(
        fault.layers, [&](const std::string& layer) { return side(record::name_of(verdict.layer)) == side(layer); });
    total.layers.add(right);
    total.by_app[fault.app].add(right);
    total.by_layer[fault.layer].add(right);
    if (verdict.confidence == Confidence::high) total.certain.add(right);
    const bool named = is_one_of(verdict.identifier, fault) || is_one_of(verdict.suggestion, fault);
    if (fault.wrong.size() > 1 && fault.wrong != fault.right && holds_word(fault.text, fault.wrong))
      total.names.add(named);
    const bool wrong_name =
        !verdict.identifier.empty() && (!is_one_of(verdict.identifier, fault) ||
                                        (!verdict.suggestion.empty() && !is_one_of(verdict.suggestion, fault)));
    if (verdict.confidence == Confidence::high && wrong_name && !(fault.wrong.empty() && fault.right.empty()))
      ++total.wrong_names;
  }
  return total;
}

void print(const std::string& title, const Score& score) {
  fmt::print("\n{}\n  layer right                {:3} of {:3}  {:5.1f} %\n  name, where it is held     {:3} of {:3}  "
             "{:5.1f} %\n",
             title, score.layers.right, score.layers.all, score.layers.share(), score.names.right, score.names.all,
             score.names.share());
  fmt::print("  high confidence, right     {:3} of {:3}  {:5.1f} %\n  wrong names, surely        {:3}\n  harmless ones "
             "blamed       {:3}\n",
             score.certain.right, score.certain.all, score.certain.share(), score.wrong_names, score.harmless_blamed);
  for (const auto& [layer, count] : score.by_layer)
    fmt::print("    {:24} {:3} of {:3}\n", layer, count.right, count.all);
  for (const auto& [app, count] : score.by_app) fmt::print("    {:24} {:3} of {:3}\n", app, count.right, count.all);
}

TEST(Faults, AreExplainedFromAllTheirEvidence) {
  const Score reached = score(Inputs::everything, corpus());
  print("All evidence", reached);
  ASSERT_EQ(corpus().faults.size(), 341U);
  ASSERT_EQ(reached.layers.all, 321);
  EXPECT_GE(reached.layers.right, 287);
  EXPECT_GE(reached.names.right, 121);
  EXPECT_EQ(reached.certain.right, reached.certain.all);
  EXPECT_EQ(reached.wrong_names, 0);
  EXPECT_EQ(reached.harmless_blamed, 0);
}

TEST(Faults, AreExplainedBetterWithAKnownGoodRecord) {
  const Score reached = score(Inputs::everything_and_record, corpus());
  print("All evidence and the known-good record", reached);
  EXPECT_GE(reached.layers.right, 290);
  EXPECT_GE(reached.names.right, 121);
  EXPECT_EQ(reached.wrong_names, 0);
  EXPECT_EQ(reached.harmless_blamed, 0);
}

TEST(Faults, AreExplainedByHttpAlone) {
  const Score reached = score(Inputs::http, corpus());
  print("HTTP alone", reached);
  EXPECT_GE(reached.layers.right, 245);
  EXPECT_GE(reached.names.right, 71);
  EXPECT_EQ(reached.harmless_blamed, 0);
}

TEST(Faults, AreExplainedFromLogsOfOtherStacks) {
  const Score reached = score(Inputs::everything, logs());
  print("Logs of other stacks", reached);
  ASSERT_EQ(logs().faults.size(), 81U);
  ASSERT_EQ(reached.layers.all, 76);
  EXPECT_GE(reached.layers.right, 71);
  EXPECT_GE(reached.names.right, 49);
  EXPECT_EQ(reached.harmless_blamed, 0);
}

// As if nobody had ever seen any of these stacks: no signature at all.
TEST(Faults, AreReadAsSentencesWhereNoSignatureIsKnown) {
  const auto none = Signatures::compile({});
  ASSERT_TRUE(none);
  const Score of_logs = score(Inputs::everything, logs(), *none);
  print("Logs of other stacks, no signature", of_logs);
  EXPECT_GE(of_logs.layers.right, 70);
  EXPECT_GE(of_logs.names.right, 49);
  EXPECT_EQ(of_logs.harmless_blamed, 0);
  const Score of_apps = score(Inputs::everything, corpus(), *none);
  print("All evidence, no signature", of_apps);
  EXPECT_GE(of_apps.layers.right, 248);
  EXPECT_GE(of_apps.names.right, 109);
  EXPECT_EQ(of_apps.harmless_blamed, 0);
}

TEST(Faults, AreNotFoundInHealthyApps) {
  ASSERT_EQ(corpus().healthy.size(), 14U);
  for (const auto& [app, known] : corpus().healthy) {
    Evidence evidence;
    evidence.known_good = known.known_good;
    evidence.exchanges = known.known_good->exchanges;
    evidence.fields = known.known_good->fields;
    evidence.page = known.known_good->dashboard;
    EXPECT_THAT(diagnose(evidence).suspects, testing::IsEmpty()) << app;
  }
}

} // namespace
} // namespace murphy::diagnose
