"""How the rooms are joined: settings, addresses, the clock, the server and the commands."""
