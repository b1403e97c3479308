// The Worker as seen from the page: orders go out by number, reports come back.

import type { Order, Report, Work, WorkName } from "./work";

export interface Crew {
  ask<N extends WorkName>(
    name: N,
    given: Work[N]["given"],
    progress?: (share: number) => void,
  ): Promise<Work[N]["answer"]>;
  end(): void;
}

interface Waiting {
  done(answer: unknown): void;
  failed(error: Error): void;
  progress: ((share: number) => void) | undefined;
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): string };
}

let address: ((text: string) => string) | undefined;

/** The Worker's address, past a Trusted Types policy where the page has one. */
function trusted(text: string): string {
  if (!address) {
    const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
    const rules = { createScriptURL: (url: string) => url };
    const policy = trustedTypes ? trustedTypes.createPolicy("teduh", rules) : rules;
    address = (url) => policy.createScriptURL(url);
  }
  return address(text);
}

/** Starts a Worker. */
export function startCrew(script: string): Crew {
  const worker = new Worker(trusted(script), { type: "module" });
  const waiting = new Map<number, Waiting>();
  let last = 0;

  function fail(): void {
    for (const one of waiting.values()) one.failed(new Error("WorkerFailed"));
    waiting.clear();
  }

  worker.onerror = fail;
  worker.onmessage = ({ data }: MessageEvent<Report>) => {
    const one = waiting.get(data.number);
    if (!one) return;
    if (data.progress !== undefined) {
      one.progress?.(data.progress);
      return;
    }
    waiting.delete(data.number);
    if (data.error === undefined) one.done(data.answer);
    else one.failed(new Error(data.error));
  };

  return {
    ask(name, given, progress) {
      last += 1;
      const order: Order = { number: last, name, given };
      return new Promise((resolve, reject) => {
        const done = resolve as (answer: unknown) => void;
        waiting.set(order.number, { done, failed: reject, progress });
        worker.postMessage(order);
      });
    },
    end() {
      worker.terminate();
      fail();
    },
  };
}
