"""The seller's own settings: registration, defaults, branding, numbering, texts of system e-mails.

Every room above reads them; only the settings pages change them, through actions.
"""
