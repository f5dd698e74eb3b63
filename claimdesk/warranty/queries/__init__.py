"""Every read of this room starts here and takes an actor."""
