"""The pages of docs/ that are written from schemas/ and the program itself."""
