"""The settings: the seller's own, system e-mails, sent mail, the audit log."""
