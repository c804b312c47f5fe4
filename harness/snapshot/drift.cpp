#include "snapshot/drift.h"

#include "base/nearest.h"
#include "base/text.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <functional>
#include <utility>

namespace murphy::snapshot {
namespace {

using record::KnownCookie;
using record::KnownForm;
using record::KnownGood;
using record::KnownVisit;

// Pairs what was with what is: by name, then each that went with the one that came and is near it.
template <class T> struct Paired {
  std::vector<std::pair<const T*, const T*>> both; // before and now
  std::vector<const T*> gone, came;
};

template <class T, class Name>
Paired<T> pair_up(const std::vector<T>& before, const std::vector<T>& now, const Name& name_of) {
  Paired<T> paired;
  std::vector<const T*> free;
  for (const T& each : now) free.push_back(&each);
  const auto take = [&](auto&& fits) -> const T* {
    const auto found = std::ranges::find_if(free, fits);
    if (found == free.end()) return nullptr;
    const T* taken = *found;
    free.erase(found);
    return taken;
  };
  std::vector<const T*> missing;
  for (const T& old : before) {
    const T* same = take([&](const T* each) { return name_of(*each) == name_of(old); });
    if (same != nullptr)
      paired.both.emplace_back(&old, same);
    else
      missing.push_back(&old);
  }
  for (const T* old : missing) {
    std::vector<std::string> names;
    for (const T* each : free) names.push_back(name_of(*each));
    const auto near = nearest(name_of(*old), names);
    const T* same = near.size() != 1 ? nullptr : take([&](const T* each) { return name_of(*each) == near.front(); });
    if (same != nullptr)
      paired.both.emplace_back(old, same);
    else
      paired.gone.push_back(old);
  }
  paired.came = std::move(free);
  return paired;
}

class Differences {
public:
  std::vector<std::string> take() { return std::move(sentences_); }

  void forms(const std::vector<KnownForm>& before, const std::vector<KnownForm>& now) {
    const auto name = [](const KnownForm& form) { return form.page + " " + form.form.action + " " + form.form.name; };
    const auto paired = pair_up(before, now, name);
    for (const auto& [old, same] : paired.both) form(*old, *same);
    for (const KnownForm* gone : paired.gone) say("{} is gone", called(*gone));
    for (const KnownForm* came : paired.came) say("{} is new", called(*came));
  }

  // Another state of a page has other forms, or fewer.
  void forms_of_both(const std::vector<KnownForm>& before, const std::vector<KnownForm>& now) {
    for (const KnownForm& seen : now) {
      std::vector<KnownForm> same_page;
      std::ranges::copy_if(before, std::back_inserter(same_page),
                           [&](const KnownForm& old) { return old.page == seen.page; });
      if (std::ranges::find(same_page, seen) != same_page.end()) continue;
      const std::vector<KnownForm> one{seen}; // pairs look into it
      const auto paired =
          pair_up(same_page, one, [](const KnownForm& each) { return each.form.action + " " + each.form.name; });
      for (const auto& [old, same] : paired.both) form(*old, *same);
    }
  }

  void answers_of_both(const std::vector<KnownVisit>& before, const std::vector<KnownVisit>& now) {
    for (const KnownVisit& seen : now) {
      std::vector<std::string> known;
      for (const KnownVisit& old : before)
        if (old.request == seen.request) known.push_back(join(old.answers, ", "));
      const std::string answers = join(seen.answers, ", ");
      if (known.empty() || contains(known, answers)) continue;
      say("{} answers {}; it answered {}", seen.request, answers, join(known, " or "));
    }
  }

  void cookies_of_both(const std::vector<KnownCookie>& before, const std::vector<KnownCookie>& now) {
    for (const KnownCookie& seen : now) {
      if (std::ranges::find(before, seen) != before.end()) continue;
      const auto was = std::ranges::find(before, seen.name, &KnownCookie::name);
      if (was != before.end()) cookie(*was, seen);
    }
  }

  void visits(const std::vector<KnownVisit>& before, const std::vector<KnownVisit>& now) {
    const auto whole = [](const KnownVisit& visit) { return visit.request + " → " + join(visit.answers, ", "); };
    std::vector<const KnownVisit*> came;
    for (const KnownVisit& visit : now)
      if (std::ranges::none_of(before, [&](const KnownVisit& old) { return whole(old) == whole(visit); }))
        came.push_back(&visit);
    for (const KnownVisit& old : before) {
      const auto same = std::ranges::find_if(now, [&](const KnownVisit& visit) { return whole(visit) == whole(old); });
      if (same != now.end()) {
        page(old, *same);
        continue;
      }
      const auto other =
          std::ranges::find_if(came, [&](const KnownVisit* visit) { return visit->request == old.request; });
      if (other == came.end()) {
        say("no scenario requests {} any more; its answer was {}", old.request, join(old.answers, ", "));
        continue;
      }
      say("{} answers {}, not {}", old.request, join((*other)->answers, ", "), join(old.answers, ", "));
      came.erase(other);
    }
    for (const KnownVisit* visit : came) say("{} is new and answers {}", visit->request, join(visit->answers, ", "));
  }

  void cookies(const std::vector<KnownCookie>& before, const std::vector<KnownCookie>& now) {
    // What is the same in every way first, so that a cookie set in two ways is compared with its like.
    std::vector<KnownCookie> old, other;
    std::ranges::copy_if(before, std::back_inserter(old),
                         [&](const auto& cookie) { return std::ranges::find(now, cookie) == now.end(); });
    std::ranges::copy_if(now, std::back_inserter(other),
                         [&](const auto& cookie) { return std::ranges::find(before, cookie) == before.end(); });
    const auto paired = pair_up(old, other, [](const KnownCookie& cookie) { return cookie.name; });
    for (const auto& [was, is] : paired.both) cookie(*was, *is);
    for (const KnownCookie* gone : paired.gone) say("the cookie {} is no longer set", in_quotes(gone->name));
    for (const KnownCookie* came : paired.came) say("the cookie {} is new", in_quotes(came->name));
  }

  void tables(const std::vector<record::Table>& before, const std::vector<record::Table>& now) {
    const auto paired = pair_up(before, now, [](const record::Table& table) { return table.name; });
    for (const auto& [old, same] : paired.both) table(*old, *same);
    for (const record::Table* gone : paired.gone) say("the table {} is gone", in_quotes(gone->name));
    for (const record::Table* came : paired.came) say("the table {} is new", in_quotes(came->name));
  }

  void console(const std::vector<std::string>& before, const std::vector<std::string>& now) {
    for (const std::string& line : before)
      if (std::ranges::find(now, line) == now.end()) say("the console no longer logs: {}", line);
    for (const std::string& line : now)
      if (std::ranges::find(before, line) == before.end()) say("the console has a new line: {}", line);
  }

  void changed(const std::string& of, std::string_view what, const std::string& was, const std::string& is) {
    if (was == is) return;
    say("{}: {} is {}, was {}", of, what, is.empty() ? "not given" : is, was.empty() ? "not given" : was);
  }

  void cookie(const KnownCookie& was, const KnownCookie& is) {
    const std::string of = "the cookie " + in_quotes(was.name);
    const auto flag = [](bool set) { return std::string(set ? "set" : "not set"); };
    const auto time = [](std::int64_t seconds) {
      return seconds == 0 ? std::string("until the browser closes") : fmt::format("{} s", seconds);
    };
    changed(of, "its name", in_quotes(was.name), in_quotes(is.name));
    changed(of, "Domain", was.domain, is.domain);
    changed(of, "Path", was.path, is.path);
    changed(of, "SameSite", was.same_site, is.same_site);
    changed(of, "Secure", flag(was.secure), flag(is.secure));
    changed(of, "HttpOnly", flag(was.http_only), flag(is.http_only));
    changed(of, "its lifetime", time(was.lasts), time(is.lasts));
  }

private:
  template <class... Parts> void say(fmt::format_string<Parts...> format, Parts&&... parts) {
    sentences_.push_back(fmt::format(format, std::forward<Parts>(parts)...));
  }

  static std::string called(const KnownForm& form) {
    return fmt::format("the form {} on {}", in_quotes(form.form.name), form.page);
  }

  static std::string called(const record::PageField& field) {
    return field.label.empty() || field.label == field.name
               ? in_quotes(field.name)
               : fmt::format("{} ({})", in_quotes(field.name), field.label);
  }

  void form(const KnownForm& old, const KnownForm& now) {
    const std::string of = called(old);
    changed(of, "its page", old.page, now.page);
    changed(of, "its name", in_quotes(old.form.name), in_quotes(now.form.name));
    changed(of, "its method", old.form.method, now.form.method);
    changed(of, "its action", old.form.action, now.form.action);
    changed(of, "its encoding", old.form.encoding, now.form.encoding);
    const auto paired =
        pair_up(old.form.fields, now.form.fields, [](const record::PageField& field) { return field.name; });
    for (const auto& [was, is] : paired.both) {
      if (was->name != is->name) say("{} has {} where it had {}", of, in_quotes(is->name), in_quotes(was->name));
      const std::string field = of + ", " + called(*is);
      changed(field, "its type", was->type, is->type);
      changed(field, "its label", was->label, is->label);
      changed(field, "its rules", join(was->rules, ", "), join(is->rules, ", "));
    }
    for (const record::PageField* gone : paired.gone) say("{} no longer has {}", of, called(*gone));
    for (const record::PageField* came : paired.came) say("{} now has {}", of, called(*came));
  }

  void page(const KnownVisit& old, const KnownVisit& now) {
    const std::string of = fmt::format("{}, answered {}", old.request, old.answers.empty() ? "" : old.answers.back());
    changed(of, "its title", in_quotes(old.title), in_quotes(now.title));
    lists(of, "shows the error", old.errors, now.errors);
    lists(of, "shows text in", old.outline, now.outline);
  }

  void lists(const std::string& of, std::string_view does, const std::vector<std::string>& before,
             const std::vector<std::string>& now) {
    const auto paired = pair_up(before, now, [](const std::string& item) { return item; });
    for (const auto& [was, is] : paired.both)
      if (*was != *is) say("{} {} {}, not {}", of, does, in_quotes(*is), in_quotes(*was));
    for (const std::string* gone : paired.gone) say("{} no longer {} {}", of, does, in_quotes(*gone));
    for (const std::string* came : paired.came) say("{} now {} {}", of, does, in_quotes(*came));
  }

  void table(const record::Table& old, const record::Table& now) {
    if (old.name != now.name)
      say("the database has the table {} where it had {}", in_quotes(now.name), in_quotes(old.name));
    const auto paired = pair_up(old.columns, now.columns, [](const record::Column& column) { return column.name; });
    for (const auto& [was, is] : paired.both) {
      if (was->name != is->name) say("{} has {} where it had {}", now.name, in_quotes(is->name), in_quotes(was->name));
      const std::string of = now.name + "." + is->name;
      const auto length = [](const record::Column& column) {
        return column.length ? fmt::format("{} characters", *column.length) : std::string("unlimited");
      };
      changed(of, "its type", was->type, is->type);
      if (was->type == is->type) changed(of, "its length", length(*was), length(*is));
      changed(of, "whether it can be null", was->nullable ? "yes" : "no", is->nullable ? "yes" : "no");
      changed(of, "whether it has a default", was->has_default ? "yes" : "no", is->has_default ? "yes" : "no");
    }
    for (const record::Column* gone : paired.gone) say("{} no longer has {}", now.name, in_quotes(gone->name));
    for (const record::Column* came : paired.came) say("{} now has {}", now.name, in_quotes(came->name));
    const auto key = [](const std::vector<std::string>& columns) { return join(columns, ", "); };
    for (const auto& columns : old.unique)
      if (std::ranges::find(now.unique, columns) == now.unique.end())
        say("{} no longer keeps ({}) unique", now.name, key(columns));
    for (const auto& columns : now.unique)
      if (std::ranges::find(old.unique, columns) == old.unique.end())
        say("{} now keeps ({}) unique", now.name, key(columns));
  }

  std::vector<std::string> sentences_;
};

} // namespace

std::vector<std::string> drift(const KnownGood& before, const KnownGood& now) {
  Differences differences;
  differences.tables(before.tables, now.tables);
  differences.forms(before.forms, now.forms);
  differences.cookies(before.cookies, now.cookies);
  differences.visits(before.visits, now.visits);
  differences.changed("the database", "its engine", before.engine, now.engine);
  differences.console(before.console, now.console);
  return differences.take();
}

std::vector<std::string> drift_of_run(const KnownGood& before, const KnownGood& seen) {
  Differences differences;
  if (!before.engine.empty() && before.engine == seen.engine) differences.tables(before.tables, seen.tables);
  differences.cookies_of_both(before.cookies, seen.cookies);
  return differences.take();
}

std::vector<std::string> drift_of_failure(const KnownGood& before, const KnownGood& seen) {
  Differences differences;
  if (!before.engine.empty() && before.engine == seen.engine) differences.tables(before.tables, seen.tables);
  differences.answers_of_both(before.visits, seen.visits);
  differences.forms_of_both(before.forms, seen.forms);
  differences.cookies_of_both(before.cookies, seen.cookies);
  return differences.take();
}

bool have_other_migrations(const KnownGood& before, const KnownGood& now) {
  return std::ranges::any_of(before.migrations, [&](const record::KnownMigrations& was) {
    const auto is = std::ranges::find(now.migrations, was.tool, &record::KnownMigrations::tool);
    return is != now.migrations.end() && *is != was;
  });
}

} // namespace murphy::snapshot
