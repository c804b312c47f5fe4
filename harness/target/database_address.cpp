#include "target/database_address.h"

#include "base/make_error.h"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

namespace murphy::target {
namespace {

using Engine = DatabaseAddress::Engine;

// What MariaDB and MySQL take for a socket of this machine.
constexpr std::string_view mysql_socket = "localhost";

// A look that takes longer to connect than this, in seconds, is given up.
constexpr std::string_view patience = "5";

std::unexpected<Error> refused(std::string what, std::string hint) {
  return std::unexpected(usage_error(std::move(what), std::move(hint)));
}

struct Limit {
  std::string_view name, value;
};
// A server that is gone without a word is noticed within seconds, not within hours. The last is in milliseconds.
constexpr std::array postgresql_limits{
    Limit{.name = "connect_timeout", .value = patience}, Limit{.name = "keepalives_idle", .value = "10"},
    Limit{.name = "keepalives_interval", .value = "5"}, Limit{.name = "keepalives_count", .value = "3"},
    Limit{.name = "tcp_user_timeout", .value = "15000"}};

// libpq reads the address itself; what it says of waiting wins over ours.
std::string with_limits(std::string address) {
  for (const auto& [name, value] : postgresql_limits) {
    const std::string set = std::string(name) + "=";
    if (address.contains("?" + set) || address.contains("&" + set)) continue;
    address += (address.contains('?') ? "&" : "?") + set + std::string(value);
  }
  return address;
}

std::optional<Engine> engine_of(std::string_view scheme) {
  scheme = scheme.substr(0, scheme.find('+')); // postgresql+psycopg2
  if (scheme == "postgresql" || scheme == "postgres") return Engine::postgresql;
  if (scheme == "mysql" || scheme == "mariadb" || scheme == "mysql2") return Engine::mysql;
  return std::nullopt;
}

std::shared_ptr<const Secret> secret(std::string text, const char* label) {
  return std::make_shared<const Secret>(std::move(text), label);
}

// The address without what may be a password, also where it is written in a way that no standard allows.
std::string without_password(std::string_view address) {
  const std::size_t user = address.find("://") + 3;
  const std::size_t at = address.rfind('@');
  std::string shown(address.substr(0, std::min(address.find('?'), address.size())));
  if (at == std::string_view::npos || at < user) return shown;
  const std::size_t colon = address.find(':', user);
  shown = std::string(address.substr(0, std::min(colon, at)));
  if (colon < at) shown += ":…";
  const std::string_view rest = address.substr(at);
  return shown += rest.substr(0, rest.find('?'));
}

// SOCI reads name='value', a backslash before what would end it.
std::string parameter(std::string_view name, std::string_view value) {
  std::string text = " " + std::string(name) + "='";
  for (const char c : value) {
    if (c == '\'' || c == '\\') text += '\\';
    text += c;
  }
  return text += "'";
}

Result<DatabaseAddress> sqlite(std::string_view file, const std::string& directory) {
  if (file.starts_with("//"))
    return refused("a SQLite address names a file", "write sqlite:FILE, without slashes before the path");
  if (file.empty() || file.contains('"'))
    return refused("the SQLite address names no file", "write sqlite:storage/app.db");
  DatabaseAddress read = address_of_file((std::filesystem::path(directory) / file).lexically_normal().string());
  read.shown = "sqlite:" + std::string(file);
  return read;
}

Result<DatabaseAddress> server(Engine engine, std::string_view address, const std::string& directory) {
  const std::string shown = without_password(address);
  const std::string_view scheme = engine == Engine::postgresql ? "postgresql" : "mysql";
  const std::string plain = std::string(scheme) + std::string(address.substr(address.find("://")));
  const auto url = boost::urls::parse_uri(plain);
  if (!url)
    return refused(
        "the database address " + shown + " cannot be read",
        "write " + std::string(scheme) +
            "://user:password@host:port/name; write other characters than letters and digits in a password like %40");
  DatabaseAddress read;
  read.engine = engine;
  read.shown = shown;
  read.host = std::string(url->host());
  read.port = url->port_number() != 0 ? url->port_number() : engine == Engine::postgresql ? 5432 : 3306;
  if (url->has_password()) read.password = secret(std::string(url->password()), "database.password");
  if (engine == Engine::postgresql) {
    read.connection = secret(with_limits(plain), "database");
    return read;
  }
  const std::string name(url->path().substr(std::min<std::size_t>(1, url->path().size())));
  if (name.empty())
    return refused("the database address " + shown + " names no database", "add its name after a slash");
  std::string connection = parameter("db", name);
  if (!url->host().empty()) connection += parameter("host", url->host());
  if (read.host == mysql_socket) read.host.clear();
  if (url->has_port()) connection += parameter("port", std::string(url->port()));
  if (!url->user().empty()) connection += parameter("user", url->user());
  if (url->has_password()) connection += parameter("password", url->password());
  for (const auto& each : url->params())
    if (each.key == "unix_socket" || each.key == "socket")
      connection +=
          parameter("unix_socket", (std::filesystem::path(directory) / each.value).lexically_normal().string());
  for (const char* limit : {"connect_timeout", "read_timeout", "write_timeout"})
    connection += parameter(limit, patience);
  read.connection = secret(std::move(connection), "database");
  return read;
}

} // namespace

DatabaseAddress address_of_file(const std::string& file) {
  DatabaseAddress read;
  read.engine = Engine::sqlite;
  read.connection = secret("dbname=\"" + file + "\" readonly=1 timeout=" + std::string(patience), "database");
  read.shown = "sqlite:" + file;
  read.file = file;
  return read;
}

Result<DatabaseAddress> read_database_address(const Value& address, const std::string& directory) {
  const ClearText clear = reveal(address);
  const std::string_view text = clear.view();
  if (text.starts_with("sqlite:")) return sqlite(text.substr(std::string_view("sqlite:").size()), directory);
  if (text.starts_with("sqlite3:")) return sqlite(text.substr(std::string_view("sqlite3:").size()), directory);
  const std::size_t scheme = text.find("://");
  const auto engine = scheme == std::string_view::npos ? std::nullopt : engine_of(text.substr(0, scheme));
  if (!engine)
    return refused("the database address has an unknown scheme",
                   "write sqlite:FILE, postgresql://user:password@host/name or mysql://user:password@host/name");
  return server(*engine, text, directory);
}

} // namespace murphy::target
