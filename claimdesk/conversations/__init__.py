"""Threads and messages about any subject, files, and the mail that goes out.

Subjects are known by key only ("account_claim/42"); what a subject is, only rooms above know.
"""
