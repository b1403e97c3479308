"""What tests stand on: a browser, a PostgreSQL and a running office, found or unpacked here."""
