"""The built-in words of every system e-mail, one file per noun."""
