// Whether an address that the scenario has is a misspelled one, and which: by the pages that it has seen, and by the
// files of the project. Pure.
#pragma once

#include "drive/driver.h"
#include "record/failure.h"
#include "run/plan/written_addresses.h"

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::run {

// Where the pages of a scenario lead. They are read when it matters, or when too much has gathered: reading them is
// work, see WorkLimit. Of one that takes too long nothing is known, nor whether all the others lead somewhere.
class SeenAddresses {
public:
  void see(const std::shared_ptr<const drive::Page>& page);
  // For each path, how many pages lead to it; none when that is not known of all.
  std::optional<std::map<std::string, std::int64_t>> by_pages();

private:
  void read_oldest();

  std::weak_ptr<const drive::Page> newest_;
  std::deque<std::shared_ptr<const drive::Page>> unread_; // the newest last
  std::size_t unread_bytes_ = 0;
  std::map<std::string, std::set<std::string>> from_; // by path, the paths of the pages that lead to it
  bool knows_all_ = true;
};

// What is known of the addresses of an app.
struct KnownAddresses {
  std::map<std::string, std::int64_t> pages; // by path, how many lead to it
  const WrittenAddresses& written;
};

// The one known address that is near; none where several are, and where a page leads to the wanted one: the app means
// that one, too. One that no page leads to has to be written more often than the wanted one.
std::optional<record::NearAddress> near_address(std::string_view wanted, const KnownAddresses& known);

// The same of what a failed expectation says of an address: where the app led to a near one, that is it.
std::optional<record::NearAddress> near_address_of(const record::Failure& failure, const KnownAddresses& known);

} // namespace murphy::run
