"""Word 97–2003 files ([MS-DOC]): bytes → streams → paragraphs and tables → blocks of a Document."""
