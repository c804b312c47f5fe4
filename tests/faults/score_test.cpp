// The diagnosis against faults that really happened: see README.md here for how it counts.
#include "base/text.h"
#include "diagnose/diagnose.h"
#include "diagnose/evidence_json.h"
#include "diagnose/reliability.h"
#include "tests/places.h"

#include <boost/json.hpp>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <iterator>
#include <map>
#include <set>
#include <span>
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

// What was said first of a fault, and whether it was right.
struct Answer {
  std::string stack, reason;
  Confidence confidence = Confidence::guess;
  bool right = false;
};

struct Score {
  Count layers, names, certain;
  std::vector<Answer> answers;
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
      // What is another way than in the baseline is said whatever it breaks; only surely would be too much.
      const Confidence most = inputs == Inputs::everything_and_record ? Confidence::medium : Confidence::guess;
      total.harmless_blamed += verdict.layer != Layer::unknown && verdict.confidence > most ? 1 : 0;
      continue;
    }
    const auto side = [](std::string_view layer) { return layer == "model" || layer == "database" ? "data" : layer; };
    const bool right = std::ranges::any_of(
        fault.layers, [&](const std::string& layer) { return side(record::name_of(verdict.layer)) == side(layer); });
    total.layers.add(right);
    total.by_app[fault.app].add(right);
    total.by_layer[fault.layer].add(right);
    if (verdict.confidence == Confidence::high) total.certain.add(right);
    if (verdict.layer != Layer::unknown)
      total.answers.push_back({fault.app, verdict.reason, verdict.confidence, right});
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
  ASSERT_EQ(corpus().faults.size(), 495U);
  ASSERT_EQ(reached.layers.all, 467);
  EXPECT_GE(reached.layers.right, 411);
  EXPECT_GE(reached.names.right, 172);
  EXPECT_EQ(reached.certain.right, reached.certain.all);
  EXPECT_EQ(reached.wrong_names, 0);
  EXPECT_EQ(reached.harmless_blamed, 0);
}

TEST(Faults, AreExplainedBetterWithAKnownGoodRecord) {
  const Score reached = score(Inputs::everything_and_record, corpus());
  print("All evidence and the known-good record", reached);
  EXPECT_GE(reached.layers.right, 417);
  EXPECT_GE(reached.names.right, 172);
  EXPECT_EQ(reached.wrong_names, 0);
  EXPECT_EQ(reached.harmless_blamed, 0);
}

TEST(Faults, AreExplainedByHttpAlone) {
  const Score reached = score(Inputs::http, corpus());
  print("HTTP alone", reached);
  EXPECT_GE(reached.layers.right, 343);
  EXPECT_GE(reached.names.right, 102);
  EXPECT_EQ(reached.harmless_blamed, 0);
}

TEST(Faults, AreExplainedFromLogsOfOtherStacks) {
  const Score reached = score(Inputs::everything, logs());
  print("Logs of other stacks", reached);
  ASSERT_EQ(logs().faults.size(), 81U);
  ASSERT_EQ(reached.layers.all, 76);
  EXPECT_GE(reached.layers.right, 75);
  EXPECT_GE(reached.names.right, 52);
  EXPECT_EQ(reached.harmless_blamed, 0);
}

// As if nobody had ever seen any of these stacks: no signature at all.
TEST(Faults, AreReadAsSentencesWhereNoSignatureIsKnown) {
  const auto none = Signatures::compile({});
  ASSERT_TRUE(none);
  const Score of_logs = score(Inputs::everything, logs(), *none);
  print("Logs of other stacks, no signature", of_logs);
  EXPECT_GE(of_logs.layers.right, 73);
  EXPECT_GE(of_logs.names.right, 51);
  EXPECT_EQ(of_logs.harmless_blamed, 0);
  const Score of_apps = score(Inputs::everything, corpus(), *none);
  print("All evidence, no signature", of_apps);
  EXPECT_GE(of_apps.layers.right, 365);
  EXPECT_GE(of_apps.names.right, 157);
  EXPECT_EQ(of_apps.harmless_blamed, 0);
}

const std::vector<Answer>& answers_of_all() {
  static const std::vector<Answer> all = [] {
    const auto none = Signatures::compile({});
    EXPECT_TRUE(none);
    std::vector<Answer> answers;
    for (const Corpus* of : {&corpus(), &logs()})
      for (const Signatures* signatures : {&Signatures::built_in(), &*none})
        for (Answer& answer : score(Inputs::everything, *of, *signatures).answers) answers.push_back(std::move(answer));
    return answers;
  }();
  return all;
}

Reliabilities counted(const std::vector<Answer>& answers, std::string_view left_out = {}) {
  Reliabilities counts;
  for (const Answer& answer : answers) {
    if (answer.reason.empty() || answer.stack == left_out) continue;
    Reliability& count = counts[answer.reason];
    count.right += answer.right ? 1 : 0;
    ++count.all;
  }
  return counts;
}

// The faults as they are, and as if no signature were known: a stack that nobody has seen lies between the two.
// scripts/fit-confidence writes the table.
TEST(Faults, AreAsReliableAsTheTableSays) {
  std::string table;
  for (const auto& [reason, count] : counted(answers_of_all()))
    if (count.all > 1) table += fmt::format("{}\t{}\t{}\n", reason, count.right, count.all);
  const std::string file = in_project("harness/diagnose/reliability.tsv");
  if (std::getenv("MURPHY_APPROVE") != nullptr) std::ofstream(file) << table;
  std::ifstream in(file);
  const std::string held(std::istreambuf_iterator<char>(in), {});
  EXPECT_EQ(held, table) << "scripts/fit-confidence counts again";
}

// What Murphy says of its own certainty holds for stacks that it was not counted on.
TEST(Faults, EarnTheirConfidenceWithEachStackLeftOut) {
  const std::vector<Answer>& all = answers_of_all();
  std::map<std::string, Reliabilities> without;
  std::map<Confidence, Count> counts;
  for (const Answer& answer : all) {
    if (!without.contains(answer.stack)) without.emplace(answer.stack, counted(all, answer.stack));
    const Confidence most = earned(Confidence::high, answer.reason, without.at(answer.stack));
    counts[std::min(answer.confidence, most)].add(answer.right);
  }
  for (const auto& [confidence, count] : counts)
    fmt::print("{:8} right {:3} of {:3}  {:5.1f} %\n", record::name_of(confidence), count.right, count.all,
               count.share());
  EXPECT_GE(counts[Confidence::high].share(), 98);
  EXPECT_GE(counts[Confidence::medium].share(), 90);
  EXPECT_GE(counts[Confidence::low].share(), 60);
}

// Ordinary lines of many servers, frameworks and databases, each over and over with other numbers: nobody is blamed.
TEST(Noise, OfHealthyAppsBlamesNobody) {
  std::ifstream in(in_project("tests/faults/noise.txt"));
  Evidence together;
  int lines = 0;
  std::string line;
  std::string before;
  while (std::getline(in, line)) {
    Evidence alone;
    alone.console = {line};
    if (line.starts_with(' ')) alone.console.insert(alone.console.begin(), before); // a message below its level
    const bool has_level_above = line.starts_with(' ');
    const Suspect of_line = diagnose(alone).verdict();
    EXPECT_TRUE(of_line.layer == Layer::unknown || of_line.confidence == Confidence::guess)
        << line << "\n"
        << record::headline(of_line);
    for (int turn = 0; turn < 10; ++turn, ++lines) {
      std::string other = line;
      // The number of a level says what the line is: 40 is a warning, and 50 an error.
      constexpr std::string_view level = "\"level\":";
      const std::size_t at = other.starts_with("{" + std::string(level)) ? 1 + level.size() + 2 : 0;
      for (char& c : std::span(other).subspan(at))
        if (c >= '1' && c <= '8' && turn > 0) c = static_cast<char>('1' + (c - '1' + turn) % 8);
      if (has_level_above) together.console.push_back(before);
      together.console.push_back(std::move(other));
    }
    before = line;
  }
  EXPECT_GE(lines, 1500);
  const Suspect verdict = diagnose(together).verdict();
  EXPECT_TRUE(verdict.layer == Layer::unknown || verdict.confidence == Confidence::guess) << record::headline(verdict);
}

TEST(Faults, AreNotFoundInHealthyApps) {
  ASSERT_EQ(corpus().healthy.size(), 20U);
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
