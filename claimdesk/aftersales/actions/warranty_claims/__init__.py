"""What is done with warranty claims, one file for each part of their life."""
