// A failure held against the known-good record: what the app did another way when all was well.
#pragma once

#include "diagnose/evidence.h"
#include "record/known_good.h"
#include "record/result.h"
#include "record/suspect.h"

#include <span>
#include <vector>

namespace murphy::diagnose {

// Adds to the evidence of these steps what the record says of them.
void compare_with_baseline(Evidence& evidence, std::span<const record::StepResult> steps,
                           const record::KnownGood& known);

// What is another way in what the steps saw, the surest first: a form that is gone, fields of forms, where forms go,
// what pages ask for, where a request led, how cookies are set, which elements and titles of the last page went empty.
// Needs what compare_with_baseline adds.
std::vector<record::Suspect> suspects_by_baseline(const Evidence& evidence);

// Whether the tables are as they were when all was well, and so the account's columns. No without both schemas.
bool tables_are_as_before(const Evidence& evidence);

} // namespace murphy::diagnose
