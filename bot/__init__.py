"""The gateway: people in, people out. Telegram, terminal, dialogue port, settings, command line."""
