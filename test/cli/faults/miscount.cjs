/** Loaded before the command line, and into its threads: the kernel counts one record more than it has stored. */
WebAssembly.Instance = class extends WebAssembly.Instance {
  get exports() {
    const exports = super.exports;
    return { ...exports, recordCount: () => exports.recordCount() + 1 };
  }
};
