"""What pupils give to the rooms below."""

from __future__ import annotations
