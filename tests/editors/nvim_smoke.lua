-- What a coder does in Neovim, run by nvim.sh. WORK is the folder with the examples, TITLE what 76380 is called.
local work, title = vim.env.WORK, vim.env.TITLE
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

local function clients(buffer)
  return vim.lsp.get_clients({ bufnr = buffer })
end

local function open(name)
  vim.cmd.edit(vim.fn.fnameescape(work .. "/" .. name))
  return vim.api.nvim_get_current_buf()
end

local function find(buffer, text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local at = line:find(text, 1, true)
    if at then
      return number, at - 1, line
    end
  end
  error("no line with " .. text)
end

local function hover()
  vim.lsp.buf.hover() -- as a user asks for it: a floating window comes up
  local text
  vim.wait(10000, function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= "" then
        text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), " ")
        vim.api.nvim_win_close(window, true)
      end
    end
    return text ~= nil
  end, 20)
  return text or ""
end

local function tour()
  local buffer = open("charges.csv")
  check("client attaches", vim.wait(20000, function() return clients(buffer)[1] and clients(buffer)[1].initialized end, 20))
  check("root is the folder of superbill.yaml", (clients(buffer)[1] or {}).root_dir == work)

  check("payer is in the settings", vim.tbl_get(clients(buffer)[1] or {}, "config", "settings", "superbill", "payer") == (vim.env.PAYER or ""))

  -- diagnostics, whether pushed or pulled
  local function finding(rule)
    for _, found in ipairs(vim.diagnostic.get(buffer)) do
      if found.code == rule and found.source == "superbill" then
        return found
      end
    end
  end
  check("K520 is shown", vim.wait(20000, function() return finding("K520") ~= nil end, 20), vim.inspect(vim.diagnostic.get(buffer)))
  local row, column = find(buffer, CODE .. ",50")
  check("at 76380-50", finding("K520") and finding("K520").lnum == row - 1 and finding("K520").message:find("76380-50", 1, true))

  vim.api.nvim_win_set_cursor(0, { row, column + 1 })
  local text = hover()
  check("hover says what the code is", text:find(title, 1, true), text)

  local empty, at = find(buffer, CODE .. ",,")
  vim.api.nvim_win_set_cursor(0, { empty, at + #CODE + 1 })
  local client = clients(buffer)[1]
  local encoding = client and client.offset_encoding or "utf-16"
  local reply = vim.lsp.buf_request_sync(buffer, "textDocument/completion", vim.lsp.util.make_position_params(0, encoding), 10000)
  local labels = {}
  for _, answer in pairs(reply or {}) do
    local result = answer.result or {}
    for _, item in ipairs(result.items or result) do
      labels[#labels + 1] = item.label
    end
  end
  check("completion offers 26", vim.iter(labels):any(function(label) return label:find("^26%f[%W]") end), vim.inspect(labels))

  vim.api.nvim_win_set_cursor(0, { row, column + #CODE + 1 })
  vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.title == "Remove modifier 50" end })
  check("action Remove modifier 50 changes the buffer", vim.wait(10000, function()
    return vim.api.nvim_buf_get_lines(buffer, row - 1, row, false)[1]:find(CODE .. ",,,1,", 1, true) ~= nil
  end, 20), vim.api.nvim_buf_get_lines(buffer, row - 1, row, false)[1])
  check("its finding goes", vim.wait(10000, function() return finding("K520") == nil end, 20))
  vim.bo.modified = false

  for _, each in ipairs({ { "claims.837", "x12" }, { "charges.hl7", "hl7" }, { "x12-batch.txt", "x12" }, { "hl7-batch", "hl7" } }) do
    local name, filetype = unpack(each)
    buffer = open(name)
    check(name .. " is " .. filetype, vim.bo.filetype == filetype, vim.bo.filetype)
    row, column = find(buffer, CODE)
    vim.api.nvim_win_set_cursor(0, { row, column + 1 })
    vim.wait(10000, function() return clients(buffer)[1] and clients(buffer)[1].initialized end, 20)
    check("one server for all", clients(buffer)[1] and clients(buffer)[1].id == client.id)
    text = hover()
    check("hover in " .. name, text:find(title, 1, true), text)
  end

  local all = vim.lsp.get_clients({ _uninitialized = true })
  check("no other server was started, for the buffer of a hover say", #all == 1, #all)
  for _, each in ipairs(vim.lsp.get_clients()) do
    each:stop()
  end
  check("client stops", vim.wait(20000, function() return #vim.lsp.get_clients() == 0 end, 20))
end

local whole, why = pcall(tour)
check("tour ends", whole, why)
print(("%d passed, %d failed"):format(passed, failed))
vim.cmd(failed > 0 and "cquit 1" or "qall!")
