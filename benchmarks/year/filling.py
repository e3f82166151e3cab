"""A year of cases: the example, once for each, under other numbers, with every index in place.

Bytes are those of the example, which are sealed and do not compress; keys are spread as those of real cases. Statements
about members are signed for the organisations of the example, so of them only number and size are right.
"""

from collections.abc import Iterator
from threading import Thread

import psycopg

from benchmarks.year.example import Example
from benchmarks.year.nation import Nation

_AT_A_TIME = 500
_PREPARED = """
create table year_institutions (kind text, number int, organisation text, laptops text[]);
create table year_cases (
    number int primary key, dossier text, a text, a_device text, b text, b_device text, a_place int, b_place int
);
"""
_CASES = """
insert into year_cases
select n, md5('case ' || n), a.organisation, a.laptops[1 + n / {receptions} % {laptops}],
    b.organisation, b.laptops[1 + n / {municipalities} % {laptops}], n / {receptions}, n / {municipalities}
from generate_series(0, {cases} - 1) n
join year_institutions a on a.kind = 'a' and a.number = n % {receptions}
join year_institutions b on b.kind = 'b' and b.number = n % {municipalities}
"""
_EXAMPLE_OF = "create table year_{table} as select * from {table} where {column} = '{dossier}'"
_NUMBERED = """
alter table year_feed add column k int, add column of_all int;
update year_feed set k = n, of_all = m from (
    select organisation o, position p, row_number() over (partition by organisation order by position) n,
        count(*) over (partition by organisation) m from year_feed
) numbered where organisation = o and position = p
"""
_TABLES = {
    "dossiers": ("dossier", ()),
    "members": ("dossier", ("organisation",)),
    "streams": ("dossier", ("organisation",)),
    "rows": ("dossier", ("organisation",)),
    "segments": ("dossier", ("organisation",)),
    "wrap_sets": ("dossier", ("organisation",)),
    "statements": ("dossier", ("organisation", "recipient")),
    "feed": ("subject", ("organisation", "author")),
}
"""Which column names the dossier, and which name organisations."""

_TOGETHER = (("rows", "dossiers", "members", "wrap_sets"), ("segments", "feed", "streams", "statements"))


def fill(url: str, nation: Nation, example: Example, cases: int) -> None:
    """Copy the example `cases` times, and bring the statistics and the map of what is visible up to date."""
    with psycopg.connect(url, autocommit=True) as connection:
        _prepare(connection, nation, example, cases)
    threads = [Thread(target=_copy, args=(url, tables, example, cases)) for tables in _TOGETHER]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "update organisations o set feed_position = last from "
            "(select organisation, max(position) last from feed group by 1) f where f.organisation = o.organisation"
        )
        for name in ("year_institutions", "year_cases", *(f"year_{table}" for table in _TABLES)):
            connection.execute(f"drop table {name}".encode("ascii"))
        connection.execute("vacuum (analyze)")


def _prepare(connection: "psycopg.Connection[object]", nation: Nation, example: Example, cases: int) -> None:
    for statement in _PREPARED.split(";"):
        connection.execute(statement.encode("ascii"))
    with connection.cursor() as cursor:
        for kind, institutions in (("a", nation.receptions), ("b", nation.municipalities)):
            values = [
                (kind, number, institution.organisation, [each.id for each in institution.laptops])
                for number, institution in enumerate(institutions)
            ]
            cursor.executemany("insert into year_institutions values (%s, %s, %s, %s)", values)
    sizes = {"receptions": len(nation.receptions), "municipalities": len(nation.municipalities)}
    laptops = len(nation.receptions[0].laptops)
    connection.execute(_CASES.format(cases=cases, laptops=laptops, **sizes).encode("ascii"))
    for table, (column, _) in _TABLES.items():
        statement = _EXAMPLE_OF.format(table=table, column=column, dossier=example.dossier)
        connection.execute(statement.encode("ascii"))
    for statement in _NUMBERED.split(";"):
        connection.execute(statement.encode("ascii"))


def _copy(url: str, tables: tuple[str, ...], example: Example, cases: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("set synchronous_commit = off")
        for first in range(0, cases, _AT_A_TIME):
            for table in tables:
                connection.execute(_copied(connection, table, example, first).encode("ascii"))


def _copied(connection: "psycopg.Connection[object]", table: str, example: Example, first: int) -> str:
    query = "select column_name from information_schema.columns where table_name = %s order by ordinal_position"
    columns = [str(row[0]) for row in connection.execute(query, (table,))]  # type: ignore[index]
    values = ", ".join(_values(table, columns, example))
    return (
        f"insert into {table} ({', '.join(columns)}) select {values} from year_cases c, year_{table} t"  # noqa: S608
        f" where c.number >= {first} and c.number < {first + _AT_A_TIME}"
    )


def _values(table: str, columns: list[str], example: Example) -> Iterator[str]:
    dossier, organisations = _TABLES[table]
    reception = f"select device from year_streams where organisation = '{example.reception}'"  # noqa: S608  # our own
    for column in columns:
        if column == dossier:
            yield "c.dossier"
        elif column in organisations:
            yield f"case when t.{column} = '{example.reception}' then c.a else c.b end"
        elif column == "device":
            yield f"case when t.device in ({reception}) then c.a_device else c.b_device end"
        elif column == "position":
            place = f"case when t.organisation = '{example.reception}' then c.a_place else c.b_place end"
            yield f"({place}) * t.of_all + t.k"
        else:
            yield f"t.{column}"
