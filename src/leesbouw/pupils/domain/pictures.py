"""The three pictures of a child: how they are drawn, kept and read back. Plain Python."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import secrets
from collections.abc import Collection, Sequence
from datetime import timedelta

HOW_MANY = 3
MISSES = 5  # wrong tries in a row; then the teacher is asked
OPEN_FOR = timedelta(minutes=60)  # a class
LET_IN_FOR = timedelta(minutes=5)  # after the teacher said so
IDLE = timedelta(minutes=3)  # then a child is out
CODE_LENGTH = 8  # nearly forty thousand million: behind it stand the first names of a group
AVATARS = 32  # eight animals on four colours


def draw_pictures(all_of_them: Sequence[str], taken: Collection[frozenset[str]]) -> tuple[str, ...]:
    """Three different pictures in an order; nobody in the group has the same three, while there are threes left."""
    threes = list(itertools.combinations(all_of_them, HOW_MANY))
    free = [three for three in threes if frozenset(three) not in taken]
    drawn = list(secrets.choice(free or threes))
    secrets.SystemRandom().shuffle(drawn)
    return tuple(drawn)


def free_avatar(taken: Collection[int]) -> int:
    """A tile that no other child of the group has, while there are any."""
    free = [number for number in range(AVATARS) if number not in taken]
    return secrets.choice(free or range(AVATARS))


def doubled(avatars: Sequence[int]) -> list[int]:
    """The places in a row of tiles that are the same as an earlier one, as far as there are tiles left to give them."""
    again = [at for at, one in enumerate(avatars) if one in avatars[:at]]
    return again[: AVATARS - len(set(avatars))]


def digest_of(key: bytes, ref: str, pictures: Sequence[str]) -> str:
    """What is kept of the pictures: the same three of another child give something else."""
    return hmac.new(key, f"{ref}:{'-'.join(pictures)}".encode(), hashlib.sha256).hexdigest()


def fits(key: bytes, ref: str, pictures: Sequence[str], digest: str) -> bool:
    """Whether these are the child's pictures, in their order."""
    return hmac.compare_digest(digest_of(key, ref, pictures), digest)


def read_back(key: bytes, ref: str, digest: str, all_of_them: Sequence[str]) -> tuple[str, ...] | None:
    """The pictures behind a digest, for a card on paper; None when it was made with another secret."""
    orders = itertools.permutations(all_of_them, HOW_MANY)
    return next((three for three in orders if fits(key, ref, three, digest)), None)


def chosen_after(before: Sequence[str], pressed: str) -> list[str]:
    """The pictures that are chosen after one more press; a second press on one takes it away."""
    if pressed in before:
        return [one for one in before if one != pressed]
    return [*before, pressed][:HOW_MANY]


def chosen_from(presses: Sequence[str], known: Collection[str]) -> list[str]:
    """The pictures that a form sent, in their order; what is no picture does not count."""
    chosen: list[str] = []
    for one in presses[: HOW_MANY + 1]:
        if one in known:
            chosen = chosen_after(chosen, one)
    return chosen
