#include "scenario/reader.h"

#include "scenario/flows.h"
#include "scenario/scenario_reader.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>

namespace murphy::scenario {

namespace {

constexpr std::string_view first_feature = "begin with:\n\n"
                                           "feature = \"Sign in\"\n\n"
                                           "[[scenario]]\n"
                                           "name = \"A visitor sees the sign-in page\"\n"
                                           "steps = [ { open = \"/login\", expect = { status = 200 } } ]";

std::string normal(const std::string& file_name) {
  return std::filesystem::path(file_name).lexically_normal().string();
}

// A file that `importing` names, as seen from where that file is seen.
std::string beside(const std::string& importing, const std::string& path) {
  return (std::filesystem::path(importing).parent_path() / path).lexically_normal().string();
}

// No two cases of a file may have the same name.
void check_names(Reading& reading, const Feature& feature) {
  std::map<std::string_view, const Place*> seen;
  for (const Scenario& scenario : feature.scenarios) {
    const auto check = [&](std::string_view name, const Place& place) {
      if (name.empty()) return; // could not be read
      const auto [first, is_new] = seen.emplace(name, &place);
      if (is_new) return;
      reading.error({place.line, place.column, place.length},
                    "two scenarios of this file have the name \"" + std::string(name) + "\"",
                    "the first is at " + place.file.str() + ":" + std::to_string(first->second->line) + ":" +
                        std::to_string(first->second->column) + "; give each its own name");
    };
    for (const Example& example : scenario.examples) check(example.name, example.place);
    if (scenario.examples.empty()) check(scenario.name, scenario.place);
  }
}

void read_scenarios(Reading& reading, const Node& root, const Project& project, Flows& flows, Feature& feature) {
  const Member* scenarios = root.find("scenario");
  if (!scenarios && has_misspelled(root, "scenario", feature_keys)) return;
  if (!scenarios) {
    reading.error({}, "the file has no scenario",
                  root.find("flow") ? "add [[scenario]], or remove feature if the file contains only flows"
                                    : "add [[scenario]], and below it name = \"…\" and steps = [ … ]");
    return;
  }
  if (scenarios->value.is(Node::Kind::table)) {
    reading.error(scenarios->value.span, "scenario is a list, but one table is given",
                  "write [[scenario]], with two brackets, above each scenario");
    return;
  }
  if (!reading.expect_kind(entry(*scenarios, feature_keys), Node::Kind::array, "a list of scenarios")) return;
  for (const Node& table : scenarios->value.items) {
    if (reading.expect_kind({"scenario", "[[scenario]]", table}, Node::Kind::table, "a table")) {
      feature.scenarios.push_back(read_scenario(reading, table, feature.tags, project, flows));
    }
  }
  if (scenarios->value.items.empty()) reading.is_empty(entry(*scenarios, feature_keys));
  check_names(reading, feature);
}

void read_root(Reading& reading, const Node& root, const Project& project, Flows& flows, Feature& feature) {
  const Member* name = root.find("feature");
  if (!name && !root.find("scenario") && root.find("flow")) return; // a file of flows, for others to import
  if (name) {
    feature.name = reading.words(entry(*name, feature_keys)).value_or("");
  } else if (!has_misspelled(root, "feature", feature_keys)) {
    reading.error({}, "the file does not say which feature it tests", "add at its top: feature = \"Sign in\"");
  }
  read_tags(reading, root, feature_keys, feature.tags);
  read_requirements(reading, root, feature_keys, feature.requirements);
  read_scenarios(reading, root, project, flows, feature);
}

} // namespace

class FeatureReader::Files {
public:
  Files(const Project& project, const Checks& checks) : project_(project), checks_(checks) {}

  ReadFeature read(std::string file_name, std::string_view text) {
    ReadFeature result;
    const std::string name = normal(file_name);
    const bool is_new = !known_.contains(name);
    const Result<Document> document = Document::parse(file_name, text, std::string(text));
    if (!document) {
      if (is_new) result.errors.push_back(document.error());
      known_[name] = {};
      return result;
    }
    Reading reading(*document, checks_);
    Flows flows(reading, project_);
    if (is_new) {
      read_flows(reading, flows, name);
    } else {
      flows.take(known_.at(name).in_reach);
    }
    Feature feature;
    feature.file = std::move(file_name);
    if (document->root().members.empty()) {
      reading.error({}, "the file is empty", std::string(first_feature));
    } else {
      read_root(reading, document->root(), project_, flows, feature);
    }
    result.errors = reading.take_errors();
    std::ranges::move(of_imports_, std::back_inserter(result.errors));
    of_imports_.clear();
    if (result.errors.empty() && known_.at(name).is_good) result.feature = std::move(feature);
    return result;
  }

private:
  // What is known of a file that was read or imported before; as it stands here, of one that is not TOML.
  struct Known {
    FlowTable own{.flows = {}, .whole = false};
    FlowTable in_reach{.flows = {}, .whole = false};
    bool is_good = false; // neither its flows nor its imports have errors
  };

  // The keys, imports and flows of a file: read once, whether it is imported or read for itself.
  void read_flows(Reading& reading, Flows& flows, const std::string& name) {
    const Node& root = reading.document().root();
    const std::size_t before = reading.errors();
    bool is_good = true;
    open_.push_back(name);
    reading.check_keys(root, feature_keys);
    if (const Member* imports = root.find("import")) is_good = read_imports(reading, *imports, flows, name);
    if (const Member* own = root.find("flow")) flows.read(*own);
    open_.pop_back();
    known_[name] = {flows.own(), flows.all(), is_good && reading.errors() == before};
  }

  // Whether the imported files have no errors. Those of the list are the reading's.
  bool read_imports(Reading& reading, const Member& imports, Flows& flows, const std::string& name) {
    const Entry at = entry(imports, feature_keys);
    bool is_good = true;
    if (!reading.expect_kind(at, Node::Kind::array, "a list of files")) flows.lacks_import();
    if (imports.value.is(Node::Kind::array) && imports.value.items.empty()) reading.is_empty(at);
    for (const Node& item : imports.value.items) {
      const std::optional<std::string> path = reading.filled_literal({at.key, at.example, item});
      const Known* known = path ? import(reading, item, beside(name, *path)) : nullptr;
      if (!known) {
        flows.lacks_import();
        continue;
      }
      if (known->own.flows.empty() && known->is_good) {
        reading.error(item.span, *path + " has no flows to import",
                      "add a [flow.NAME] to it, or remove it from import");
      }
      is_good = is_good && known->is_good;
      flows.import(known->own, item.span);
    }
    return is_good;
  }

  // Null when the file cannot be imported, which is reported at `item`.
  const Known* import(Reading& reading, const Node& item, const std::string& name) {
    if (const auto first = std::ranges::find(open_, name); first != open_.end()) {
      std::string circle;
      for (auto file = first; file != open_.end(); ++file) circle += *file + " → ";
      reading.error(item.span, "these files import each other: " + circle + name,
                    "move the shared flows into a file that imports none of these");
      return nullptr;
    }
    if (const auto known = known_.find(name); known != known_.end()) return &known->second;
    if (open_.size() >= deepest_import) {
      reading.error(item.span, "imports are nested more than " + std::to_string(deepest_import) + " deep",
                    "import the file that has the flow");
      return nullptr;
    }
    const Result<ClearText> text = checks_.load ? checks_.load(name) : ClearText();
    if (!text) {
      reading.error(item.span, name + ": " + text.error().what, text.error().hint);
      return nullptr;
    }
    const Result<Document> document = Document::parse(name, text->view(), std::string(text->view()));
    if (!document) {
      of_imports_.push_back(document.error());
      return &(known_[name] = {});
    }
    Reading imported(*document, checks_);
    Flows flows(imported, project_);
    read_flows(imported, flows, name);
    std::ranges::move(imported.take_errors(), std::back_inserter(of_imports_));
    return &known_.at(name);
  }

  static constexpr std::size_t deepest_import = 50;

  const Project& project_;
  const Checks& checks_;
  std::map<std::string, Known> known_; // by normal path
  std::vector<std::string> open_;      // the files that are being read, each imported by the one before
  Errors of_imports_;                  // not reported yet
};

FeatureReader::FeatureReader(const Project& project, const Checks& checks)
    : files_(std::make_unique<Files>(project, checks)) {}

FeatureReader::~FeatureReader() = default;

ReadFeature FeatureReader::read(std::string file_name, std::string_view text) {
  return files_->read(std::move(file_name), text);
}

ReadFeature read_feature(std::string file_name, std::string_view text, const Project& project, const Checks& checks) {
  return FeatureReader(project, checks).read(std::move(file_name), text);
}

} // namespace murphy::scenario
