"""A message to the office's number for WhatsApp or SMS, as its gateway brings it in."""
