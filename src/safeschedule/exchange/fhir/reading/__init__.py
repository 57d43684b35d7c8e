"""FHIR as a problem and a schedule: opened, checked by R4's models, read, and checked as a problem."""
