-- 1. Install the Superbill server, so that `superbill` is on the PATH. Neovim 0.8 or later.
-- 2. Copy this file to ~/.config/nvim/lua/superbill.lua
-- 3. In init.lua:  require("superbill").setup()     or, say,  setup({ payer = "medicare-b", cmd = { "/opt/bin/superbill", "serve" } })

local M = {}

local root_markers = { "superbill.yaml", ".git" }
local filetypes = { "csv", "tsv", "psv", "text", "markdown", "x12", "hl7", "json", "jsonl", "yaml" }

function M.setup(opts)
  opts = opts or {}
  -- older versions do not know all of these
  vim.filetype.add({
    extension = {
      csv = "csv", tsv = "tsv", psv = "psv", ["837"] = "x12", ["837p"] = "x12", ["837i"] = "x12", x12 = "x12", edi = "x12",
      hl7 = "hl7", dft = "hl7", ndjson = "jsonl", jsonl = "jsonl",
    },
  })

  local config = {
    cmd = opts.cmd or { "superbill", "serve" },
    filetypes = opts.filetypes or filetypes,
    settings = { superbill = { payer = opts.payer or "" } },
  }

  if vim.lsp.config and vim.lsp.enable then -- 0.11 and later
    config.root_markers = root_markers
    vim.lsp.config("superbill", config)
    vim.lsp.enable("superbill")
    return
  end

  config.name = "superbill"
  vim.api.nvim_create_autocmd("FileType", {
    group = vim.api.nvim_create_augroup("superbill", { clear = true }),
    pattern = config.filetypes,
    callback = function(event)
      local folder = vim.fs.dirname(vim.api.nvim_buf_get_name(event.buf))
      local marker = vim.fs.find(root_markers, { upward = true, path = folder })[1]
      vim.lsp.start(vim.tbl_extend("force", config, { root_dir = marker and vim.fs.dirname(marker) or nil }))
    end,
  })
end

return M
