/** Loaded before the command line, and into its threads: this processor runs no WebAssembly with SIMD. */
const refuse = () => {
  throw new WebAssembly.CompileError('WebAssembly.Module(): Wasm SIMD unsupported');
};
WebAssembly.validate = () => false;
WebAssembly.compile = WebAssembly.instantiate = async () => refuse();
WebAssembly.Module = class {
  constructor() {
    refuse();
  }
};
