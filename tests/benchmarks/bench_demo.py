"""The demo of both sizes, from an empty database to a whole one."""

from __future__ import annotations

from . import measure


def main() -> None:
    measure.start()
    from leesbouw.cli import demo

    for size in ("small", "full"):
        counts: dict[str, int] = {}
        took = measure.seconds(
            lambda size=size, counts=counts: counts.update(demo.fill(size, anew=size == "full"))
        )
        measure.say(f"demo {size}", took, "s", f"{counts['locations']} locations", **counts)


if __name__ == "__main__":
    main()
