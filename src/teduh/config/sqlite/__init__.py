"""SQLite for many threads of several processes (the engine `teduh.config.sqlite`)."""
