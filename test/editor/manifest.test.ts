/** package.json promises commands, menus, views and settings: the code must keep to it, and the other way round. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { dumpFormats } from '../../src/core/comparison.js';
import { cleanupPolicies, defaultDumpOptions, defaultOptions, valueComparisons } from '../../src/core/options.js';
import { optionsFromSettings } from '../../src/editor/comparisonSettings.js';
import { commandIds, contextKeys, dumpViewType, resultViewId, showResultCommand } from '../../src/editor/ids.js';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

interface Setting {
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly icon?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly customEditors: readonly { readonly viewType: string }[];
    readonly keybindings: readonly { readonly command: string; readonly when?: string }[];
  };
}

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const source = read('package.json');
const manifest = JSON.parse(source) as Manifest;
const texts = JSON.parse(read('package.nls.json')) as Record<string, string>;
const { commands, menus, viewsContainers, views, viewsWelcome, configuration, customEditors, keybindings } =
  manifest.contributes;
const declared = commands.map(({ command }) => command);
const registered = [...Object.values<string>(commandIds), showResultCommand];

describe('package.json', () => {
  it('declares each command that the code registers, and no other', () => {
    assert.deepEqual([...declared].sort(), [...registered].sort());
  });

  it('uses only its own commands in menus, buttons and keys', () => {
    const used = Object.values(menus)
      .flat()
      .map(({ command }) => command);
    const linked = [...JSON.stringify(texts).matchAll(/command:([\w.]+)/g)].map(([, command]) => command as string);
    const bound = keybindings.map(({ command }) => command);
    for (const command of [...used, ...linked, ...bound]) assert.ok(declared.includes(command), command);
  });

  it('keeps commands that need an argument out of the palette', () => {
    const hidden = menus['commandPalette']?.filter(({ when }) => when === 'false').map(({ command }) => command);
    const needArgument = [
      commandIds.compareResources,
      commandIds.openWarning,
      commandIds.loadMore,
      commandIds.openDump,
      commandIds.readAsDetected,
    ];
    assert.deepEqual(hidden?.sort(), needArgument.sort());
  });

  it('gives an icon to each command that is shown as one', () => {
    const asIcons = Object.values(menus)
      .flat()
      .filter(({ group }) => /^(inline|navigation)/.test(group ?? ''));
    for (const { command } of asIcons) {
      assert.match(commands.find((each) => each.command === command)?.icon ?? '', /^\$\([a-z-]+\)$/, command);
    }
  });

  it('uses only codicons that there are', () => {
    const css = read('node_modules/@vscode/codicons/dist/codicon.css');
    for (const { icon } of commands) {
      if (icon !== undefined) assert.ok(css.includes(`.codicon-${icon.slice(2, -1)}:before`), icon);
    }
  });

  it('tests only context keys that the code sets, or VS Code', () => {
    const conditions = Object.values(menus).flatMap((items) => items.map(({ when }) => when ?? ''));
    const keys = conditions.flatMap((when) => when.match(/(?<!config\.)\bkafkaDumpCompare\.\w+/g) ?? []);
    const known: string[] = [...Object.values(contextKeys), resultViewId, dumpViewType];
    for (const key of new Set(keys)) assert.ok(known.includes(key), key);
  });

  it('has each text of package.nls.json, and no other', () => {
    const used = [...source.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key as string);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(texts).sort());
  });

  it('declares the view and the editor that the code uses', () => {
    assert.deepEqual(Object.keys(views), [viewsContainers.activitybar[0]?.id]);
    assert.deepEqual(
      Object.values(views).flatMap((each) => each.map(({ id }) => id)),
      [resultViewId],
    );
    assert.deepEqual(
      viewsWelcome.map(({ view }) => view),
      [resultViewId],
    );
    assert.deepEqual(
      customEditors.map(({ viewType }) => viewType),
      [dumpViewType],
    );
  });

  it('ships its pictures', () => {
    const pictures = [manifest.icon, viewsContainers.activitybar[0]?.icon, views['kafkaDumpCompare']?.[0]?.icon];
    for (const picture of pictures) assert.ok(existsSync(path.join(root, picture ?? 'none')), picture);
  });

  it('activates for nothing but what is used', () => {
    // Commands and views activate it by themselves.
    assert.deepEqual(manifest.activationEvents, ['onWebviewPanel:kafkaDumpCompare.resultPage']);
  });
});

describe('the settings', () => {
  const setting = (name: string): Setting => configuration.properties[`kafkaDumpCompare.${name}`] as Setting;

  it('are those that the code reads', () => {
    const code = read('src/editor/settings.ts') + read('src/editor/comparisonSettings.ts');
    const used = [...code.matchAll(/\bget(?:<.*>)?\('(\w+)'/g)].map(([, name]) => `kafkaDumpCompare.${name}`);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(configuration.properties).sort());
  });

  it('have the defaults of the core', () => {
    assert.equal(setting('cleanupPolicy').default, defaultOptions.cleanupPolicy);
    assert.deepEqual(setting('cleanupPolicy').enum, cleanupPolicies);
    assert.deepEqual(setting('valueComparison').enum, valueComparisons);
    assert.deepEqual(setting('dumpFormat').enum, ['auto', ...dumpFormats]);
    for (const side of ['source', 'mirror']) {
      assert.deepEqual(setting(side).properties?.['format'], {
        type: 'string',
        enum: ['auto', ...dumpFormats],
        description: '%setting.side.format%',
      });
    }
    assert.deepEqual(
      optionsFromSettings((name) => setting(name).default),
      defaultOptions,
    );
    assert.equal(setting('nullLiteral').default, defaultDumpOptions.nullLiteral);
    assert.equal(setting('assumeNoNulls').default, false);
    assert.equal(setting('separator').default, '');
  });

  it('show the menus for the same endings everywhere', () => {
    const { properties, default: shown } = setting('menuExtensions');
    const endings = Object.keys(properties ?? {});
    assert.deepEqual(Object.keys(shown as object), endings);
    const conditions = [...(menus['explorer/context'] ?? []), ...(menus['editor/title/context'] ?? [])];
    assert.ok(conditions.length > 0);
    for (const { command, when } of conditions) {
      const tested = [...(when ?? '').matchAll(/config\.kafkaDumpCompare\.menuExtensions\.(\w+)/g)].map(
        ([, name]) => name,
      );
      assert.deepEqual(tested, endings, command);
      for (const ending of endings.filter((each) => each !== 'none' && each !== 'other')) {
        assert.ok(when?.includes(`resourceExtname =~ /^\\.${ending}$/i && `), `${command}: ${ending}`);
      }
    }
  });
});
