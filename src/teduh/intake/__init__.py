"""A call for help arrives: the report, its coded facts, its triage."""
