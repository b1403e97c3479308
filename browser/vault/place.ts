// Which item of which subject an element of a page stands for.

import type { Asked } from "./reading";

export function askedBy(element: Element): Asked {
  const get = (name: string) => element.getAttribute(name) ?? "";
  const item = get("item");
  return { subject: get("subject"), comp: get("comp"), what: get("what"), ...(item && { item }) };
}
