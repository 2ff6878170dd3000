"""What all rooms speak of: documents, forms, tables, claims, findings, reports, audits, and what they are called."""
