/** What the kernel offers to src/engine/kernel.ts. */
export { hashLongBegin, hashLongEnd, hashLongPiece, setSeeds } from './hash';
export {
  join,
  joinWorkBytes,
  merge,
  mirrorOrderAt,
  mirrorStartsAt,
  openGroups,
  sourceOrderAt,
  sourceStartsAt,
} from './join';
export { countLineFeeds } from './lines';
export { configurePrefix } from './prefix';
export {
  beginChunk,
  beginsRecord,
  configureDescribe,
  configureScan,
  continuationLineCount,
  findRecordStart,
  finishPending,
  firstReplacementLine,
  isChunkDone,
  lineCount,
  pendingRecordLine,
  pendingStart,
  replacementLineCount,
  scan,
  shift,
  skipPending,
  takeMarks,
  timestampTypes,
} from './scan';
export {
  configureFilter,
  configureTuples,
  endPages,
  keylessCount,
  put,
  putHashed,
  recordCount,
  takeFirstNullLine,
  tombstoneCount,
  untimedCount,
} from './tuples';
