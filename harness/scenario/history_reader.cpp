#include "scenario/history_reader.h"

#include "scenario/masking.h"
#include "scenario/reader.h"
#include "scenario/setting_reader.h"

namespace murphy::scenario {
namespace {

constexpr int most_days = 36'500;

} // namespace

std::optional<HistorySettings> read_history(Reading& reading, const Node& root) {
  const Member* member = root.find("history");
  if (member == nullptr) return std::nullopt;
  const std::size_t before = reading.errors();
  if (!reading.expect_kind(entry(*member, project_keys), Node::Kind::table, "a table")) return std::nullopt;
  const Node& table = member->value;
  reading.check_keys(table, history_keys);
  HistorySettings settings;
  if (const Member* store = table.find("store"))
    settings.store =
        read_literal_setting(reading, entry(*store, history_keys), "the history's address").value_or(Setting{});
  else if (!has_misspelled(table, "store", history_keys))
    reading.error(table.span, "[history] has no \"store\"", "add " + std::string(history_keys.find("store")->example));
  if (const Member* keep = table.find("keep_days")) {
    const Entry at = entry(*keep, history_keys);
    if (reading.expect_kind(at, Node::Kind::integer, "a whole number")) {
      if (at.value.integer < 1 || at.value.integer > most_days)
        reading.error(at.value.span, "a history is kept for 1 to " + std::to_string(most_days) + " days",
                      "write " + std::string(at.example));
      else
        settings.keep_days = static_cast<int>(at.value.integer);
    }
  }
  if (reading.errors() != before) return std::nullopt;
  return settings;
}

ReadHistory read_history(const std::string& file_name, std::string_view text) {
  ReadHistory result;
  const Result<Document> document = Document::parse(file_name, text, mask_secrets(text));
  if (!document) {
    result.errors.push_back(document.error());
    return result;
  }
  const Checks checks;
  Reading reading(*document, checks);
  result.settings = read_history(reading, document->root());
  result.errors = reading.take_errors();
  return result;
}

} // namespace murphy::scenario
