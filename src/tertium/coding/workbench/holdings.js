// What Python last told: the codebook, the codings and suggestions, and how they are called.

// The shortest abbreviation of each code's name that no code before it has.
function badgesOf(codes) {
  const badges = new Map();
  const taken = new Set();
  for (const code of codes) {
    const letters = Array.from(code.label);
    const words = code.label.split(/\s+/u).filter(Boolean).map((word) => Array.from(word));
    const ways = [letters.slice(0, 2).join("")];
    if (words.length > 1) {
      ways.push(words[0][0] + words[1][0], words.map((word) => word[0]).join(""));
      ways.push(words[0].slice(0, 2).join("") + words[1][0]);
    }
    for (let most = 3; most <= 5; most += 1) ways.push(letters.slice(0, most).join(""));
    for (let more = 2; more <= codes.length + 1; more += 1) ways.push(`${ways[0]}${more}`);
    const badge = ways.find((one) => !taken.has(one));
    taken.add(badge);
    badges.set(code, badge);
  }
  return badges;
}

class Holdings {
  codingOf(id) {
    return this.state.codings.find((one) => one.id === id);
  }

  suggestionOf(id) {
    return this.state.suggestions.find((one) => one.id === id);
  }

  codeOf(coding) {
    return this.byKey.get(`${coding.scheme}/${coding.code}`);
  }

  labelOf(coding) {
    const code = this.codeOf(coding);
    return code ? code.label : `${coding.scheme} / ${coding.code}`;
  }

  countOf(code) {
    return this.state.codings.filter(
      (one) => one.start !== null && one.scheme === code.scheme && one.code === code.id,
    ).length;
  }

  verdictOf(code) {
    const own = this.state.codings.filter(
      (one) => one.scheme === code.scheme && one.code === code.id && one.stance !== "denied",
    );
    const implied = own.some((one) => one.start !== null)
      ? "present"
      : this.state.read[code.scheme]
        ? "absent"
        : null;
    return { said: this.state.verdicts[code.key] || null, implied };
  }

  keyOf(code) {
    if (code.scheme !== this.activeScheme) return "";
    const place = this.codes.filter((one) => one.scheme === code.scheme).indexOf(code);
    return place < 9 ? String(place + 1) : "";
  }

  markOf(coding, suggested) {
    const code = this.codeOf(coding);
    const label = this.labelOf(coding);
    const extra = [coding.stance !== "asserted" && coding.stance, !suggested && coding.memo]
      .filter(Boolean)
      .join("; ");
    const told = suggested ? `Suggestion of ${coding.coder}: ${label}` : label;
    const badge = `${suggested ? "?" : ""}${this.badgeOf(code, label)}`;
    return {
      id: coding.id,
      start: coding.start,
      end: coding.end,
      index: code ? code.index : -1,
      suggested,
      label: extra ? `${told} (${extra})` : told,
      badge,
    };
  }

  // A code's number where there is one scheme; with several the numbers change their scheme.
  badgeOf(code, label) {
    const key = code && this.setup.schemes.length === 1 ? this.keyOf(code) : "";
    return key || this.badges.get(code) || Array.from(label).slice(0, 2).join("");
  }

  // Sorted once for each state: a long source has thousands.
  marks() {
    if (this.sorted) return this.sorted;
    const onPassages = (rows) => rows.filter((one) => one.start !== null);
    const own = onPassages(this.state.codings).map((one) => this.markOf(one, false));
    const machine = onPassages(this.state.suggestions).map((one) => this.markOf(one, true));
    this.sorted = [...own, ...machine].sort(
      (one, other) =>
        one.start - other.start ||
        one.end - other.end ||
        one.index - other.index ||
        one.id.localeCompare(other.id),
    );
    return this.sorted;
  }

  marksInPassage() {
    const { start, end } = this.view.passages[this.number];
    return this.marks().filter((mark) => mark.start < end && mark.end > start);
  }
}
