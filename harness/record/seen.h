// What steps saw of the app, in the shape of the known-good record: of a healthy run it becomes the record, of a
// failing case it is what is held against it.
#pragma once

#include "record/known_good.h"
#include "record/result.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace murphy::record {

// Two forms or visits of one key are the same thing, seen twice.
using FormKey = std::array<std::string, 4>;
FormKey key_of(const KnownForm& form);
using VisitKey = std::pair<std::string, std::vector<std::string>>;
VisitKey key_of(const KnownVisit& visit);

// Keeps only what stands in both, in the order of the first.
template <class T> void keep_equal(std::vector<T>& values, const std::vector<T>& others) {
  std::erase_if(values, [&](const T& value) { return std::ranges::find(others, value) == others.end(); });
}

// Keeps of the first what the other has as well: what only one of them has, changes.
void keep_common(KnownForm& form, const KnownForm& other);
void keep_common(KnownVisit& visit, const KnownVisit& other);

// Takes steps one after the other. Neither tables nor console lines are in what it gives back.
class Seen {
public:
  // Of a step that passed, `earlier` is the way that a sign-in took.
  void take(const StepResult& step);
  KnownGood finish();

private:
  void take(const KnownVisit& visit, bool has_page);
  void take_forms(const PageSeen& page);

  KnownGood known_;
  std::map<FormKey, KnownForm> forms_;
  std::map<VisitKey, std::pair<KnownVisit, bool>> visits_; // and whether its page was seen
};

} // namespace murphy::record
