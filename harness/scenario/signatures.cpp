#include "scenario/signatures.h"

#include "base/nearest.h"
#include "base/text.h"
#include "scenario/masking.h"
#include "scenario/reader.h"

#include <algorithm>
#include <array>
#include <utility>

namespace murphy::scenario {

namespace {

constexpr auto in_signature = std::to_array<Key>({
    {"layer", R"(layer = "config")"},
    {"says", R"(says = "the licence has run out")"},
    {"contains", R"(contains = "licence")"},
    {"pattern", R"(pattern = 'licence (?<name>\S+) has expired')"},
    {"example", R"(example = "licence ACME-7 has expired")"},
});
constexpr std::array<std::string_view, 7> layers = {"view",    "controller", "model",  "database",
                                                    "session", "config",     "network"};

// The text of a key that must be there; empty after an error.
std::string required(Reading& reading, const Node& table, std::string_view key) {
  if (const Member* member = table.find(key)) return reading.words(entry(*member, signature_keys)).value_or("");
  if (!has_misspelled(table, key, signature_keys))
    reading.error(table.span, "a signature has no \"" + std::string(key) + "\"",
                  "add " + std::string(signature_keys.find(key)->example));
  return {};
}

void check_layer(Reading& reading, const Node& table, const std::string& layer) {
  if (layer.empty() || std::ranges::find(layers, layer) != layers.end()) return;
  const std::vector<std::string> names(layers.begin(), layers.end());
  const std::string meant = did_you_mean(layer, names);
  reading.error(table.find("layer")->value.span, "\"" + layer + "\" is not a layer",
                meant.empty() ? "the layers are " + join(names, ", ") : meant);
}

void check_example(Reading& reading, const Node& table, const ErrorFormat& format) {
  if (format.contains.empty() || format.pattern.empty() || format.example.empty()) return;
  const Span& span = table.find("example")->value.span;
  if (!ascii_lower(format.example).contains(format.contains)) {
    reading.error(span, "the example does not contain the text of \"contains\"", "");
    return;
  }
  const auto pattern = reading.regex(entry(*table.find("pattern"), signature_keys));
  if (!pattern) return;
  const auto found = pattern->search(format.example);
  if (!found || found->empty())
    reading.error(span, "the pattern does not match this example", "write a line as the app writes it");
}

} // namespace

const Vocabulary signature_keys{"a signature", in_signature};

std::vector<ErrorFormat> read_signatures(Reading& reading, const Node& root) {
  std::vector<ErrorFormat> formats;
  const Member* member = root.find("signature");
  if (!member) return formats;
  const Entry at{"signature", "[[signature]]", member->value};
  if (!reading.expect_kind(at, Node::Kind::array, "a list of tables")) return formats;
  for (const Node& table : member->value.items) {
    const std::size_t before = reading.errors();
    if (!reading.expect_kind({"signature", "[[signature]]", table}, Node::Kind::table, "a table")) continue;
    reading.check_keys(table, signature_keys);
    ErrorFormat format;
    format.layer = required(reading, table, "layer");
    if (const Member* says = table.find("says")) format.says = reading.words(entry(*says, signature_keys)).value_or("");
    format.contains = ascii_lower(required(reading, table, "contains"));
    format.pattern = required(reading, table, "pattern");
    format.example = required(reading, table, "example");
    check_layer(reading, table, format.layer);
    if (reading.errors() == before) check_example(reading, table, format);
    if (reading.errors() == before) formats.push_back(std::move(format));
  }
  return formats;
}

ReadSignatures read_signatures(const std::string& file_name, std::string_view text) {
  ReadSignatures result;
  const Result<Document> document = Document::parse(file_name, text, mask_secrets(text));
  if (!document) {
    result.errors.push_back(document.error());
    return result;
  }
  const Checks checks;
  Reading reading(*document, checks);
  result.signatures = read_signatures(reading, document->root());
  result.errors = reading.take_errors();
  return result;
}

} // namespace murphy::scenario
