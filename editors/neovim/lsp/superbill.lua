-- Neovim 0.11 and later: vim.lsp.enable("superbill") reads this file. To change something, before that:
--   vim.lsp.config("superbill", { settings = { superbill = { payer = "medicare-b" } } })
return require("superbill").config()
