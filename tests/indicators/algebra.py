"""What can be computed from published sums: exact linear algebra over whole numbers."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

PRIME = 2**61 - 1  # a sum that follows over the fractions follows here too, unless this divides a coefficient
Vector = Mapping[Hashable, int]


def indicator(columns: Iterable[Hashable]) -> dict[Hashable, int]:
    """The sum of these columns."""
    return dict.fromkeys(columns, 1)


class Known:
    """The vectors whose values somebody knows, and everything that follows from them by adding and subtracting."""

    def __init__(self, vectors: Iterable[Vector] = ()) -> None:
        self._rows: dict[Hashable, dict[Hashable, int]] = {}
        self.learn(vectors)

    def learn(self, vectors: Iterable[Vector]) -> None:
        for vector in vectors:
            left = self._reduced(vector)
            if left:
                pivot, value = next(iter(left.items()))
                inverse = pow(value, -1, PRIME)
                self._rows[pivot] = {column: number * inverse % PRIME for column, number in left.items()}

    def gives(self, vector: Vector) -> bool:
        """Whether the value of this vector can be computed."""
        return not self._reduced(vector)

    def _reduced(self, vector: Vector) -> dict[Hashable, int]:
        left = {column: number % PRIME for column, number in vector.items() if number % PRIME}
        for pivot, row in self._rows.items():
            times = left.get(pivot)
            if times:
                for column, number in row.items():
                    value = (left.get(column, 0) - times * number) % PRIME
                    if value:
                        left[column] = value
                    else:
                        left.pop(column, None)
        return left
