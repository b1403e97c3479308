// Talking to the server, and showing what the page has ready to say.

/** The server's answer, or status 0 when it was not reached. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** Sends and reads JSON; never throws: no network is an answer too. */
export async function ask<T>(address: string, body?: BodyInit): Promise<Answer<Partial<T>>> {
  let status = 0;
  try {
    const answer = await fetch(address, {
      method: body ? "POST" : "GET",
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      cache: "no-store",
      ...(body && { body }),
    });
    status = answer.redirected ? 403 : answer.status; // to the page that asks who one is
    return { status, body: (await answer.json()) as Partial<T> };
  } catch {
    return { status: status === 200 ? 0 : status, body: {} };
  }
}

/** Shows one of the things a page can say, hides the others. */
export function say(where: Element, name: string): void {
  for (const block of Array.from(where.querySelectorAll<HTMLElement>("[data-say]"))) {
    block.hidden = block.dataset.say !== name;
  }
}

/** Waits so many seconds and says how many are left; a phone that sleeps meanwhile waits no longer. */
export async function countDown(where: ParentNode, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (let left = seconds; left > 0; left = Math.ceil((end - Date.now()) / 1000)) {
    fill(where, "[data-seconds]", `${left}`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** Puts text into every element that asks for it; never HTML. */
export function fill(where: ParentNode, selector: string, text: string): void {
  for (const place of Array.from(where.querySelectorAll(selector))) place.textContent = text;
}

/** A copy of a template of this page, or an empty fragment. */
export function copyOf(id: string): DocumentFragment {
  const template = document.getElementById(id);
  return template instanceof HTMLTemplateElement
    ? (document.importNode(template.content, true) as DocumentFragment)
    : document.createDocumentFragment();
}

/** The word list, loaded from where the page says. */
export async function loadWords(address: string): Promise<string[]> {
  return ((await import(address)) as { default: string[] }).default;
}
