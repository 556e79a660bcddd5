// Places in a text. Python counts code points, the browser UTF-16 units; one map a text converts
// them. Only code points leave this folder's scripts.

export class PointMap {
  constructor(text) {
    this.pairs = [];
    for (let unit = 0; unit < text.length - 1; unit += 1) {
      const one = text.charCodeAt(unit);
      if (one < 0xd800 || one > 0xdbff) continue;
      const next = text.charCodeAt(unit + 1);
      if (next >= 0xdc00 && next <= 0xdfff) {
        this.pairs.push(unit);
        unit += 1;
      }
    }
  }

  // A unit in the middle of a character gives that character's place.
  toPoint(unit) {
    return unit - this.countWhere((pair) => pair < unit);
  }

  toUnit(point) {
    return point + this.countWhere((pair, index) => pair - index < point);
  }

  countWhere(holds) {
    let low = 0;
    let high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.pairs[middle], middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const segmenters = new Map();

function segmenter(granularity, language) {
  const key = `${granularity} ${language}`;
  if (!segmenters.has(key)) {
    let made;
    try {
      made = new Intl.Segmenter(language || undefined, { granularity });
    } catch {
      made = new Intl.Segmenter(undefined, { granularity });
    }
    segmenters.set(key, made);
  }
  return segmenters.get(key);
}

// A line feed always ends a grapheme, so the line around a place is all that needs cutting.
function lineAround(text, unit) {
  const start = text.lastIndexOf("\n", unit - 1) + 1;
  const end = text.indexOf("\n", unit);
  return [start, end < 0 ? text.length : end];
}

export function graphemeAt(text, unit) {
  const [start, end] = lineAround(text, unit);
  if (unit >= end) return [unit, Math.min(unit + 1, text.length)];
  const found = segmenter("grapheme")
    .segment(text.slice(start, end))
    .containing(unit - start);
  return [start + found.index, start + found.index + found.segment.length];
}

// Outward to the borders of what a reader sees as characters: an emoji family or a letter with
// its accent is never cut.
export function snap(text, start, end) {
  const first = start < text.length ? graphemeAt(text, start)[0] : start;
  const last = end > 0 && end < text.length ? graphemeAt(text, end) : [end, end];
  return [first, last[0] === end ? end : last[1]];
}

// Without the white space that a hasty mouse takes along.
export function trim(text, start, end) {
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  return [start, end];
}

const SAYS_SOMETHING = /[\p{L}\p{N}\p{S}\p{Extended_Pictographic}]/u;

export function wordsOf(text, start, end, language) {
  const found = [];
  for (const part of segmenter("word", language).segment(text.slice(start, end))) {
    if (SAYS_SOMETHING.test(part.segment)) {
      found.push([start + part.index, start + part.index + part.segment.length]);
    }
  }
  return found;
}

export function graphemesOf(text, start, end) {
  const parts = segmenter("grapheme").segment(text.slice(start, end));
  return Array.from(parts, (part) => [
    start + part.index,
    start + part.index + part.segment.length,
  ]);
}

// The first of `parts` (sorted) that begins at or after a place; the last that ends at or before it.
export function partAfter(parts, place) {
  return parts.find((part) => part[0] >= place);
}

export function partBefore(parts, place) {
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    if (parts[index][1] <= place) return parts[index];
  }
  return undefined;
}

// Where one end of a span goes when it moves by a part; null where it can't.
export function movedEnd(parts, span, which, direction) {
  const place = span[which];
  const borders = parts.map((part) => (which === "end" ? part[1] : part[0]));
  const inside = (border) => (which === "end" ? border > span.start : border < span.end);
  const onward = borders.filter((border) => (direction > 0 ? border > place : border < place));
  const fitting = onward.filter(inside);
  if (!fitting.length) return null;
  return direction > 0 ? Math.min(...fitting) : Math.max(...fitting);
}
