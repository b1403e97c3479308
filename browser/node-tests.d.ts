// The little of Node that the tests use; scripts of the pages never see it.

declare module "node:test" {
  export function test(name: string, run: () => void | Promise<void>): void;
}
declare module "node:assert/strict" {
  const assert: {
    equal(a: unknown, b: unknown, message?: string): void;
    deepEqual(a: unknown, b: unknown, message?: string): void;
    ok(value: unknown, message?: string): asserts value;
    rejects(run: Promise<unknown> | (() => Promise<unknown>), reason?: RegExp): Promise<void>;
    throws(run: () => unknown, reason?: RegExp): void;
  };
  export default assert;
}
declare module "node:fs" {
  export function readFileSync(path: string, encoding: "utf8"): string;
  export function existsSync(path: string): boolean;
}
declare const process: {
  cpuUsage(): { readonly user: number };
  readonly stdout: { write(text: string): void };
};
