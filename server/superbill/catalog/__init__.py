"""What is known of codes, modifiers, places of service and edits; every fact with its source and dates.

Knows nothing of documents, charges, rules or protocols.
"""
