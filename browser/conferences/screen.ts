// The screen of a meeting: arrow keys and page keys turn to the next case and back.

const KEYS: Record<string, string | undefined> = {
  ArrowRight: "next",
  PageDown: "next",
  ArrowLeft: "prev",
  PageUp: "prev",
};

addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const turn = KEYS[event.key];
  const link = turn && document.querySelector<HTMLAnchorElement>(`.turn a[rel=${turn}]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
