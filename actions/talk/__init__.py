"""The conversation around the answers: greeting, menus, profile, privacy, not understanding."""
