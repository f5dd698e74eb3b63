"""The only writers of this room: one plain function per verb."""
