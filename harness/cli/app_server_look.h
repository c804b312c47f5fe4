// What a watch sees of the server that the app is: the error lines of its console, and its process.
#pragma once

#include "cli/prepared_run.h"
#include "diagnose/signature.h"
#include "record/schema.h"
#include "target/console.h"
#include "watch/look.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace murphy::cli {

class AppServerLook {
public:
  // What is prepared must outlive it. Its own signatures compile.
  explicit AppServerLook(PreparedRun& ready);
  AppServerLook(const AppServerLook&) = delete;
  AppServerLook& operator=(const AppServerLook&) = delete;

  // The tables as they are now; none where nobody may look.
  using ReadSchema = std::function<std::optional<record::Schema>()>;
  // What came on the console since the look before. Reads the tables at most once, and only for an error line.
  watch::ConsoleLook console(const ReadSchema& schema);
  watch::ProcessLook process() const;

private:
  // In one look.
  struct Diagnosed {
    std::set<std::string> kinds;                         // of lines
    std::optional<std::optional<record::Schema>> schema; // none: it was not needed yet
  };
  void add_errors(watch::ConsoleLook& look, const record::ConsoleLine& line, Diagnosed& diagnosed,
                  const ReadSchema& schema) const;
  std::optional<watch::LikelyCause> cause_of_line(const std::string& text,
                                                  const std::optional<record::Schema>& schema) const;

  PreparedRun& ready_;
  std::optional<diagnose::Signatures> own_; // none: those built in are all
  const diagnose::Signatures& signatures_;
  target::Console::Mark mark_ = 0; // up to here the console was looked at
  std::uint64_t left_out_ = 0;     // bytes, up to there
};

// The likeliest cause, as a watch knows it; none when the evidence does not tell.
std::optional<watch::LikelyCause> likely_cause(const std::vector<record::Suspect>& suspects);

} // namespace murphy::cli
