// How often a run has failed to sign in as somebody: what an app counts that locks accounts.
#pragma once

#include "record/result.h"

#include <mutex>
#include <string>
#include <vector>

namespace murphy::run {

// Safe to use from several threads.
class FailedAttempts {
public:
  // Remembers what a step has posted.
  void note(const record::StepResult& step);

  // How many posts named the account (held one of its names, as written or as shown in place of a secret) and were not
  // led on to a page other than that of the sign-in, and without a password field. Rather too many than too few.
  int of(const std::vector<std::string>& names, const std::string& sign_in_path) const;

private:
  struct Post {
    std::string sent;   // decoded and in one case
    std::string led_to; // the path of its redirect; empty without one
  };
  mutable std::mutex mutex_;
  std::vector<Post> posts_;
};

} // namespace murphy::run
