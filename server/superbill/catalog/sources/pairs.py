"""x"""

KINDS = ()
