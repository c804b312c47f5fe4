#include "diagnose/evidence_of_start.h"

#include "base/address.h"
#include "diagnose/markup.h"
#include "diagnose/waiting_migrations.h"
#include "diagnose/wrong_name.h"

namespace murphy::diagnose {

Evidence evidence_of(const record::TargetLost& lost, const record::EvidenceGathered& gathered) {
  Evidence evidence;
  evidence.id = lost.loss == record::AppLoss::died ? "the app ended" : "the app did not start";
  for (const record::Exchange& exchange : lost.exchanges) {
    evidence.exchanges.push_back(
        {exchange.method, std::string(address_parts(exchange.url).path), exchange.status, exchange.error});
    evidence.page = read_markup(exchange).text;
  }
  for (const record::ConsoleLine& line : lost.console) evidence.console.push_back(line.text);
  if (lost.console.empty() && lost.exchanges.empty()) evidence.console.push_back(lost.error.what);
  evidence.code = code_of(lost.suspects);
  evidence.migrations = gathered.migrations;
  evidence.named_in = named_in_of(lost.suspects);
  evidence.schema = gathered.schema;
  evidence.database_note = gathered.database_note;
  if (const auto& known = gathered.known_good) {
    KnownGood& good = evidence.known_good.emplace();
    good.console = known->console;
    if (!known->engine.empty()) good.schema = record::Schema{.engine = known->engine, .tables = known->tables};
  }
  return evidence;
}

} // namespace murphy::diagnose
