"""What happens when goods go wrong: reclamations on orders, their causes; they hold, settle and free quantities.

The doors come in; aftersales stands on orders and knows no page.
"""
