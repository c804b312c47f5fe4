// The text a person sees, as far as it can be known without style sheets (after innerText, WHATWG HTML 3.2.7).
#pragma once

#include "web/html/document.h"

#include <cstddef>
#include <string>
#include <vector>

namespace murphy::web {

// Block elements and <br> begin a new line ("\n", never two in a row), other white space is collapsed to one space,
// lines are trimmed; what looks like a space is one, what nobody sees is left out (plain_words). Left out: script,
// style, template, noscript, head, textarea; elements that are hidden by the `hidden` attribute or by `display: none`
// or `visibility: hidden` in their style attribute; type=hidden. Buttons made by <input> show their value, images their
// alt. `aria-hidden` text is seen, and kept.
std::string rendered_text(Element element);
std::string rendered_text(const Document& document);

// The same on one line.
std::string rendered_words(Element element);

// A name of more bytes is none, and a page may give it to thousands of fields.
constexpr std::size_t longest_label = 1000;

// Words that are longer, cut, with an ellipsis at their end.
std::string short_label(std::string words);

// The words of a label: rendered_words without the controls inside it.
std::string label_words(Element label);
// The same without the links inside it, which lead elsewhere ("Lost password?").
std::string label_words_without_links(Element label);

// The lines of a message: rendered_text in its lines, without the controls inside it (a button that closes it).
std::vector<std::string> message_lines(Element element);

// Whether the element itself is hidden by attribute or style attribute, or is never rendered; ancestors are not asked.
bool hides_itself(Element element);
// Whether the element or one that contains it hides itself.
bool is_hidden(Element element);

} // namespace murphy::web
