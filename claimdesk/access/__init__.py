"""Who may act for which customer: memberships, registration, verification, account claims, invitations.

The doors come in; access stands on customers and people.
"""
