"""National tables: what CMS publishes, imported as published, several editions side by side.

`pieces` opens the files a user names, `kinds` says which tables there are, `install` puts one on disk whole or not at
all, `manifest` says what is installed, `tables` answers look-ups. The readers of each table lie in `catalog/sources/`.
"""
