"""Office files that are a zip of XML parts (docx, odt): bytes → trees within bounds → blocks of a Document."""
