#include "leaks.h"

#include "project.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace murphy::end_to_end {

std::vector<Needle> spellings_of(const std::string& what, const std::string& text) {
  Invocation invocation;
  invocation.binary = "/usr/bin/python3";
  invocation.arguments = {std::string(servers) + "/spellings.py"};
  invocation.environment["TEXT"] = text;
  const std::string out = run(invocation).out;
  std::vector<Needle> needles;
  for (std::size_t at = 0, end = 0; (end = out.find('\0', at)) != std::string::npos; at = end + 1)
    needles.push_back({what, out.substr(at, end - at)});
  EXPECT_GT(needles.size(), 10U);
  return needles;
}

bool holds_any(const std::string& text, const std::vector<Needle>& needles) {
  return std::ranges::any_of(needles,
                             [&](const Needle& needle) { return text.find(needle.text) != std::string::npos; });
}

void expect_nowhere(const Outputs& outputs, const std::vector<Needle>& needles) {
  for (const auto& [name, text] : outputs)
    for (const Needle& needle : needles) {
      const std::size_t at = text.find(needle.text);
      if (at == std::string::npos) continue;
      const std::size_t begin = at < 150 ? 0 : at - 150;
      ADD_FAILURE() << needle.what << " leaks as " << needle.text << "\ninto " << name << ":\n… "
                    << text.substr(begin, at - begin + needle.text.size() + 100) << " …";
    }
}

} // namespace murphy::end_to_end
