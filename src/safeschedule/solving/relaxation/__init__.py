"""What bounds every schedule: linear programmes, their integer plans, and cuts from parts of them."""
