"""Two who write about one bouwsteen at once. Run by `make machine`."""

from __future__ import annotations

import pytest

from leesbouw.core.access import SYSTEM
from leesbouw.core.db import retrying
from leesbouw.core.errors import Stale
from leesbouw.core.time import SchoolYear
from leesbouw.plans.actions import Assessment, assess_block
from leesbouw.plans.enums import BlockStatus
from leesbouw.plans.models import BlockYear
from tests.core.test_threads import at_once
from tests.factories.cast import make_cast

pytestmark = [pytest.mark.threads, pytest.mark.usefixtures("committed_db")]


def test_of_ten_who_write_first_one_is_kept_and_the_others_are_told() -> None:
    school = make_cast().units["a1"]

    def write(_number: int) -> None:
        stand = Assessment(BlockStatus.PREPARING, version=0)
        retrying(
            lambda: assess_block(
                unit=school, code="collection", year=SchoolYear.running(), assessment=stand, by=SYSTEM
            )
        )

    wrong = at_once(10, write)

    assert [type(error) for error in wrong] == [Stale] * 9
    assert BlockYear.objects.get().version == 1
