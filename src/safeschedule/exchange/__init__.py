"""In and out: record-system exports, spreadsheets, calendars."""
