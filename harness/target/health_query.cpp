#include "target/health_query.h"

#include "target/database_session.h"
#include "target/engine_words.h"

#include <algorithm>
#include <array>
#include <soci/soci.h>
#include <utility>

namespace murphy::target {
namespace {

using State = HealthCheck::State;

// Words with which servers turn a client away because there are too many: SQLSTATE 53300, and 1040, 1203 and 1226. The
// last one is PgBouncer's, SQLSTATE 08P01.
constexpr std::array refusals{"too many clients",           "remaining connection slots", "too many connections",
                              "Too many connections",       "max_user_connections",       "max_connections_per_hour",
                              "no more connections allowed"};

} // namespace

HealthCheck health(const char* name, State state, std::string words) {
  return {.name = name, .state = state, .words = std::move(words)};
}

HealthCheck health_by_query(soci::session& database, const Catalogue& catalogue, const char* name,
                            const std::string& query) {
  try {
    std::string words;
    soci::indicator indicator = soci::i_null;
    const ReadOnlyLook look(database, catalogue);
    database << look.limited(query), soci::into(words, indicator);
    if (indicator != soci::i_ok) words.clear();
    return health(name, words.empty() ? State::ok : State::bad, words);
  } catch (const soci::soci_error& error) {
    return health(name, State::blind, words_of_engine(error.get_error_message()));
  }
}

HealthCheck health_without_connection(const char* name, std::string_view message) {
  const std::string words = words_of_engine(message);
  const bool is_refused = std::ranges::any_of(refusals, [&](const char* each) { return words.contains(each); });
  if (is_refused) return health(name, State::bad, "the server takes no more connections: " + words);
  return health(name, State::blind, words);
}

} // namespace murphy::target
