/** Loaded before the command line, and into its threads: the system refuses WebAssembly more memory than 2 MB. */
const pageBytes = 1 << 16;
const most = (2 << 20) / pageBytes;
const { Memory } = WebAssembly;
const { grow } = Memory.prototype;

WebAssembly.Memory = class extends Memory {
  constructor(description) {
    if (description.initial > most) throw new RangeError('WebAssembly.Memory(): could not allocate memory');
    super(description);
  }
};
Memory.prototype.grow = function (pages) {
  if (this.buffer.byteLength / pageBytes + pages > most) {
    throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory');
  }
  return grow.call(this, pages);
};
