"""Suggestions against popularity: how often the book that a child borrowed next stands among the ten that were shown.

The children are simulated (there are no loans of real ones to measure with): each likes a few themes and writers, finds
half of its books by that and half by what is liked at the school. What the figures tell is whether the reckoning finds
tastes that are there, not how strong they are at a real school.
"""

from __future__ import annotations

import random
import statistics
import time

from leesbouw.shelf.domain.suggesting import Facts, ideas

from . import measure

CHILDREN, TITLES, SHOWN, ROUNDS = 240, 900, 10, 3
THEMES = [f"theme {n}" for n in range(24)]
AUTHORS = [f"author {n}" for n in range(140)]


def school(dice: random.Random) -> tuple[dict[int, Facts], dict[int, float], list[list[int]]]:
    """Titles with how much they are liked, and of each child what it borrowed, the last one at the end."""
    facts = {
        pk: Facts(
            kind=dice.choice(("story", "story", "comic", "information")),
            age_band=dice.choice(("A", "B")),
            series=f"series {pk // 4}" if dice.random() < 0.3 else "",
            authors=(dice.choice(AUTHORS),),
            themes=tuple(dice.sample(THEMES, dice.choice((1, 1, 2)))),
        )
        for pk in range(TITLES)
    }
    liked = {pk: dice.paretovariate(1.2) for pk in facts}
    children = []
    for _child in range(CHILDREN):
        themes, band = set(dice.sample(THEMES, 3)), dice.choice(("A", "B"))
        fits = [pk for pk, one in facts.items() if themes & set(one.themes) and one.age_band == band]
        every = [pk for pk, one in facts.items() if one.age_band == band]
        read: list[int] = []
        while len(read) < dice.choice((4, 5, 6, 7)):
            crowd = fits if dice.random() < 0.5 else every
            pk = dice.choices(crowd, [liked[one] for one in crowd])[0]
            if pk not in read:
                read.append(pk)
        children.append(read)
    return facts, liked, children


def run() -> tuple[float, float, float]:
    """Hit rate of suggestions and of popularity, and the milliseconds of one child (median)."""
    hits, popular, times = 0, 0, []
    for number in range(ROUNDS):
        facts, _liked, children = school(random.Random(number))
        lent: dict[int, int] = {}
        for read in children:
            for pk in read[:-1]:
                lent[pk] = lent.get(pk, 0) + 1
        best = sorted(lent, key=lambda pk: (-lent[pk], pk))
        for at, read in enumerate(children):
            mine, wanted = set(read[:-1]), read[-1]
            others = [set(one[:-1]) for other, one in enumerate(children) if other != at]
            begin = time.perf_counter()
            found = ideas(mine=mine, others=others, facts=facts, lent=lent, free=set(facts), most=SHOWN)
            times.append((time.perf_counter() - begin) * 1000)
            hits += wanted in {one.title for one in found}
            popular += wanted in [pk for pk in best if pk not in mine][:SHOWN]
    total = ROUNDS * CHILDREN
    return hits / total, popular / total, statistics.median(times)


def main() -> None:
    measure.start()
    rate, popularity, ms = run()
    on = f"{CHILDREN} simulated children, {TITLES} titles, {SHOWN} shown"
    measure.say("the next book stands among the suggestions", rate * 100, "%", on)
    measure.say("the next book stands among what is lent most", popularity * 100, "%", on)
    measure.say("suggestions for one child", ms, "ms p50", on)


if __name__ == "__main__":
    main()
