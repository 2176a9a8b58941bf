/**
 * JSON laid out over lines without going through JavaScript values, so that nothing is lost: numbers keep all their
 * digits, members their order, and members of the same name stay.
 */

const token = /"(?:[^"\\]+|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/gu;

/** Deeper levels are no longer indented: hostile nesting would make the text grow with its square. */
const deepestIndent = 50;

/** Null if the text is not strict JSON. */
export function prettyJson(text: string): string | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const parts: string[] = [];
  let depth = 0;
  let justOpened = false;
  const breakLine = (): void => {
    parts.push('\n', '  '.repeat(Math.min(depth, deepestIndent)));
  };
  for (const [part] of text.matchAll(token)) {
    const closes = part === '}' || part === ']';
    if (closes) depth--;
    // An empty object or array stays on its line.
    if (justOpened !== closes) breakLine();
    justOpened = part === '{' || part === '[';
    parts.push(part);
    if (justOpened) depth++;
    else if (part === ',') breakLine();
    else if (part === ':') parts.push(' ');
  }
  return parts.join('');
}
