// Where each engine keeps what it knows of its tables.
#pragma once

namespace murphy::target {

// Every result is text; yes is "1". Both queries go by the name of the table, in the same order.
struct Catalogue {
  const char* engine;      // as record::Schema has it
  const char* backend;     // as SOCI has it
  const char* opened;      // said once the connection stands; empty: nothing
  const char* begin;       // begins a transaction that can only read, and whose settings end with it; empty: none
  const char* end;         // the same that ends it
  const char* limit;       // before each statement, to limit its time; empty: `begin` has done so
  const char* hint;        // the same behind the word SELECT
  const char* columns;     // table, column, type, longest text or empty, nullable, has a default
  const char* unique_keys; // table, key, column; in the order of the key
};

extern const Catalogue sqlite_catalogue;
extern const Catalogue postgresql_catalogue;
extern const Catalogue mysql_catalogue;

} // namespace murphy::target
