/** The section of the differing keys: search, filters, and the table below them. */
import { html, type TemplateResult } from 'lit';
import type { SectionKind } from '../../src/core/differenceGroups.js';
import { count, counted } from '../../src/core/words/numbers.js';
import type { DifferencesSummary, KeyCount, RowFilter } from '../../src/editor/resultProtocol.js';
import type { Moments } from '../format.js';
import type { PageActions } from '../host.js';
import { closeIcon, kindIcon, searchIcon } from '../icons.js';
import { isFiltering, noFilter } from '../pageState.js';
import { kindExplanationView } from './checks.js';

export interface DifferencesProps {
  readonly differences: DifferencesSummary;
  readonly filter: RowFilter;
  /** Rows that pass the filter; null until it is known. */
  readonly passing: number | null;
  readonly moments: Moments;
  readonly table: HTMLElement;
}

export function differencesView(props: DifferencesProps, actions: PageActions): TemplateResult {
  const { differences, filter, passing } = props;
  if (differences.total === 0) return html``;
  return html`
    <section class="differences" aria-labelledby="differences-title">
      <div class="title-row">
        <h2 id="differences-title">Differences</h2>
        <p class="passing quiet" role="status">${passingWords(passing, differences.total)}</p>
      </div>
      <div class="filters">
        <label class="search">
          ${searchIcon}
          <span class="unseen">Search the keys</span>
          <input
            id="search"
            type="search"
            spellcheck="false"
            autocomplete="off"
            placeholder="Search all ${counted(differences.total, 'key')}"
            .value=${filter.search}
            @input=${(event: InputEvent) => actions.filter({ search: (event.target as HTMLInputElement).value })}
          />
        </label>
        ${kindChips(differences, filter, actions)} ${sectionChips(differences, filter, actions)}
        ${partitionChoice(differences, filter, actions)} ${intervalChip(props, actions)}
        ${
          isFiltering(filter)
            ? html`<button class="link" @click=${() => actions.filter(noFilter)}>Clear filters</button>`
            : ''
        }
      </div>
      ${kindExplanationView(differences.explanations, filter)}
      ${props.table}
    </section>
  `;
}

function passingWords(passing: number | null, total: number): string {
  if (passing === null || passing === total) return counted(total, 'key');
  return passing === 0 ? 'No key passes the filters' : `${count(passing)} of ${counted(total, 'key')}`;
}

function kindChips({ kinds, total }: DifferencesSummary, filter: RowFilter, actions: PageActions): TemplateResult {
  return html`
    <div class="chips" role="group" aria-label="Kinds of differences">
      <button class="chip" aria-pressed=${filter.kinds.length === 0} @click=${() => actions.filter({ kinds: [] })}>
        All <span class="chip-count">${count(total)}</span>
      </button>
      ${kinds.map(
        (kind) => html`
          <button
            class="chip"
            title=${kind.meaning}
            aria-pressed=${kind.kinds.every((each) => filter.kinds.includes(each))}
            @click=${() => actions.filter({ kinds: toggled(filter, kind) })}
          >
            ${kind.kinds.map(kindIcon)}${kind.title} <span class="chip-count">${count(kind.count)}</span>
          </button>
        `,
      )}
    </div>
  `;
}

function toggled({ kinds }: RowFilter, chip: KeyCount): RowFilter['kinds'] {
  const others = kinds.filter((kind) => !chip.kinds.includes(kind));
  return others.length < kinds.length ? others : [...kinds, ...chip.kinds];
}

function sectionChips({ sections }: DifferencesSummary, filter: RowFilter, actions: PageActions): TemplateResult | '' {
  if (sections.length < 2) return '';
  const choose = (kind: SectionKind): void => actions.filter({ section: filter.section === kind ? null : kind });
  return html`
    <div class="chips" role="group" aria-label="Before or after the end">
      ${sections.map(
        (section) => html`
          <button
            class="chip"
            title=${section.meaning}
            aria-pressed=${filter.section === section.kind}
            @click=${() => choose(section.kind)}
          >
            ${section.title} <span class="chip-count">${count(section.count)}</span>
          </button>
        `,
      )}
    </div>
  `;
}

function partitionChoice(
  { partitions }: DifferencesSummary,
  filter: RowFilter,
  actions: PageActions,
): TemplateResult | '' {
  if (partitions.length === 0) return '';
  const choose = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    actions.filter({ partition: value === '' ? null : Number(value) });
  };
  return html`
    <select aria-label="Partition" @change=${choose}>
      <option value="" .selected=${filter.partition === null}>All partitions</option>
      ${partitions.map(
        (choice) => html`
          <option value=${choice.partition} .selected=${filter.partition === choice.partition}>
            Partition ${choice.partition}: ${count(choice.count)}
          </option>
        `,
      )}
    </select>
  `;
}

function intervalChip({ filter, moments }: DifferencesProps, actions: PageActions): TemplateResult | '' {
  const { interval } = filter;
  if (interval === null) return '';
  return html`
    <button class="chip" aria-pressed="true" title="Chosen in the chart" @click=${() => actions.filter({ interval: null })}>
      ${moments.span(interval)} ${closeIcon}<span class="unseen">remove</span>
    </button>
  `;
}
