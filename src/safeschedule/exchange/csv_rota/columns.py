"""The columns of the file, in their order."""

COLUMNS = (
    "date",
    "weekday",
    "start",
    "end",
    "minutes",
    "clinician",
    "what",
    "kind",
    "client",
    "supervisor",
    "site",
    "room",
    "mode",
    "request",
    "sessions",
    "rules",
    "reason",
)
"""`kind` is an appointment's session type and a block's kind; the last three belong to what was left out."""

APPOINTMENT, BLOCK, LEFT_OUT = "appointment", "block", "left out"
