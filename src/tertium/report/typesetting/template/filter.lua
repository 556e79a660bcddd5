-- What pandoc's typst writer leaves out and PDF/UA asks for: every formula gets its TeX as alt text.
local function quoted(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("%s+", " ") .. '"'
end

function Math(formula)
  local body = pandoc.write(pandoc.Pandoc({ pandoc.Plain({ formula }) }), "typst")
  return pandoc.RawInline(
    "typst",
    "#[#set math.equation(alt: " .. quoted(formula.text) .. "); " .. body:gsub("%s+$", "") .. "]"
  )
end
