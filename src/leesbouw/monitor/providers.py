"""What monitor gives to the rooms below."""
