"""For people: one self-contained page, short text, load by clinician."""
