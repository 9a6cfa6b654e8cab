-- Superbill for Neovim 0.8 and later. With 0.11 and later `vim.lsp.enable("superbill")` is all that is needed (see lsp/superbill.lua);
-- setup() does the same for every version, and takes options:  require("superbill").setup({ payer = "medicare-b" })

local M = {}

M.root_markers = { "superbill.yaml", ".git" }
M.filetypes = { "csv", "tsv", "psv", "text", "markdown", "x12", "hl7", "json", "jsonl", "yaml" }

-- Claim files and messages are known by their first segment, whatever the file is called: ISA, two separators alike around two
-- characters; MSH, FHS or BHS with its separator and at least three more.
local function by_content(_, buffer)
  local first = buffer and vim.api.nvim_buf_get_lines(buffer, 0, 1, false)[1] or ""
  first = first:gsub("^\239\187\191", ""):gsub("^\11", "")
  local before, after = first:match("^ISA([^%w%s])%w%w([^%w%s])")
  if before and before == after then
    return "x12"
  end
  local header = first:match("^(%u%u%u)[^%w%s][^%w%s][^%w%s][^%w%s]")
  if header == "MSH" or header == "FHS" or header == "BHS" then
    return "hl7"
  end
end

function M.detect()
  vim.filetype.add({
    -- older versions do not know all of these
    extension = {
      csv = "csv", tsv = "tsv", psv = "psv", ["837"] = "x12", ["837p"] = "x12", ["837i"] = "x12", x12 = "x12", edi = "x12",
      hl7 = "hl7", dft = "hl7", ndjson = "jsonl", jsonl = "jsonl",
    },
    pattern = { [".*"] = { by_content, { priority = 10 } } },
  })
end

-- What vim.lsp.config and vim.lsp.start take. Options: cmd, payer, filetypes, settings (all that `superbill` may hold).
function M.config(opts)
  opts = opts or {}
  local settings = vim.tbl_extend("force", { payer = opts.payer or "" }, opts.settings or {})
  return {
    cmd = opts.cmd or { "superbill", "serve" },
    filetypes = opts.filetypes or M.filetypes,
    root_markers = M.root_markers,
    settings = { superbill = settings },
  }
end

function M.setup(opts)
  M.detect()
  local config = M.config(opts)

  if vim.lsp.config and vim.lsp.enable then -- 0.11 and later
    vim.lsp.config("superbill", config)
    vim.lsp.enable("superbill")
    return
  end

  config.name, config.root_markers = "superbill", nil
  vim.api.nvim_create_autocmd("FileType", {
    group = vim.api.nvim_create_augroup("superbill", { clear = true }),
    pattern = config.filetypes,
    callback = function(event)
      -- a hover is shown in a buffer of its own with the filetype markdown; only what is edited as a file gets a server
      if vim.bo[event.buf].buftype ~= "" then
        return
      end
      local folder = vim.fs.dirname(vim.fn.fnamemodify(vim.api.nvim_buf_get_name(event.buf), ":p"))
      local marker = vim.fs.find(M.root_markers, { upward = true, path = folder })[1]
      vim.lsp.start(vim.tbl_extend("force", config, { root_dir = marker and vim.fs.dirname(marker) or nil }))
    end,
  })
end

return M
