"""German text → candidate statements, each grounded in an exact passage; none is accepted here."""
