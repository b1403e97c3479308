// Quick exit: blank at once, tell the server to clear, go to a neutral page; waits for nobody.
// And until then: each page takes the place of the one before, so that Back leads out of here.

const link = document.querySelector<HTMLAnchorElement>("[data-exit]");
const TWICE = 1500; // milliseconds within which a second Esc counts
let last = 0;

function leave(away: HTMLAnchorElement): void {
  const root = document.documentElement;
  root.style.cssText = "display:none!important";
  document.title = "\u200b";
  for (const form of Array.from(document.forms)) form.reset();
  const { beacon, exit } = away.dataset;
  if (beacon && navigator.sendBeacon) navigator.sendBeacon(beacon);
  location.replace(exit as string);
}

addEventListener("click", (event) => {
  const to = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
  const plain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!to || !plain || event.defaultPrevented || to.origin !== location.origin) return;
  event.preventDefault();
  location.replace(to.href);
});

if (link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(link);
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const now = Date.now();
    if (now - last < TWICE) leave(link);
    last = now;
  });
  // Back must not bring the page as it was left.
  addEventListener("pageshow", (event) => {
    if (event.persisted && document.documentElement.style.display) location.replace(link.href);
  });
}
