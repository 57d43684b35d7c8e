"""FHIR R4: problems and schedules as Bundles, and other systems' resources as problems."""

from safeschedule.exchange.fhir.reading.importing import FhirWeek, import_fhir, read_fhir_schedule
from safeschedule.exchange.fhir.week import fhir_schedule, fhir_slots
from safeschedule.exchange.fhir.writing import fhir_problem

__all__ = ["FhirWeek", "fhir_problem", "fhir_schedule", "fhir_slots", "import_fhir", "read_fhir_schedule"]
