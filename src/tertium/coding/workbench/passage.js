// One passage of the source: its blocks by zone, with the marks of codings, suggestions and the draft.

const ZONE_TITLES = {
  heading: "heading",
  furniture: "page furniture: not the text itself, never coded by rules",
  caption: "caption",
  endnote: "note",
};

// `view` has text (UTF-16), blocks, language; marks have id, start, end, index, label, suggested.
export function drawPassage(view, passage, marks, draft) {
  const lower = lanes(marks.filter((mark) => !mark.suggested));
  const upper = lanes(marks.filter((mark) => mark.suggested));
  const laneOf = new Map([...lower, ...upper]);
  const parts = [];
  let place = passage.start;
  for (const block of view.blocks) {
    if (block.end <= passage.start || block.start >= passage.end) continue;
    const start = Math.max(block.start, passage.start);
    const end = Math.min(block.end, passage.end);
    if (start > place) parts.push(gap(view, place, start));
    parts.push(drawBlock(view, block, start, end, { marks, draft, laneOf }));
    place = end;
  }
  if (passage.end > place) parts.push(gap(view, place, passage.end));
  return parts;
}

// Lines stand as far apart as the marks of their block need; body text has room for one beforehand,
// so that the first coding moves nothing.
function drawBlock(view, block, start, end, passage) {
  const marks = passage.marks.filter((mark) => mark.start < end && mark.end > start);
  const lower = Math.max(
    height(
      passage.laneOf,
      marks.filter((mark) => !mark.suggested),
    ),
    block.zone === "body" && !block.is_table ? 1 : 0,
  );
  const upper = height(
    passage.laneOf,
    marks.filter((mark) => mark.suggested),
  );
  const level = block.level ? `tw-level-${Math.min(block.level, 4)}` : "";
  const classes = ["tw-block", `tw-zone-${block.zone}`, level, block.is_table && "tw-table"].filter(
    Boolean,
  );
  return h(
    "div",
    {
      class: classes.join(" "),
      title: ZONE_TITLES[block.zone],
      dir: "auto",
      style: `--tw-lanes: ${lower}; --tw-upper: ${upper}`,
    },
    drawRuns(view, start, end, { ...passage, marks, lower, upper }),
  );
}

// White space between blocks is kept out of sight; anything else is shown.
function gap(view, start, end) {
  const text = view.text.slice(start, end);
  const has_words = text.trim() !== "";
  return h(
    has_words ? "div" : "span",
    { class: has_words ? "tw-block" : "tw-gap", "data-start": start },
    text,
  );
}

function drawRuns(view, start, end, drawn) {
  const { draft } = drawn;
  const all = draft ? [...drawn.marks, { ...draft, id: "draft", is_draft: true }] : drawn.marks;
  return pieces(start, end, all).map((piece) => {
    const own = piece.marks.filter((mark) => !mark.is_draft);
    const run = h("span", { "data-start": piece.start }, view.text.slice(piece.start, piece.end));
    if (own.length) decorate(run, piece, own, drawn);
    if (piece.marks.length > own.length) {
      run.classList.add("tw-draft", `tw-active-${draft.active}`);
      run.classList.toggle("tw-draft-start", piece.start === draft.start);
      run.classList.toggle("tw-draft-end", piece.end === draft.end);
      run.classList.toggle("tw-dirty", Boolean(draft.dirty || draft.correcting));
    }
    return run;
  });
}

function decorate(run, piece, own, drawn) {
  const { image, size, position } = background(own, drawn.laneOf, drawn.lower, drawn.upper);
  run.classList.add("tw-mark");
  run.style.backgroundImage = image;
  run.style.backgroundSize = size;
  run.style.backgroundPosition = position;
  const coded = own.filter((mark) => !mark.suggested);
  if (coded.length) {
    run.classList.add("tw-coded");
    run.style.setProperty("--tw-own", lookOf(coded[coded.length - 1].index).colour);
  }
  run.title = own.map((mark) => mark.label).join("\n");
  const opening = own.filter((mark) => mark.start === piece.start);
  if (opening.length) {
    run.classList.add("tw-opens");
    run.dataset.badge = opening.map((mark) => mark.badge).join(" ");
  }
}

// UTF-16 place of a position that the browser names by node and offset; null outside the text.
export function placeOf(root, node, offset) {
  if (!root.contains(node)) return null;
  let inner = node;
  let ahead = offset;
  if (node.nodeType !== Node.TEXT_NODE) {
    // Between two children: the place where the next text begins, or the last one ends.
    const next = node.childNodes[offset];
    const text = next ? firstText(next) : null;
    if (text) return Number(text.parentNode.dataset.start);
    inner = lastText(node);
    if (!inner) return null;
    ahead = inner.data.length;
  }
  const start = inner.parentNode.dataset && inner.parentNode.dataset.start;
  return start === undefined ? null : Number(start) + ahead;
}

function firstText(node) {
  if (node.nodeType === Node.TEXT_NODE) return node;
  return document.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode();
}

function lastText(node) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  let last = null;
  while (walker.nextNode()) last = walker.currentNode;
  return last;
}

// The marks at a place, the shortest first: a click takes it, the next click the one around it.
export function marksAt(marks, place) {
  return marks
    .filter((mark) => mark.start <= place && place < mark.end)
    .sort(
      (one, other) =>
        one.end - one.start - (other.end - other.start) || one.id.localeCompare(other.id),
    );
}
