"""Which kind of device a browser says it runs on. Plain Python."""

from __future__ import annotations

# A word of the browser → a code of DeviceKind; the first that fits holds. A tablet of Apple often says that it is a Mac.
WORDS = (
    ("ipad", "tablet"),
    ("iphone", "phone"),
    ("cros", "chromebook"),
    ("android", "tablet"),
)


def device_kind(browser: str) -> str:
    """The code of the kind, from the header `User-Agent`; a computer where nothing else fits."""
    said = browser.casefold()
    if "android" in said and "mobile" in said:
        return "phone"
    return next((code for word, code in WORDS if word in said), "computer")
