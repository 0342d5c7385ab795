"""The rules of the Monitor in plain Python: lists, answers and what is measured with them."""
