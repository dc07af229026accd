"""Named failures of a catalog. Each check compares one translation with its English source."""

from translations.checks.run import check_catalogs

__all__ = ["check_catalogs"]
