#include "target/catalogue.h"

namespace murphy::target {

// https://www.sqlite.org/pragma.html: pragmas as table-valued functions. It is opened read only.
const Catalogue sqlite_catalogue{.engine = "sqlite",
                                 .backend = "sqlite3",
                                 .opened = "",
                                 .begin = "",
                                 .end = "",
                                 .limit = "",
                                 .hint = "",
                                 .columns = R"(
select t.name, c.name, lower(c.type), '', case when c."notnull" or c.pk then '0' else '1' end,
       case when c.dflt_value is not null or (c.pk = 1 and lower(c.type) = 'integer') then '1' else '0' end
from sqlite_master t join pragma_table_info(t.name) c
where t.type in ('table', 'view') and t.name not like 'sqlite\_%' escape '\'
order by t.name, c.cid)",
                                 .unique_keys = R"(
select t.name, 'primary key' as key, c.name as column_name, c.pk as place
from sqlite_master t join pragma_table_info(t.name) c
where t.type = 'table' and t.name not like 'sqlite\_%' escape '\' and c.pk > 0
union all
select t.name, i.name, c.name, c.seqno
from sqlite_master t join pragma_index_list(t.name) i join pragma_index_info(i.name) c
where t.type = 'table' and t.name not like 'sqlite\_%' escape '\' and i."unique" and i.origin <> 'pk' and not i.partial
order by 1, 2, 4)"};

// https://www.postgresql.org/docs/15/catalogs.html: unlike information_schema, everyone may read them. SOCI has set how
// numbers are written: what a pool hands on is to be as it was.
const Catalogue postgresql_catalogue{
    .engine = "postgresql",
    .backend = "postgresql",
    .opened = "reset extra_float_digits",
    .begin = "begin read only; set local statement_timeout = '5s'; set local lock_timeout = '1s'",
    .end = "rollback",
    .limit = "",
    .hint = "",
    .columns = R"(
select case when pg_table_is_visible(t.oid) then '' else n.nspname || '.' end || t.relname collate "C",
       a.attname::text, lower(format_type(a.atttypid, null)),
       case when a.atttypid in (1042, 1043) and a.atttypmod > 4 then (a.atttypmod - 4)::text else '' end,
       case when a.attnotnull then '0' else '1' end,
       case when a.atthasdef or a.attidentity <> '' then '1' else '0' end
from pg_class t join pg_namespace n on n.oid = t.relnamespace join pg_attribute a on a.attrelid = t.oid
where t.relkind in ('r', 'v', 'm', 'f', 'p') and a.attnum > 0 and not a.attisdropped
  and n.nspname <> 'information_schema' and left(n.nspname, 3) <> 'pg_'
order by 1, a.attnum)",
    .unique_keys = R"(
select case when pg_table_is_visible(t.oid) then '' else n.nspname || '.' end || t.relname collate "C",
       i.indexrelid::regclass::text, a.attname::text
from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
  cross join unnest(i.indkey::int2[]) with ordinality as k(number, place)
  join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number
where i.indisunique and i.indpred is null and i.indexprs is null and k.place <= i.indnkeyatts
  and t.relkind in ('r', 'p', 'm') and n.nspname <> 'information_schema' and left(n.nspname, 3) <> 'pg_'
order by 1, 2, k.place)"};

// https://mariadb.com/kb/en/information-schema-tables/; an account sees what it may use. MariaDB runs what stands in
// the first comment and skips the second; MySQL does the opposite.
const Catalogue mysql_catalogue{.engine = "mysql",
                                .backend = "mysql",
                                .opened = "",
                                .begin = "start transaction read only",
                                .end = "rollback",
                                .limit = "/*M!100100 set statement max_statement_time = 5 for */ ",
                                .hint = " /*+ max_execution_time(5000) */",
                                .columns = R"(
select cast(table_name as char), cast(column_name as char), lower(cast(column_type as char)),
       coalesce(cast(character_maximum_length as char), ''), if(is_nullable = 'YES', '1', '0'),
       if(column_default is not null and column_default <> 'NULL' or extra like '%auto_increment%', '1', '0')
from information_schema.columns where table_schema = database()
order by binary table_name, ordinal_position)",
                                .unique_keys = R"(
select cast(table_name as char), cast(index_name as char), cast(column_name as char)
from information_schema.statistics
where table_schema = database() and non_unique = 0 and column_name is not null
order by binary table_name, index_name, seq_in_index)"};

} // namespace murphy::target
