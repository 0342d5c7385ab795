"""60,000 pupils in one file: read at the door and cleaned row by row, as EDEXML, UWLR, CSV and Excel.

Each in a process of its own, so that the memory told is that of this file alone; budget 500 MB, and with the rest of
an import's preview 15 s.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from tests.factories import pupil_files as files

from . import measure

PUPILS = 60_000
PER_GROUP = 25
MAKERS: dict[str, Callable[..., bytes]] = {
    "EDEXML 2.1": files.edexml,
    "UWLR 2.2": files.uwlr,
    "CSV": files.parnassys_csv,
    "Excel": files.magister_xlsx,
}


def children() -> list[files.Child]:
    return [
        files.Child(
            key=f"{number:06d}",
            first_name=f"Kind{number % 977}",
            infix="van den" if number % 5 == 0 else "",
            last_name=f"Achternaam{number % 7919}",
            group=f"Groep {number // PER_GROUP}",
            year_group=str(1 + number % 8),
            eck_id=f"https://ketenid.example/{number:064d}",
            birth_date="2016-03-01",
        )
        for number in range(PUPILS)
    ]


def megabytes() -> float:
    """The most that this process held at once (Linux; getrusage would tell its parent's)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def read(content: bytes, answer: Connection) -> None:
    from leesbouw.exchange.domain.columns import propose, raw_values
    from leesbouw.exchange.domain.pupils import COLUMNS, clean_pupil, read_pupils

    before, began = megabytes(), time.perf_counter()
    table = read_pupils(content, birth_years=True)
    reading = time.perf_counter() - began
    mapping = propose(table.headers, COLUMNS)
    rows = zip(table.numbers, table.rows, strict=True)
    good = sum(
        not clean_pupil(number, raw_values(row, mapping), {"birth_years": True}).errors
        for number, row in rows
    )
    cleaning = time.perf_counter() - began - reading
    assert good == PUPILS, good
    answer.send((reading, cleaning, megabytes(), before))


def main() -> None:
    measure.start()
    processes = multiprocessing.get_context("spawn")
    for name, make in MAKERS.items():
        content = make(children(), secrets=True)
        here, there = processes.Pipe()
        process = processes.Process(target=read, args=(content, there))
        process.start()
        reading, cleaning, most, before = here.recv()
        process.join()
        measure.say(
            f"60,000 pupils read and cleaned, {name}",
            reading + cleaning,
            "s",
            f"a made file of {len(content) / 1e6:.0f} MB",
            read=round(reading, 2),
            cleaned=round(cleaning, 2),
            memory_mb=round(most),
            memory_before_mb=round(before),
        )


if __name__ == "__main__":
    main()
