"""``python -m safeschedule`` is the command ``safeschedule``."""

from safeschedule.cli import main

if __name__ == "__main__":
    main()
