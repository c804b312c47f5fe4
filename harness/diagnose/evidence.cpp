#include "diagnose/evidence.h"

namespace murphy::diagnose {

std::string words_of_page(const Evidence& evidence) {
  std::string words = evidence.page;
  for (const record::ShownError& error : evidence.errors) words += "\n" + record::line_of(error);
  return words + (evidence.errors.empty() ? "\n" : "");
}

} // namespace murphy::diagnose
