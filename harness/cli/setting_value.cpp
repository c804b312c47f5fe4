#include "cli/setting_value.h"

#include <memory>
#include <utility>

namespace murphy::cli {

Result<Value> value_of(const scenario::Setting& setting, const scenario::Inputs& inputs, const std::string& label) {
  const scenario::Text& from = setting.text;
  if (setting.from == scenario::Setting::From::text) return Value(from.source);
  const auto found = setting.from == scenario::Setting::From::environment
                         ? scenario::from_environment(inputs.environment, from.source, from.place, from.source_line)
                         : scenario::from_file(from);
  if (!found) return std::unexpected(found.error());
  auto secret = std::make_shared<const Secret>(*found, label);
  if (inputs.learn_secret) inputs.learn_secret(secret);
  return Value(std::move(secret));
}

} // namespace murphy::cli
