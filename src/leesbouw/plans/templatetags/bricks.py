"""The two drawings of a bouwsteen: the brick says how far it is, the stair what was agreed. Words always stand beside."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from ..enums import AgreedLevel, BlockStatus

register = template.Library()

BRICKS = {
    BlockStatus.NOT_STARTED: '<rect class="st" x="1" y="1" width="31" height="20" rx="1" stroke-dasharray="4 3"/>',
    BlockStatus.PREPARING: '<rect class="st" x="1" y="1" width="31" height="20" rx="1"/><rect class="on" x="1" y="1" '
    'width="10" height="20"/>',
    BlockStatus.RUNNING: '<rect class="st" x="1" y="1" width="31" height="20" rx="1"/><rect class="on" x="1" y="1" '
    'width="21" height="20"/>',
    BlockStatus.ANCHORED: '<rect class="on" x="1" y="1" width="31" height="20" rx="1"/><path class="tick" '
    'd="m11 11 4 4 8-8"/>',
}
STEPS = ("M1 13h7v6H1z", "M10 7h7v12h-7z", "M19 1h7v18h-7z")


def brick_svg(status: int) -> SafeString:
    """How far it is, as a brick that fills up."""
    inside = BRICKS[BlockStatus(status)]
    return mark_safe(f'<svg class="brick" viewBox="0 0 33 22" aria-hidden="true">{inside}</svg>')  # noqa: S308


@register.simple_tag
def brick(status: int) -> SafeString:
    """`{% brick status %}`."""
    return brick_svg(status)


@register.simple_tag
def stair(level: int) -> SafeString:
    """`{% stair level %}`: one, two or three steps; something of one's own has broken lines."""
    own = level == AgreedLevel.OWN
    filled = 0 if own else level
    dashes = ' stroke-dasharray="2 2"' if own else ""
    paths = "".join(
        f'<path class="{"on" if at < filled else "st"}"{dashes} d="{step}"/>' for at, step in enumerate(STEPS)
    )
    return mark_safe(f'<svg class="stair" viewBox="0 0 27 20" aria-hidden="true">{paths}</svg>')  # noqa: S308
