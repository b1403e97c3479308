"""Walking with a survivor: people, incidents, team, plan, reviews, closure."""
