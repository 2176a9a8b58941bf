/** A key, in the font of editors; it may hold anything, so it never gets out of its own box. */
import { html, type TemplateResult } from 'lit';
import { count } from '../../src/core/words/numbers.js';
import type { KeyText } from '../../src/editor/resultProtocol.js';

/** Keys that are longer than this say so in the tooltip. */
const longKey = 200;

/**
 * From left to right as in editors, whatever is in it: signs between words of a script that is written from right
 * to left would change places.
 *
 * @param notes further lines for the tooltip
 */
export function keyView(key: KeyText, notes: readonly string[] = []): TemplateResult {
  const tooltip = [
    key.length === 0 ? 'an empty key' : key.text,
    ...(key.length > longKey ? [`${count(key.length)} characters`] : []),
    ...(key.base64 === null ? [] : [`not UTF-8; as base64: ${key.base64}`]),
    ...notes,
  ];
  const text = key.length === 0 ? html`<span class="quiet">empty</span>` : key.text;
  return html`<bdi class="key" dir="ltr" title=${tooltip.join('\n')}>${text}</bdi>`;
}
