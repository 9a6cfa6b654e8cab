-- A smoke test of editors/neovim/superbill.lua, run by nvim.sh:
--   nvim --headless --clean -l nvim_smoke.lua SUPERBILL.LUA SERVER CHARGES.CSV [old]
-- `old` hides vim.lsp.config, which takes the road of Neovim 0.8 to 0.10.
local recipe, server, file, old = arg[1], arg[2], arg[3], arg[4] == "old"
local CODE = "76380"
local passed, failed = 0, 0

local function check(name, ok, why)
  if ok then
    passed = passed + 1
    print("ok - " .. name)
  else
    failed = failed + 1
    print("not ok - " .. name .. (why and ": " .. tostring(why) or ""))
  end
end

if old then
  vim.lsp.config, vim.lsp.enable = nil, nil
end
vim.cmd("filetype on")
dofile(recipe).setup({ cmd = { server, "serve" }, payer = "medicare-b" })
vim.cmd.edit(vim.fn.fnameescape(file))
local buf = vim.api.nvim_get_current_buf()

local function clients()
  return vim.lsp.get_clients({ bufnr = buf })
end
check("client attaches", vim.wait(15000, function() return clients()[1] and clients()[1].initialized end, 20))
check("payer is in the settings", vim.tbl_get(clients()[1] or {}, "config", "settings", "superbill", "payer") == "medicare-b")

-- diagnostics, whether pushed or pulled
check("diagnostics", vim.wait(15000, function() return #vim.diagnostic.get(buf) > 0 end, 20))
for _, found in ipairs(vim.diagnostic.get(buf)) do
  if found.source ~= "superbill" or found.message == "" then
    check("diagnostic names its source and says something", false, vim.inspect(found))
  end
end

-- where the code is, and an empty modifier behind it
local row, column
for number, line in ipairs(vim.api.nvim_buf_get_lines(buf, 0, -1, false)) do
  local at = line:find("%f[%w]" .. CODE .. ",,")
  if at then
    row, column = number, at - 1
    break
  end
end
if not row then
  check("a line with " .. CODE .. " and an empty modifier", false)
  vim.cmd("cquit 1")
end

-- hover as a user asks for it: a floating window comes up
vim.api.nvim_win_set_cursor(0, { row, column + 1 })
vim.lsp.buf.hover()
local text
vim.wait(10000, function()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\n")
    end
  end
  return text ~= nil
end, 20)
check("hover names the code", text and text:find(CODE, 1, true), text)

-- completion in the empty modifier
vim.api.nvim_win_set_cursor(0, { row, column + #CODE + 1 })
local client = clients()[1]
local encoding = client and client.offset_encoding or "utf-16"
local reply = vim.lsp.buf_request_sync(buf, "textDocument/completion", vim.lsp.util.make_position_params(0, encoding), 10000)
local labels = {}
for _, answer in pairs(reply or {}) do
  local result = answer.result or {}
  for _, item in ipairs(result.items or result) do
    labels[#labels + 1] = item.label
  end
end
check("completion offers 26", vim.tbl_contains(labels, "26") or vim.iter(labels):any(function(label) return label:find("^26%f[%W]") end),
  vim.inspect(labels))

-- findings follow the text
vim.api.nvim_buf_set_lines(buf, 0, -1, false, { "" })
check("diagnostics go when the text goes", vim.wait(10000, function() return #vim.diagnostic.get(buf) == 0 end, 20))

for _, each in ipairs(clients()) do
  each:stop()
end
check("client stops", vim.wait(5000, function() return #clients() == 0 end, 20))
print(("%d passed, %d failed"):format(passed, failed))
vim.cmd(failed > 0 and "cquit 1" or "qall!")
