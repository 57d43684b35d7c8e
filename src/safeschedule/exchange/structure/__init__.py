"""What a problem is made of, for formats that lay it out in tables: its fields, its lists, its faults."""
