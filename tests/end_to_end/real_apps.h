// The third-party apps of fixtures/targets, and the faults that can be made in private copies of them.
#pragma once

#include "command.h"

#include <ostream>
#include <string>
#include <vector>

namespace murphy::end_to_end {

struct Fault {
  std::string target; // a folder of fixtures/targets: django
  std::string name;
  std::string edit; // the file of faults/ that makes it, without its ending
  std::string layer;
  std::string wrong, right; // as the app spells it; empty where the mistake is that something is gone or came
  std::string of;           // the table, the file or the setting it belongs to
  std::string file, scenario;
  std::size_t step = 0;               // of the scenario, from 1: the one that turns red
  std::vector<std::string> databases; // where it can be made; everywhere when empty
};

// How a test's name spells it.
inline void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.target << ' ' << fault.name; }

// What faults.toml says.
std::vector<Fault> faults_of(const std::string& target);
bool can_be_made_on(const Fault& fault, const std::string& database);

std::string folder_of(const std::string& target);

// `murphy run` on one of the apps, optionally with a fault made in it.
Invocation target_run(const std::string& target, std::vector<std::string> arguments, const std::string& fault = {});

// Healthy it passes all its scenarios, so many at least; `postgresql` is the address of the server that is to hold its
// data, postgresql://user:password@host:port, where it is not the app's usual one.
void expect_all_pass(const std::string& target, int at_least, const std::string& postgresql = {});

// With the fault its scenario fails, at the step the data of the fault names, and the likely cause is the one that they
// name.
void expect_caught(const Fault& fault, const std::string& postgresql = {});

} // namespace murphy::end_to_end
