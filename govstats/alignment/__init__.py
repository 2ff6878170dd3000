"""Document → Tables: which form each table follows, which rows are its own, and every figure in its cell or in none.

`detect` tells the form, `locate` the rows, `lines` their labels and columns; `align` puts the figures.
"""
