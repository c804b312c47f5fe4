#include "diagnose/trace.h"

#include "base/text.h"

#include <array>
#include <optional>
#include <string>

namespace murphy::diagnose {

using record::Layer;

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.contains(word); });
}

bool is_session_store(std::string_view line) {
  const std::string lower = ascii_lower(line);
  return contains_any(lower, {"sessions/backends", "session_store",     "sessionstore",     "session-store",
                              "connect-pg-simple", "connect-redis",     "connect-mongo",    "pgstore",
                              "redisstore",        "session/store",     "session/storage",  "sessionhandler",
                              "session_handler",   "sessionrepository", "session.save",     "session_update",
                              "get_session",       "save_session",      "create_session",   "update_session",
                              "insert session",    "/session.py",       "flask/sessions.py"});
}

Layer layer_of_file(std::string_view line) {
  std::string lower = ascii_lower(line);
  std::ranges::replace(lower, '\\', '/');
  if (contains_any(lower, {"/gems/", "site-packages", "dist-packages", "node_modules", "/vendor/", "node:internal",
                           "/lib/python"}))
    return Layer::unknown;
  if (contains_any(lower, {".erb",   ".haml",   ".slim",       ".ejs",        ".pug",
                           ".hbs",   ".twig",   ".blade.php",  ".jinja",      ".j2",
                           ".html:", ".html\"", ".heex",       ".eex",        ".cshtml",
                           ".jsp",   ".ftl",    "/templates/", "/app/views/", "resources/views",
                           ".phtml", ".tpl"}))
    return Layer::view;
  if (contains_any(lower, {"/controllers/", "controller.", "controller.php", "_controller", "/handlers/", "/routes/",
                           "routes.", "views.py", "/http/"}))
    return Layer::controller;
  if (contains_any(lower, {"/models/", "models.py", "/model/", "/entity/", "/entities/", "/repository/",
                           "/repositories/", "model.", "models."}) ||
      // A class that is called after what it models.
      contains_any(line, {"/User.", "/Account.", "/Member.", "/Person.", "/Customer."}))
    return Layer::model;
  if (contains_any(lower, {"/migrate/", "/migrations/"})) return Layer::database;
  if (contains_any(lower, {"/config/", "/conf/", "settings.", "/local.php", "config.php", ".env", "appsettings"}))
    return Layer::config;
  return Layer::unknown;
}

Layer layer_of_trace(const Finding& finding) {
  const auto& lines = finding.text->lines;
  if (const Layer own = layer_of_file(lines[finding.line]); own != Layer::unknown) return own;
  const auto is_frame = [](std::string_view line) {
    const std::string_view bare = trim(line);
    return bare.starts_with("at ") || bare.starts_with("File \"") || bare.starts_with("from ") ||
           bare.starts_with("#") || bare.contains(":in `") || bare.contains(":in '") || bare.starts_with("app/") ||
           bare.contains("(") || bare.contains(".rb:") || bare.contains(".ejs:");
  };
  for (std::size_t i = finding.line; i > 0 && i + trace_lines > finding.line; --i) {
    if (trim(lines[i - 1]).starts_with("Traceback")) break;
    if (!trim(lines[i - 1]).starts_with("File \"")) continue;
    if (const Layer layer = layer_of_file(lines[i - 1]); layer != Layer::unknown) return layer;
  }
  for (std::size_t i = finding.line + 1; i < std::min(lines.size(), finding.line + trace_lines); ++i) {
    if (!is_frame(lines[i])) continue;
    if (const Layer layer = layer_of_file(lines[i]); layer != Layer::unknown) return layer;
    // A frame of a library: the code that asked is not the app's own.
    if (trim(lines[i]).contains(".rb:") && !lines[i].contains("activemodel") && !lines[i].contains("activerecord"))
      break;
  }
  return Layer::unknown;
}

bool is_said_by_template(std::string_view line) {
  return contains_any(ascii_lower(line),
                      {"template::error", "templatesyntax", "templateerror", "templateexception", "template error",
                       "error in template", "actionview", "thymeleaf", "freemarker", "twig", "jinja", "blade.php",
                       "handlebars", "mustache", "nunjucks", "cshtml", "velocity"});
}

bool near_template(const Finding& finding) {
  // What a log says of templates that were rendered before does not count.
  return in_trace(finding, 8, 2,
                  [](std::string_view line) { return layer_of_file(line) == Layer::view && !line.contains("Render"); });
}

namespace {

// Where the number of the line ends that a frame names behind its file: JavaScript's, Go's, Ruby's, PHP's, Elixir's,
// Rust's, .NET's. None where it names none.
std::optional<std::size_t> end_of_place(std::string_view frame) {
  static constexpr std::array<std::string_view, 11> endings = {".js", ".mjs", ".cjs", ".ts", ".tsx", ".go",
                                                               ".rb", ".php", ".ex",  ".rs", ".cs"};
  for (const std::string_view ending : endings)
    for (std::size_t at = frame.find(ending); at != std::string_view::npos; at = frame.find(ending, at + 1)) {
      const std::string_view before_file = frame.substr(0, at);
      const std::string_view file = before_file.substr(before_file.find_last_of(" (") + 1); // npos + 1 is 0
      std::size_t number = at + ending.size();
      for (const std::string_view before : {":line ", ":", "("})
        if (frame.substr(number).starts_with(before)) {
          number += before.size();
          break;
        }
      if (number == at + ending.size() || number >= frame.size() || !is_digit(frame[number])) continue;
      if (!file.contains('/')) continue;
      return std::min(frame.find_first_not_of("0123456789:)", number), frame.size());
    }
  return std::nullopt;
}

bool is_of_library(std::string_view frame) {
  return contains_any(frame, {"site-packages", "dist-packages", "node_modules", "/gems/", "/vendor/", "node:",
                              "/usr/lib/", "/usr/local/lib/", "/usr/share/", "/lib/python", "/lib/ruby/", "/.pyenv/",
                              "/pkg/mod/", "/usr/local/go/", "<frozen", "/deps/", "/.cargo/", "/rustc/", "/_/"});
}

// The place that a frame of the app's own code names, and its function, without what the function was called with: that
// may be a password. Empty for every other line.
std::string place_of_app(std::string_view line) {
  const std::string_view frame = trim(line);
  if (is_of_library(frame)) return {};
  if (frame.starts_with("File \"")) return std::string(frame);
  const auto end = end_of_place(frame);
  if (!end) return {};
  const std::string_view behind = frame.substr(*end);
  return std::string(frame.substr(0, *end)) + std::string(behind.substr(0, behind.find_first_of("({")));
}

// Whether a line behind an error is one of its trace.
bool goes_on(std::string_view line) {
  const std::string_view bare = trim(line);
  if (bare.empty() || line.front() == ' ' || line.front() == '\t') return true;
  if (bare.starts_with('#') || bare.starts_with("at ") || bare.starts_with("from ") || bare.starts_with("->"))
    return true;
  if (bare.contains(":in `") || bare.contains(":in '") || bare.starts_with("Did you mean?")) return true;
  return bare.starts_with("goroutine ") || bare == "Stack trace:" || bare == "[stacktrace]" ||
         (bare.ends_with(')') && !bare.contains(' '));
}

} // namespace

std::string frame_of_app(const Finding& finding) {
  const auto& lines = finding.text->lines;
  // Python's error stands behind its trace, the nearest frame last; that of all others before it.
  for (std::size_t back = 1; back <= std::min(trace_lines, finding.line); ++back) {
    const std::string_view line = lines[finding.line - back], bare = trim(line);
    if (bare.starts_with("Traceback")) return {};
    if (!line.starts_with(' ')) break;
    if (!bare.starts_with("File \"")) continue;
    if (std::string place = place_of_app(line); !place.empty()) return place;
  }
  for (std::size_t i = finding.line + 1; i < std::min(lines.size(), finding.line + trace_lines); ++i) {
    if (!goes_on(lines[i])) break;
    if (std::string place = place_of_app(lines[i]); !place.empty() && !place.starts_with("File \"")) return place;
  }
  return {};
}

namespace {

bool is_of_python_library(std::string_view line) { return contains_any(line, {"site-packages", "dist-packages"}); }

// A frame or a line of a template, or of what renders one.
bool is_of_template(std::string_view line) {
  return is_said_by_template(line) || layer_of_file(line) == Layer::view ||
         contains_any(ascii_lower(line),
                      {"/template", "\\template", "/view/", "\\view\\", "render(", "render_template("});
}

// `return redirect(url_for("studios"))`
bool redirects_to(std::string_view line, const std::string& name) {
  return line.contains("redirect") && contains_any(line, {"\"" + name + "\"", "'" + name + "'"});
}

} // namespace

record::Layer layer_that_asks_for_route(const Finding& finding) {
  const auto reads_setting = [](std::string_view line) {
    return is_of_python_library(line) && line.contains("redirect_url");
  };
  if (in_trace(finding, trace_lines, 0, reads_setting)) return Layer::config;
  if (in_trace(finding, trace_lines, trace_lines, is_of_template)) return Layer::unknown;
  const auto& lines = finding.text->lines;
  const auto is_here = [&](std::string_view line) {
    return line.data() != lines[finding.line].data() && redirects_to(line, finding.name);
  };
  if (in_trace(finding, trace_lines, trace_lines, is_here) || layer_of_trace(finding) == Layer::controller)
    return Layer::controller;
  return Layer::unknown;
}

} // namespace murphy::diagnose
