// Whether one word may be another that a finger slipped in.
#pragma once

#include <string_view>

namespace murphy {

// A letter was swapped, left out or typed twice; of words with seven letters or more, another may also stand in its
// place. With another letter in front, or in a short word, it is another word: "real" is not "read", nor "ctime"
// "time". Case does not count. The words are near each other already, see nearest().
bool is_slip_of_fingers(std::string_view word, std::string_view right);

// Whether one is another form of the other, both of them rightly spelled: "providers" of "provider" or "provide".
bool are_forms_of_a_word(std::string_view word, std::string_view right);

} // namespace murphy
