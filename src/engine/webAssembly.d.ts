/** The part of WebAssembly's JavaScript interface that the engine uses; TypeScript has it only in its browser library. */
declare namespace WebAssembly {
  class Memory {
    /** @param descriptor size in pages of 64 KiB */
    constructor(descriptor: { readonly initial: number; readonly maximum: number; readonly shared: true });
    /** Another object after it has grown; the former one stays valid, and ends where it did. */
    readonly buffer: SharedArrayBuffer;
    grow(pages: number): number;
  }
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
    readonly exports: unknown;
  }
  class Module {
    private constructor();
  }
  function validate(code: Uint8Array): boolean;
  function compile(code: Uint8Array): Promise<Module>;
}
