// All cards of one's teams in the Worker: fetched once for a page, later only what is new since.

import type { Crew } from "./crew";
import type { Padlock } from "./padlock";
import type { Bundle } from "./thread";
import type { CardAsked } from "./work";

/** One page of cards, as the desk answers it. */
interface Cards {
  readonly lists: readonly Bundle[];
  readonly places: { readonly [subject: string]: { list: string; item: string } };
  readonly last: number;
  readonly all: number;
}

export interface Catalogue {
  /** The Worker, once it knows every card; throws Locked or NotReached. `told`: the share known so far. */
  ready(told?: (share: number) => void): Promise<Crew>;
}

const FRESH = 20_000; // milliseconds in which nothing new is fetched
let only: Catalogue | undefined;

/** The one catalogue of a page. */
export function catalogueOf(padlock: Padlock, address: string): Catalogue {
  only = only ?? makeCatalogue(padlock, address);
  return only;
}

function makeCatalogue(padlock: Padlock, address: string): Catalogue {
  let last = 0;
  let loading: Promise<void> | undefined;
  let loaded = 0; // when, in milliseconds since 1970

  function crewNow(): Crew {
    const crew = padlock.crew();
    if (!crew) throw new Error("Locked");
    return crew;
  }

  async function load(told: (share: number) => void): Promise<void> {
    for (let more = true; more; ) {
      const answer = await fetch(`${address}?sesudah=${last}`, { cache: "no-store" });
      if (!answer.ok) throw new Error("NotReached");
      const page = (await answer.json()) as Cards;
      const asked = Object.entries(page.places).map(
        ([of, { list, item }]): CardAsked => ({ of, list, item }),
      );
      const known = await crewNow().ask("cards", { bundles: [...page.lists], asked });
      more = page.last > last;
      last = page.last;
      told(page.all ? known / page.all : 1);
    }
    loaded = Date.now();
  }

  document.addEventListener("vault:locked", () => {
    last = 0;
    loaded = 0;
    loading = undefined;
  });
  return {
    async ready(told = () => {}) {
      crewNow();
      if (loaded && Date.now() - loaded > FRESH) {
        loaded = 0;
        loading = undefined;
      }
      loading = loading ?? load(told);
      await loading.catch((error) => {
        loading = undefined; // the next key tries again
        throw error;
      });
      return crewNow();
    },
  };
}
