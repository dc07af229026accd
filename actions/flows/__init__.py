"""Guided help: one module a flow. How a flow is asked, left and resumed is in flow.py and form.py."""
