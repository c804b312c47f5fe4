#include "web/html/disabled.h"

namespace murphy::web {

bool is_disabled(Element element) {
  if (element.has("disabled")) return true;
  if (element.is("option")) {
    const Element parent = element.parent();
    return parent && parent.is("optgroup") && parent.has("disabled");
  }
  if (element.is("optgroup")) return false;
  Element inner = element;
  for (Element ancestor = element.parent(); ancestor; inner = ancestor, ancestor = ancestor.parent()) {
    if (!ancestor.is("fieldset") || !ancestor.has("disabled")) continue;
    // `inner` is the child of the fieldset on the way up: its first legend is spared.
    Element legend = ancestor.first_child();
    while (legend && !legend.is("legend")) legend = legend.next_sibling();
    if (!legend || inner != legend) return true;
  }
  return false;
}

} // namespace murphy::web
