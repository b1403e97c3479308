"""The office goes to people: many short intakes at one place, each a report of its own."""
