"""Document → Tables: which form each table follows, which rows are its own, and every figure in its cell or in none.

`detect` tells the form, `locate` the rows, `lines` their labels and columns; `align` puts the figures.
`tables` does all of it, and by the plan of its shape where a document is the third of one.
"""
