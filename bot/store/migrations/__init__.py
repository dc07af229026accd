"""How a database comes to have the present tables, step by step (Alembic)."""
