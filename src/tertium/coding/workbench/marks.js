// How codings look on a line of text: each code has a colour and a pattern, and either alone
// tells it from the others. Own codings run below the words, suggestions above them.

const COLOURS = 8;
export const PATTERNS = [
  "solid",
  "dashed",
  "dotted",
  "double",
  "dash-dot",
  "zigzag",
  "ticks",
  "rail",
];
const LANE = 5;
const MOST_LANES = 4;

// The ninth code takes the first colour again, with another pattern: 64 codes stay apart.
export function lookOf(index) {
  if (index < 0) return { colour: "var(--tw-none)", pattern: "solid" };
  const round = Math.floor(index / COLOURS);
  return {
    colour: `var(--tw-c${index % COLOURS})`,
    pattern: PATTERNS[(index + 3 * round) % PATTERNS.length],
  };
}

// Layers of a CSS background: [image, size], all four pixels high.
export function patternLayers({ colour, pattern }) {
  const clear = "transparent";
  const along = (...stops) => `repeating-linear-gradient(90deg, ${stops.join(", ")})`;
  const wide = "100% 4px";
  switch (pattern) {
    case "dashed":
      return [[along(`${colour} 0 7px`, `${clear} 7px 11px`), "100% 3px"]];
    case "dotted":
      return [[`radial-gradient(circle at 2px 2px, ${colour} 1.5px, ${clear} 2px)`, "6px 4px"]];
    case "double":
      return [[`linear-gradient(${colour} 0 1.3px, ${clear} 1.3px 2.7px, ${colour} 2.7px)`, wide]];
    case "dash-dot":
      return [
        [
          along(
            `${colour} 0 9px`,
            `${clear} 9px 12px`,
            `${colour} 12px 15px`,
            `${clear} 15px 18px`,
          ),
          "100% 3px",
        ],
      ];
    case "zigzag":
      return [
        [`linear-gradient(135deg, ${colour} 1.4px, ${clear} 1.9px)`, "6px 4px"],
        [`linear-gradient(225deg, ${colour} 1.4px, ${clear} 1.9px)`, "6px 4px"],
        [`linear-gradient(${colour}, ${colour})`, "100% 1px"],
      ];
    case "ticks":
      return [[along(`${colour} 0 2px`, `${clear} 2px 4px`), wide]];
    case "rail":
      return [
        [along(`${colour} 0 2px`, `${clear} 2px 9px`), wide],
        [`linear-gradient(${colour}, ${colour})`, "100% 1.5px"],
      ];
    default:
      return [[`linear-gradient(${colour}, ${colour})`, "100% 3px"]];
  }
}

// A lane for each mark, so that marks which overlap lie side by side; long ones first.
export function lanes(marks) {
  const sorted = [...marks].sort(
    (one, other) =>
      one.start - other.start ||
      other.end - one.end ||
      one.index - other.index ||
      one.id.localeCompare(other.id),
  );
  const free = [];
  const lane = new Map();
  for (const mark of sorted) {
    let place = free.findIndex((end) => end <= mark.start);
    if (place < 0) place = free.length;
    free[place] = mark.end;
    lane.set(mark.id, place);
  }
  return lane;
}

// [start, end) cut at every border of a mark, each piece with the marks that cover it.
export function pieces(start, end, marks) {
  const inside = marks.filter((mark) => mark.start < end && mark.end > start);
  const borders = new Set([start, end]);
  for (const mark of inside) {
    if (mark.start > start) borders.add(mark.start);
    if (mark.end < end) borders.add(mark.end);
  }
  const sorted = [...borders].sort((one, other) => one - other);
  return sorted.slice(1).map((last, index) => ({
    start: sorted[index],
    end: last,
    marks: inside.filter((mark) => mark.start < last && mark.end > sorted[index]),
  }));
}

// How many lanes these marks take; what overlaps more shares the last.
export function height(laneOf, marks) {
  return Math.min(MOST_LANES, Math.max(-1, ...marks.map((mark) => laneOf.get(mark.id))) + 1);
}

// The background of a piece of text: a line for each mark in its lane, the first next to the words.
export function background(marks, laneOf, lower, upper) {
  const images = [];
  const sizes = [];
  const places = [];
  for (const mark of marks) {
    const lane = Math.min(laneOf.get(mark.id), MOST_LANES - 1);
    const away = ((mark.suggested ? upper : lower) - 1 - lane) * LANE;
    for (const [image, size] of patternLayers(lookOf(mark.index))) {
      images.push(image);
      sizes.push(size);
      places.push(mark.suggested ? `0 ${away}px` : `0 calc(100% - ${away}px)`);
    }
  }
  return { image: images.join(", "), size: sizes.join(", "), position: places.join(", ") };
}

// The same pattern as a swatch beside a code's name.
export function swatchStyle(index) {
  const layers = patternLayers(lookOf(index));
  const repeat = layers.map(([, size]) => (size.startsWith("100%") ? "no-repeat" : "repeat-x"));
  return [
    `--tw-own: ${lookOf(index).colour}`,
    `background-image: ${layers.map(([image]) => image).join(", ")}`,
    `background-size: ${layers.map(([, size]) => size).join(", ")}`,
    `background-position: 0 100%`,
    `background-repeat: ${repeat.join(", ")}`,
  ].join("; ");
}
