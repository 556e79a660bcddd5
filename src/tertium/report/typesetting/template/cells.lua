-- A reader for pandoc: a JSON list of Markdown texts comes in, one Div for each goes out.
-- Each text is parsed alone, so that an open code fence or a footnote's name in one notebook cell
-- can't reach into the next, as in Jupyter. Raw HTML, TeX and typst are off: they stay visible text.
local FORMAT = "markdown"
  .. "-raw_html-raw_tex-raw_attribute-native_divs-native_spans-markdown_in_html_blocks"
  .. "-yaml_metadata_block-pandoc_title_block-auto_identifiers-implicit_figures"
  .. "-simple_tables-multiline_tables-grid_tables-table_captions-blank_before_header"
  .. "-blank_before_blockquote+lists_without_preceding_blankline+autolink_bare_uris"

function Reader(input)
  local cells = pandoc.List()
  for _, text in ipairs(pandoc.json.decode(tostring(input))) do
    cells:insert(pandoc.Div(pandoc.read(text, FORMAT).blocks))
  end
  return pandoc.Pandoc(cells)
end
