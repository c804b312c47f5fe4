// What `${references}` stand for while a scenario runs.
#pragma once

#include "base/secret.h"
#include "scenario/model.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::scenario {

// Looks up an environment variable.
using Environment = std::function<std::optional<ClearText>(const std::string& name)>;

// The environment variable that gives a variable from outside: "MURPHY_VAR_" and the name.
std::string variable_in_environment(std::string_view name);

// What a run is given from outside.
struct Inputs {
  std::map<std::string, std::string> variables;                 // --var
  std::map<std::string, std::shared_ptr<const Secret>> secrets; // --secret
  Environment environment;                                      // left empty: nothing is set
  std::function<void(const std::string& name)>
      hide_variable; // hears of every variable of the environment that holds a secret, once it was read; may be empty
  std::function<void(std::shared_ptr<const Secret>)>
      learn_secret;       // hears of every secret before it is used; may be empty
  std::uint64_t seed = 0; // of the run: makes ${unique}
};

// What a name stands for, and who says so: the scenario, or the app, whose answer it was captured from.
struct Variable {
  enum class From { scenario, capture };
  Value value;
  From from = From::scenario;
};

// Ports by name: what `${port:NAME}` stands for; `${port}` is the one without a name.
using Ports = std::map<std::string, std::uint16_t>;

// The names in reach of one scenario and what they stand for. Not for several threads at once; the project and what is
// given must outlive it.
class Scope {
public:
  // `id` names the test case (and the attempt, when there are several): ${unique} is the same within it, and differs
  // from case to case and from seed to seed.
  Scope(const Project& project, const Inputs& inputs, std::string id);
  const std::string& id() const { return id_; }

  // A capture, or a column of an example. Later ones replace earlier ones of the same name.
  void set(const std::string& name, Variable variable);
  // Steps into a flow: until leave(), its parameters and what it captures are the only such names in reach.
  void enter(std::map<std::string, Variable> parameters);
  // Steps out of the flow and gives back all that was set in it.
  std::map<std::string, Variable> leave();
  // Whether the text begins with what was captured, as an address does that was read off a page or a mail.
  Variable::From begins_with(const Text& text) const;
  // The account that ${user.property} speaks of, in the flows of [app].
  void set_user(std::string name) { user_ = std::move(name); }
  // Which account of a pool the user's name stands for, from 1; 0: the user has no pool.
  void set_member(const std::string& user, int number) { members_[user] = number; }
  // The users that were set so.
  const std::map<std::string, int>& members() const { return members_; }
  // What ${port} and ${port:NAME} stand for, in a target.
  void set_ports(Ports ports) { ports_ = std::move(ports); }
  // From now on ${unique} is another word, one for each number; 0 is the scenario's own.
  void set_round(std::uint64_t number) { round_ = number; }
  // Text made of what may be a secret: secret too, and known to whoever hides secrets.
  Value learn(const ClearText& characters, std::string label);
  // ${env:NAME} is plain text from now on: for addresses and commands, which are shown.
  void show_environment() { environment_is_shown_ = true; }

  // The text with its references replaced. Secret as a whole when any part of it is. Errors: usage at the text's place,
  // when an environment variable is not set or a file cannot be read; names were checked when the file was read.
  Result<Value> resolve(const Text& text);
  // The same for text that is JSON: what a reference stands for is escaped to stand inside a JSON string.
  Result<Value> resolve_json(const Text& text);
  // The same as a secret under this label, whatever it is made of.
  Result<Value> resolve_secret(const Text& text, const std::string& label);
  // The same in clear, for what names something or is looked at: an address, the label of a field, a method. What is
  // filled in or sent stays a Value.
  Result<std::string> resolve_words(const Text& text);

private:
  Value learn(std::shared_ptr<const Secret> secret);
  void hide(const std::string& variable) const;
  Result<Value> look_up(const std::string& name, const Text& text);
  Result<Value> property(const std::string& user, const std::string& name, const Text& text);
  struct Expanded {
    SealedText characters;
    std::string outline; // the same as it may be shown
    bool secret = false;
  };
  Result<Expanded> put_together(const Text& text, std::string (*write)(std::string_view));
  Result<Value> expand(const Text& text, std::string (*write)(std::string_view));
  std::string unique() const;

  const Project& project_;
  const Inputs& inputs_;
  std::string id_;
  std::string user_;
  Ports ports_;
  bool environment_is_shown_ = false;
  std::uint64_t round_ = 0;
  std::vector<std::map<std::string, Variable>> captures_{1}; // the scenario's own, then those of the flows it is in
  std::map<std::string, int> members_;
  std::map<std::string, Value> known_; // secrets made so far, by label
};

// Resolves what goes into an Authorization header. A password is secret wherever it stands, and so is what follows the
// scheme of a text. Errors: as Scope::resolve.
Result<Authorization> resolve(const AuthorizationText& authorization, Scope& scope);

// The same for headers; their values are secret where their names say so.
Result<std::vector<std::pair<std::string, Value>>> resolve(const std::vector<std::pair<std::string, Text>>& headers,
                                                           Scope& scope);

// A target with every reference replaced.
struct ResolvedTarget {
  std::string url;
  std::vector<std::string> origins;
  std::vector<std::string> start;
  std::vector<std::string> ready;
  std::map<std::string, Value> environment; // secret where its name or a reference says so
  std::optional<Value> database;            // its address; secret unless it stands in the file
  std::optional<Authorization> authorize;
  std::vector<std::pair<std::string, Value>> headers;
  std::map<std::string, std::string> providers; // [idp.NAME]: their origins
};

// The ports whose choice the target leaves to Murphy, by name, each once: those that its texts name.
std::vector<std::string> ports_of(const Target& target);

// `ports` has every port of ports_of(). ${env:NAME} is plain text in url, origins, start and ready. Errors: as
// Scope::resolve.
Result<ResolvedTarget> resolve(const Target& target, const Ports& ports, const Project& project, const Inputs& inputs);

// Every secret that the project file holds or names and that can be had now: so that a redactor knows them before
// anything is printed. What is not set or cannot be read is left out.
// Hears of the variables of `outside` as a scope does.
std::vector<std::shared_ptr<const Secret>> project_secrets(const Project& project, const Inputs& outside);

// Environment variables that are not set or empty, and files that cannot be read, though the selected scenarios, [app]
// or the target need them; accounts no selected scenario uses may lack theirs. `target` may be null. Hides the
// variables that scenarios and [app] name.
Errors check_environment(const std::vector<const Scenario*>& selected, const Project& project, const Target* target,
                         const Inputs& outside);

// Scenarios tagged "writes" that were selected although the target is a production one.
Errors check_production(const std::vector<const Scenario*>& selected, const Target& target);

} // namespace murphy::scenario
