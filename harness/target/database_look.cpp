#include "target/database_look.h"

#include "base/make_error.h"
#include "target/database_session.h"
#include "target/engine_words.h"

#include <cstdint>
#include <soci/soci.h>

#include <charconv>

namespace murphy::target {
namespace {

record::Table& table_of(record::Schema& schema, const std::string& name) {
  if (schema.tables.empty() || schema.tables.back().name != name)
    schema.tables.push_back({.name = name, .columns = {}, .unique = {}});
  return schema.tables.back();
}

// "character varying(64)" has the length where the catalogue has no column for it.
std::optional<std::int64_t> length_of(const std::string& declared, const std::string& type) {
  std::string_view digits = declared;
  if (declared.empty() && type.contains("char") && type.contains('('))
    digits = std::string_view(type).substr(type.find('(') + 1);
  std::int64_t length = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (code != std::errc() || end == digits.data()) return std::nullopt;
  return length;
}

void read_columns(const ReadOnlyLook& look, const Catalogue& catalogue, record::Schema& schema) {
  std::string table, name, type, length, nullable, has_default;
  soci::statement rows(look.session());
  for (std::string* each : {&table, &name, &type, &length, &nullable, &has_default}) rows.exchange(soci::into(*each));
  look.run(rows, catalogue.columns);
  while (rows.fetch()) {
    table_of(schema, table)
        .columns.push_back({.name = name,
                            .type = type,
                            .length = length_of(length, type),
                            .nullable = nullable == "1",
                            .has_default = has_default == "1"});
  }
}

void read_unique_keys(const ReadOnlyLook& look, const Catalogue& catalogue, record::Schema& schema) {
  std::string table, key, column;
  std::string table_before, key_before;
  soci::statement rows(look.session());
  for (std::string* each : {&table, &key, &column}) rows.exchange(soci::into(*each));
  look.run(rows, catalogue.unique_keys);
  auto found = schema.tables.begin();
  while (rows.fetch()) {
    // Both lists are in the order of the tables' names.
    while (found != schema.tables.end() && found->name != table) ++found;
    if (found == schema.tables.end()) return;
    if (found->unique.empty() || key != key_before || table != table_before) found->unique.emplace_back();
    found->unique.back().push_back(column);
    table_before = table;
    key_before = key;
  }
}

std::unexpected<Error> failed(const DatabaseAddress& address, const std::string& why, std::string hint) {
  return std::unexpected(target_error("the database " + address.shown + " could not be read: " + why, std::move(hint)));
}

} // namespace

Result<record::Schema> look_at_database(const DatabaseAddress& address) {
  const Catalogue& catalogue = catalogue_of(address.engine);
  record::Schema schema;
  schema.engine = catalogue.engine;
  try {
    soci::session database;
    open_session(database, address);
    const ReadOnlyLook look(database, catalogue);
    read_columns(look, catalogue, schema);
    read_unique_keys(look, catalogue, schema);
  } catch (const soci::soci_error& error) {
    const std::string message = error.get_error_message();
    return failed(address, words_of_engine(message),
                  remedy_of_engine(message, "check \"database\" of the target: is it the app's database, does it run, "
                                            "and can this account sign in?"));
  } catch (const std::exception& error) {
    return failed(address, error.what(), {});
  }
  if (schema.tables.empty())
    return failed(address, "it shows this account no tables",
                  "is it the app's database, are its migrations done, and can this account see its tables?");
  return schema;
}

} // namespace murphy::target
