"""The web application: a page where a scheduling team works. Needs ``pip install "safeschedule[web]"``."""
