// The pages of old keys and of the archive: a job goes on step by step while the page is open, and stops at a click.

import { fill, say } from "../intake/answers";
import type { ToGive, ToHalve, ToJoin } from "./archive";
import type { Crew } from "./crew";
import type { Padlock } from "./padlock";
import type { OldParts } from "./rewrapping";

/** One step as the server hands it out. `parts`: what is done in it; `last`: where the next one begins. */
interface Step {
  readonly parts: readonly unknown[];
  readonly last: number;
}

/** What a step gives the server, and how many compartments of it failed. */
interface Done {
  readonly fields: Record<string, string>;
  readonly failed: number;
}

/** Each job by its name: what the Worker makes of a step, and what of it the server gets. */
const JOBS: { readonly [job: string]: (crew: Crew, step: Step) => Promise<Done> } = {
  async rewrap(crew, step) {
    const { wraps, failed } = await crew.ask("rewrap", step as Step & OldParts);
    return { fields: { made: JSON.stringify(wraps) }, failed };
  },
  async reopen(crew, step) {
    const { statement, broken } = await crew.ask("reopen", step as Step & OldParts);
    const made = statement ? JSON.stringify(statement) : "";
    return { fields: { made, broken: JSON.stringify(broken) }, failed: broken.length };
  },
  async halve(crew, step) {
    const { pairs, failed } = await crew.ask("halve", step as Step & ToHalve);
    return { fields: { made: JSON.stringify(pairs) }, failed };
  },
  async handOn(crew, step) {
    const { halves, failed } = await crew.ask("handOn", step as Step & ToGive);
    return { fields: { made: JSON.stringify(halves) }, failed };
  },
  async join(crew, step) {
    const { wraps, broken } = await crew.ask("join", step as Step & ToJoin);
    return {
      fields: { made: JSON.stringify(wraps), broken: JSON.stringify(broken) },
      failed: broken.length,
    };
  },
};

/** A form that starts, shows and stops a job. Each step is kept by itself; a new start goes on. */
export function hangJob(form: HTMLFormElement, padlock: Padlock): void {
  const { job = "", of = "", takeUrl = "" } = form.dataset;
  const start = form.querySelector<HTMLButtonElement>("[data-start]");
  const stop = form.querySelector<HTMLButtonElement>("[data-stop]");
  const bar = form.querySelector("progress");
  if (!start || !stop || !bar) return;
  let going = false;
  let left = Number(form.dataset.left);

  async function post<T>(address: string, fields: Record<string, string>): Promise<T> {
    const answer = await padlock.post(address, { of, ...fields });
    if (answer.status === 409) throw new Error("Changed");
    if (!answer.ok || answer.redirected) throw new Error("NotReached");
    return (await answer.json()) as T;
  }

  function show(done: number): void {
    left = Math.max(0, left - done);
    if (bar) bar.value = bar.max - left;
    fill(form, "[data-left]", `${left}`);
  }

  async function run(): Promise<string> {
    let after = 0;
    let failed = 0;
    while (going) {
      const step = await post<Step>(takeUrl, { after: `${after}` });
      if (!step.parts.length) return failed ? "some" : "finished";
      const [crew, work] = [padlock.crew(), JOBS[job]];
      if (!crew || !work) throw new Error("Locked");
      const done = await work(crew, step);
      failed += done.failed;
      fill(form, "[data-failed]", `${failed}`);
      await post(form.action, done.fields);
      show(step.parts.length);
      after = step.last;
    }
    return "stopped";
  }

  function turn(on: boolean): void {
    going = on;
    if (start) start.hidden = on;
    if (stop) stop.hidden = !on;
    if (bar) bar.hidden = false;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (going) return;
    turn(true);
    await padlock.settled(); // pressed while it was opening
    if (!padlock.crew()) {
      turn(false);
      return say(form, "locked");
    }
    say(form, "working");
    const names: { [error: string]: string } = { Locked: "locked", Changed: "changed", NoKey: "nokey" };
    const outcome = await run().catch(({ message }: Error) => names[message] ?? "failed");
    turn(false);
    say(form, outcome);
    if (outcome === "finished" || outcome === "changed") location.reload();
  });
  stop.addEventListener("click", () => {
    going = false;
    say(form, "stopping");
  });
  start.disabled = false;
}
