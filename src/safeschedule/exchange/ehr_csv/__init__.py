"""A behavioural-health record system's CSV export becomes a problem and the week as booked."""

from safeschedule.exchange.ehr_csv.importing import import_ehr_csv
from safeschedule.exchange.ehr_csv.mapping import Mapping

__all__ = ["Mapping", "import_ehr_csv"]
