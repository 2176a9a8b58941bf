/**
 * HTML that is safe by construction: whatever is put into a template is text, unless it is itself markup. Keys and
 * values are hostile input, so nothing is trusted by its place; what cannot be seen is made visible on the way.
 */
import { visible } from '../words/text.js';

export class Markup {
  /** @param text HTML; only the template below makes it */
  constructor(readonly text: string) {}
}

export type MarkupValue = string | number | Markup | readonly Markup[];

/** Attributes must be in double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  let text = strings[0] as string;
  for (const [i, value] of values.entries()) text += markupText(value) + (strings[i + 1] as string);
  return new Markup(text);
}

export const nothing = new Markup('');

function markupText(value: MarkupValue): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return visible(String(value)).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
