"""Partners: countries, blocs, regions and trade agreements, and how a text speaks of each."""

from vanban.readers.partners.reader import read_partners

__all__ = ["read_partners"]
