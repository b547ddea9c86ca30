"""Messages to accounts: what is due is worked out when it is sent, from the base alone."""
