// The page of old keys: a job goes on step by step while the page is open, and stops at a click.

import { fill, say } from "../intake/answers";
import type { Padlock } from "./padlock";
import type { OldParts } from "./rewrapping";

/** One step as the server hands it out. `last`: where the next one begins. */
interface Step extends OldParts {
  readonly last: number;
}

/** What a step gives the server, and how many compartments of it failed. */
interface Done {
  readonly fields: Record<string, string>;
  readonly failed: number;
}

type Job = "rewrap" | "reopen";

async function workOn(job: Job, step: Step, padlock: Padlock): Promise<Done> {
  const crew = padlock.crew();
  if (!crew) throw new Error("Locked");
  if (job === "rewrap") {
    const { wraps, failed } = await crew.ask("rewrap", step);
    return { fields: { made: JSON.stringify(wraps) }, failed };
  }
  const { statement, broken } = await crew.ask("reopen", step);
  const made = statement ? JSON.stringify(statement) : "";
  return { fields: { made, broken: JSON.stringify(broken) }, failed: broken.length };
}

/** A form that starts, shows and stops a job. Each step is kept by itself; a new start goes on. */
export function hangJob(form: HTMLFormElement, padlock: Padlock): void {
  const { job = "", epoch = "", takeUrl = "" } = form.dataset;
  const start = form.querySelector<HTMLButtonElement>("[data-start]");
  const stop = form.querySelector<HTMLButtonElement>("[data-stop]");
  const bar = form.querySelector("progress");
  if (!start || !stop || !bar) return;
  let going = false;
  let left = Number(form.dataset.left);

  async function post<T>(address: string, fields: Record<string, string>): Promise<T> {
    const answer = await padlock.post(address, { epoch, ...fields });
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
      const done = await workOn(job as Job, step, padlock);
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
    if (!padlock.crew()) return say(form, "locked");
    turn(true);
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
