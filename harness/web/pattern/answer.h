// The answer to a question about a page: `unknown` where Murphy cannot tell, never a guess.
#pragma once

namespace murphy::web {

enum class Answer { no, yes, unknown };

constexpr Answer answer(bool it_is) { return it_is ? Answer::yes : Answer::no; }

} // namespace murphy::web
