"""What indicators gives to the rooms below."""
