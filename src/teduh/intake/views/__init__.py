"""Pages of a report: `public` for whoever asks for help, `desk` for the officers."""
