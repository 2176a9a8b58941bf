/** The names by which package.json and the code know each other. A test holds both to this list. */

export const commandIds = {
  compareFiles: 'kafkaDumpCompare.compareFiles',
  compareSamples: 'kafkaDumpCompare.compareSamples',
  compareResources: 'kafkaDumpCompare.compareResources',
  selectAsSource: 'kafkaDumpCompare.selectAsSource',
  compareWithSource: 'kafkaDumpCompare.compareWithSource',
  forgetSource: 'kafkaDumpCompare.forgetSource',
  swapSides: 'kafkaDumpCompare.swapSides',
  compareAgain: 'kafkaDumpCompare.compareAgain',
  cancel: 'kafkaDumpCompare.cancel',
  closeComparison: 'kafkaDumpCompare.closeComparison',
  openDump: 'kafkaDumpCompare.openDump',
  openDumpView: 'kafkaDumpCompare.openDumpView',
  findInDump: 'kafkaDumpCompare.findInDump',
  goToDumpLine: 'kafkaDumpCompare.goToDumpLine',
  nextDifference: 'kafkaDumpCompare.nextDifference',
  previousDifference: 'kafkaDumpCompare.previousDifference',
  openSourceLine: 'kafkaDumpCompare.openSourceLine',
  openMirrorLine: 'kafkaDumpCompare.openMirrorLine',
  openWarning: 'kafkaDumpCompare.openWarning',
  diffValues: 'kafkaDumpCompare.diffValues',
  showHistory: 'kafkaDumpCompare.showHistory',
  exportReport: 'kafkaDumpCompare.exportReport',
  copyKey: 'kafkaDumpCompare.copyKey',
  filterKeys: 'kafkaDumpCompare.filterKeys',
  clearFilter: 'kafkaDumpCompare.clearFilter',
  loadMore: 'kafkaDumpCompare.loadMore',
  openSettings: 'kafkaDumpCompare.openSettings',
  changeReading: 'kafkaDumpCompare.changeReading',
  readAsDetected: 'kafkaDumpCompare.readAsDetected',
  ignoreField: 'kafkaDumpCompare.ignoreField',
  stopIgnoring: 'kafkaDumpCompare.stopIgnoring',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** Registered by the result page. */
export const showResultCommand = 'kafkaDumpCompare.showResult';

export const resultViewId = 'kafkaDumpCompare.result';

/** The custom editor of dumps. */
export const dumpViewType = 'kafkaDumpCompare.dumpView';

/** Keys for when-clauses, set by the code. */
export const contextKeys = {
  /** `empty`, `running`, `failed`, `cancelled` or `done`. */
  state: 'kafkaDumpCompare.state',
  /** A file waits as the source for *Compare with Source*. */
  hasSource: 'kafkaDumpCompare.hasSource',
  /** The tree shows only the keys that contain a text. */
  filtered: 'kafkaDumpCompare.filtered',
} as const;

export const settingsSection = 'kafkaDumpCompare';

/** Scheme of the virtual documents of values. */
export const valueScheme = 'kafka-dump-value';

/** Scheme of the virtual documents of keys' histories. */
export const historyScheme = 'kafka-dump-history';

/** Scheme of the resources that carry the colour of a kind of difference; nothing can be opened behind them. */
export const kindScheme = 'kafka-dump-kind';
