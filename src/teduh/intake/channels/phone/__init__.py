"""The hotline: calls as they come, most of them short, and the report somebody tells."""
