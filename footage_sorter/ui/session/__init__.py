"""The library at work: model, filters, decisions as steps, threads. Knows Qt, and no widget."""
