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
    "attendant",
    "mode",
    "request",
    "group",
    "id",
    "revision",
    "sessions",
    "rules",
    "reason",
)
"""`kind` is an appointment's session type and a block's kind; the last three belong to what was left out.

`id` and `revision` are for calendars; who adds a row leaves them empty.
`site` is where an appointment is, and where a block of travel leads."""

MESSAGES = "messages"
"""What is answered in a coordination block: a column more where there are tasks, which is only written."""

APPOINTMENT, BLOCK, LEFT_OUT = "appointment", "block", "left out"
