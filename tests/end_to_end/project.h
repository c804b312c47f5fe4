// Small projects made for one test.
#pragma once

#include "command.h"
#include "tests/places.h"

#include <string>
#include <vector>

namespace murphy::end_to_end {

inline const std::string servers = in_project("tests/end_to_end/servers");

// A project in a folder of its own, whose one target is described by `target`, the lines of its table.
class Project {
public:
  explicit Project(const std::string& target);

  // One scenario that opens `path`, by the same name, and looks at the page's text.
  void open(const std::string& path);
  // Writes scenarios/pages.toml from what open() was given, and runs `murphy run` with a journal and a JUnit report.
  Invocation invocation(std::vector<std::string> arguments = {}) const;
  Finished run(std::vector<std::string> arguments = {}) const;

  const TemporaryFolder& folder() const { return folder_; }
  std::filesystem::path journal() const { return folder_ / "run.jsonl"; }
  std::string junit() const { return read_file(folder_ / "run.xml"); }

private:
  TemporaryFolder folder_;
  std::string scenarios_ = "feature = \"Pages\"\n";
};

// The lines of a target that is servers/misbehaving.py on a port that Murphy chooses.
std::string misbehaving(const std::string& more = {});

} // namespace murphy::end_to_end
