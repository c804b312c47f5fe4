// The answer to a question about a page: `unknown` where Murphy cannot tell, never a guess.
#pragma once

namespace murphy::web {

enum class MatchAnswer { no, yes, unknown };

constexpr MatchAnswer answer(bool it_is) { return it_is ? MatchAnswer::yes : MatchAnswer::no; }

} // namespace murphy::web
