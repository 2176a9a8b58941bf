/** The few icons of the page, drawn in the colour of the text around them. They say nothing that words do not. */
import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import type { DifferenceKind } from '../src/core/differenceGroups.js';

function icon(shape: SVGTemplateResult): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${shape}</svg>`;
}

export const swapIcon = icon(svg`<path d="M2 5.5h11M10 2.5l3 3-3 3M14 10.5H3M6 7.5l-3 3 3 3" />`);
export const againIcon = icon(svg`<path d="M13 8a5 5 0 1 1-1.6-3.7M13 1.8v3h-3" />`);
export const exportIcon = icon(svg`<path d="M8 10V2M5 5l3-3 3 3M3 9v4.5h10V9" />`);
export const equivalentIcon = icon(svg`<path d="M2.5 8.5l3.5 3.5 7.5-8" />`);
export const differentIcon = icon(svg`<path d="M2.5 6h11M2.5 10.5h11M11 2.5l-6 11.5" />`);
export const searchIcon = icon(svg`<circle cx="7" cy="7" r="4.2" /><path d="M10.2 10.2l3.6 3.6" />`);
export const closeIcon = icon(svg`<path d="M4 4l8 8M12 4l-8 8" />`);
export const noteIcon = icon(svg`<circle cx="8" cy="8" r="6" /><path d="M8 7.2v4M8 4.6v1" />`);

const kindShapes: Readonly<Record<DifferenceKind, SVGTemplateResult>> = {
  missing: svg`<path d="M3 8h10" />`,
  extra: svg`<path d="M3 8h10M8 3v10" />`,
  diverged: svg`<path d="M8 14V9L4 3.5M8 9l4-5.5" />`,
  stale: svg`<circle cx="8" cy="8" r="5.5" /><path d="M8 5v3.2l2.2 1.6" />`,
  reordered: svg`<path d="M5 13V3M2.5 5.5L5 3l2.5 2.5M11 3v10M8.5 10.5L11 13l2.5-2.5" />`,
  ahead: svg`<path d="M3 8h10M9 4l4 4-4 4" />`,
};

/** In the colour of the kind. */
export function kindIcon(kind: DifferenceKind): TemplateResult {
  return html`<span class="kind-icon kind-${kind}">${icon(kindShapes[kind])}</span>`;
}
