"""SQLite for many threads of one process (the engine `teduh.config.sqlite`)."""
