"""How we say it: the catalogs of every language, and the localizer that speaks from them."""
