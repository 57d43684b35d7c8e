"""A behavioural-health record system's CSV export becomes a problem with its bookings, or what happened."""

from safeschedule.exchange.ehr_csv.happened import import_ehr_actuals
from safeschedule.exchange.ehr_csv.importing import import_ehr_csv
from safeschedule.exchange.ehr_csv.mapping import Mapping

__all__ = ["Mapping", "import_ehr_actuals", "import_ehr_csv"]
