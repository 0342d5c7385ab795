"""Tools of the house: set up, catalogues and the rules that a machine checks."""
