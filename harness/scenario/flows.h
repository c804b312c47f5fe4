// The flows of one file: its own and those it imports.
#pragma once

#include "scenario/reading.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace murphy::scenario {

// A flow as those who use it need to know it.
struct KnownFlow {
  std::shared_ptr<const Flow> flow; // as much of it as could be read
  std::size_t steps = 0;            // with those of the flows it uses
  bool has_params = true;           // false when they could not be read
  bool whole = true;                // false when anything of it could not be read
};

// By name. Those of a file that could not be read are missing, which `whole` says.
struct FlowTable {
  std::map<std::string, KnownFlow> flows;
  bool whole = true;
};

// Reads flows in whatever order they use each other. The reading, the document and the project must outlive it.
class Flows {
public:
  Flows(Reading& reading, const Project& project) : reading_(reading), project_(project) {}

  // The flows of another file; `span` is where this file names it. A name that is taken is reported.
  void import(const FlowTable& table, const Span& span);
  // An import that could not be read: names that are unknown may be in it.
  void lacks_import() { table_.whole = false; }
  // The flows of [flow.NAME], all of them.
  void read(const Member& flows);
  // What was read before, when the file is read once more.
  void take(FlowTable table) { table_ = std::move(table); }
  // Those of the file itself, for the files that import it.
  FlowTable own() const;
  const FlowTable& all() const { return table_; }

  // The flow that a step names at `value`. Nothing when there is none, or when it would use itself: reported, unless
  // the flow may be in a file that could not be read.
  std::optional<KnownFlow> find(const Node& value);

private:
  std::optional<KnownFlow> read_flow(const Member& member);
  std::size_t total(const std::vector<Step>& steps) const;
  void read_params(const Node& table, KnownFlow& known, Flow& flow);
  void read_gives(const Node& table, const std::vector<std::string>& captures, Flow& flow);
  void report_circle(const Node& value);
  void report_unknown(const Node& value);

  Reading& reading_;
  const Project& project_;
  FlowTable table_;
  std::map<std::string, const Member*> unread_;
  std::vector<std::string> open_; // the flows that are being read, each used by the one before
  std::vector<std::string> own_;
};

// `use`, with what `with` hands over. What the flow gives and what it speaks of becomes the context's.
std::optional<Use> read_use(Reading& reading, const Member& use, const Node& step, Context& context);

} // namespace murphy::scenario
