"""The businesses that buy: customers, contacts on file, addresses, groups, duplicates and merge.

Who may see which customer is asked in queries; access and the doors come in.
"""
