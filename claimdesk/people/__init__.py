"""Who can sign in: users, staff, roles, permissions, sessions.

Rooms above may read people and act on them through actions; nobody else writes users.
"""
