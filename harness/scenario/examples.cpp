#include "scenario/examples.h"

#include "base/nearest.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "scenario/variables.h"

#include <algorithm>
#include <map>

namespace murphy::scenario {

namespace {

constexpr std::size_t longest_title = 80; // columns of a terminal

// What is shown of a column: nothing, when it is a secret.
std::string shown(const std::string& column, const Text& value) {
  return names_a_secret(column) ? "***" : one_line(value.source);
}

class ExamplesReader {
public:
  ExamplesReader(Reading& reading, const Entry& around, Context& context)
      : reading_(reading), around_(around), context_(context) {}

  std::vector<Example> read(const Node* name, std::string_view scenario) {
    if (!reading_.expect_kind(around_, Node::Kind::array, "a list of tables, one for each case")) return {};
    if (around_.value.items.empty()) reading_.is_empty(around_);
    for (const Node& row : around_.value.items) read_row(row);
    context_.reach.captures.insert(context_.reach.captures.end(), columns_.begin(), columns_.end());
    const bool name_is_good = name && !scenario.empty() && check_name(*name);
    if (name_is_good) {
      for (std::size_t i = 0; i < examples_.size(); ++i)
        examples_[i].name = name_of(examples_[i], *titles_[i], scenario);
    }
    examples_.shrink_to_fit();
    return std::move(examples_);
  }

private:
  void read_row(const Node& row) {
    if (!reading_.expect_kind({"examples", around_.example, row}, Node::Kind::table, "tables, one for each case"))
      return;
    const std::size_t before = reading_.errors();
    if (row.members.empty()) {
      reading_.error(row.span, "this row has no columns", "write " + std::string(around_.example));
      return;
    }
    check_columns(row);
    Example example;
    example.place = reading_.place(row.span);
    for (const Member& member : row.members) {
      if (auto value = reading_.scalar({member.key, around_.example, member.value}, context_)) {
        if (value->is_literal()) value->source_line = {}; // nothing can go wrong with it
        const auto column = std::ranges::find(columns_, member.key);
        if (column != columns_.end())
          example.columns.emplace(names_[static_cast<std::size_t>(column - columns_.begin())], std::move(*value));
      }
    }
    if (reading_.errors() > before) return;
    const auto [known, is_new] = rows_.emplace(title(row, example), &row);
    if (!is_new) {
      reading_.error(row.span, "two rows have the name \"" + known->first + "\"",
                     "the other is on line " + std::to_string(known->second->span.line) +
                         "; give each row a name of its own: { name = \"…\", … }");
      return;
    }
    examples_.push_back(std::move(example));
    titles_.push_back(&known->first);
  }

  // The first row says which columns there are.
  void check_columns(const Node& row) {
    if (!first_) {
      first_ = &row;
      for (const Member& member : row.members) {
        if (!is_name(member.key)) {
          reading_.error(member.span, "\"" + member.key + "\" cannot be the name of a column",
                         "start with a letter, then use letters, digits, - and _");
        } else if (is_reserved(member.key)) {
          reading_.error(member.span, "\"" + member.key + "\" is reserved in ${}", "rename the column");
        }
        columns_.push_back(member.key);
        names_.emplace_back(member.key);
      }
      return;
    }
    std::vector<std::string> missing;
    for (const std::string& column : columns_) {
      if (!row.find(column)) missing.push_back(column);
    }
    for (const Member& member : row.members) {
      if (contains(columns_, member.key)) continue;
      std::string hint = did_you_mean(member.key, missing);
      if (!hint.empty()) {
        std::erase_if(missing, [&](const std::string& column) { return !nearest(member.key, {column}).empty(); });
      }
      reading_.error(member.span, "the first row has no column \"" + member.key + "\"",
                     hint.empty() ? "every row has the same columns: " + join(columns_, ", ") : std::move(hint));
    }
    if (missing.empty()) return;
    reading_.error(row.span, "this row lacks " + join(missing, ", "),
                   "every row has the same columns: " + join(columns_, ", "));
  }

  // What the row adds to the scenario's name; unique among the rows.
  static std::string title(const Node& row, const Example& example) {
    if (const auto name = example.columns.find("name"); name != example.columns.end()) {
      return ellipsize(one_line(name->second.source), longest_title);
    }
    std::vector<std::string> parts;
    for (const Member& member : row.members) {
      parts.push_back(member.key + "=" + shown(member.key, example.columns.at(member.key)));
    }
    return ellipsize(join(parts, ", "), longest_title);
  }

  // Whether every ${…} of the scenario's name is a column.
  bool check_name(const Node& name) {
    const SplitText split = split_references(name.text);
    if (split.problem) {
      const Problem& problem = *split.problem;
      reading_.error(reading_.document().inside(name, problem.offset, name.text.size() - problem.offset), problem.what,
                     problem.hint);
      return false;
    }
    for (std::size_t i = 0; i < split.parts.size(); ++i) {
      const Text::Part& part = split.parts[i];
      if (!part.reference || contains(columns_, part.text)) continue;
      std::string hint = did_you_mean(part.text, columns_);
      reading_.error(reading_.document().inside(name, split.offsets[i], part.text.size() + 3),
                     "the examples have no column \"" + part.text + "\"",
                     hint.empty() ? "a name can only use the columns: " + join(columns_, ", ") : std::move(hint));
      return false;
    }
    return true;
  }

  static std::string name_of(const Example& example, const std::string& title, std::string_view scenario) {
    std::string name;
    bool mentions = false;
    for (const Text::Part& part : split_references(scenario).parts) {
      const auto column = part.reference ? example.columns.find(part.text) : example.columns.end();
      if (column == example.columns.end()) {
        name += part.text;
      } else {
        name += shown(column->first, column->second);
        mentions = true;
      }
    }
    return mentions ? name : name + " (" + title + ")";
  }

  Reading& reading_;
  const Entry& around_;
  Context& context_;
  const Node* first_ = nullptr;
  std::vector<std::string> columns_;
  std::vector<SharedText> names_;           // the same, for the rows to share
  std::map<std::string, const Node*> rows_; // by their titles
  std::vector<Example> examples_;
  std::vector<const std::string*> titles_; // of the examples
};

} // namespace

std::vector<Example> read_examples(Reading& reading, const Node& scenario, std::string_view name, Context& context) {
  const Member* examples = scenario.find("examples");
  if (!examples) return {};
  const Member* written = scenario.find("name");
  const bool is_text = written && written->value.is(Node::Kind::text);
  const Entry around = entry(*examples, scenario_keys);
  return ExamplesReader(reading, around, context).read(is_text ? &written->value : nullptr, name);
}

} // namespace murphy::scenario
