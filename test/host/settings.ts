/** The settings of every VS Code that tests start: nothing that moves, asks, updates or calls home. */
export type Settings = Readonly<Record<string, unknown>>;

export const quietSettings: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.list.smoothScrolling': false,
  // A sticky header would take the clicks meant for the row under it.
  'workbench.tree.enableStickyScroll': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'extensions.autoCheckUpdates': false,
  // Not `false`, its older form: VS Code would rewrite the settings file some time after its start.
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.enabled': false,
  // It would look every other second for ports to forward, in programs that the extension host has to start.
  'remote.autoForwardPortsSource': 'output',
  'security.workspace.trust.enabled': false,
  'window.confirmBeforeClose': 'never',
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'files.autoSave': 'off',
};
