"""The ground of the pupils' tests."""

from tests.pupils.conftest import agreed  # noqa: F401
