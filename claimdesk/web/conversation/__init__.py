"""The conversation about a warranty claim as pages of both doors show it: comments, mails, states.

A page puts `conversation_about(claim, actor=…)` into its context as `conversation` and includes
`web/conversation/_comments.html`, `_emails.html` and `_states.html`.
"""
