"""What is done with RMAs: issued, then received and inspected."""
