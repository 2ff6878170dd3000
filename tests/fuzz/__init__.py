"""Guided fuzzing: whatever bytes come, a document is read or refused, in time; nothing else is ever raised."""
