"""How the gazetteer was made: GeoNames tables, as two packages carry them, made into one compact file."""
