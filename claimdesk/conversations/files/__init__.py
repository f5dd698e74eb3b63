"""What strangers send as files: told by its content, cleaned, kept where no address leads, shown to who may see.

Pure functions and the storage; rows are written by `conversations/actions/files.py` alone.
"""
