"""What a file of a register says, as plain Python: reading bytes, recognising columns, cleaning values.

`reading` turns bytes into a table of texts, `columns` knows headers by their synonyms, `values` cleans one text at a
time, and `schools`, `childcare`, `sizes` and `boards` know one register each. `pupils` cuts files of pupils down to the
narrow set at the door; `facts` is what such a file says about itself.
"""
