"""Codes of the figures of lending; what they say stands in the content (`measure/`)."""

LOANS = "loans-per-pupil"
LAST_MONTH = "borrowed-last-month"
IN_MONTH = "borrows-in-month"
HOME = "loans-at-home"
TURNOVER = "collection-turnover"
BOOKS, AGE = "shelf-books-per-pupil", "shelf-age"  # counted by the collection
