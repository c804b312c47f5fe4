// Reads how `[app]` says to sign in and out: a table of a page and its form, or the steps one by one.
#pragma once

#include "scenario/reading.h"

namespace murphy::scenario {

// `sign_in`, or one way of `sign_in_by`. What has errors is left out.
void read_sign_in(Reading& reading, const Member& member, Context& context, App& app);
void read_sign_in_by(Reading& reading, const Member& member, Context& context, App& app);
void read_sign_out(Reading& reading, const Member& member, Context& context, App& app);

// Reports that the table lacks a key without which it means nothing; the error's place is that of the table.
bool check_has(Reading& reading, const Member& around, std::string_view key, const Vocabulary& keys);

} // namespace murphy::scenario
