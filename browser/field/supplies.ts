// Supplies for days without signal: the office's signed keys, and tickets drawn ahead with their R.

import { ask } from "../intake/answers";
import type { PublicKeys } from "../intake/report";
import { plusDays } from "../vault/manifest";
import { cityDay } from "../vault/today";
import { keepSupplies, supplies } from "./store";

const FEW = 6; // referrals' worth: below that more are fetched

/** As /lapangan/bekal/ answers. */
interface Fetched {
  readonly keys: PublicKeys;
  readonly box: string;
  readonly pairs: readonly (readonly [ticket: string, r: string])[];
}

/** With the day of this phone on which they came. */
interface Kept extends Fetched {
  readonly on: string;
}

/** What one referral takes of them. */
export interface Ration {
  readonly keys: PublicKeys;
  readonly box: string;
  readonly ticket: string;
  readonly r: string;
}

/** Fetches fresh supplies; whether that could be. What is unused of the old ones is thrown away. */
export async function fetchSupplies(address: string): Promise<boolean> {
  const { status, body } = await ask<Fetched>(address);
  if (status !== 200 || !body.keys || !body.pairs) return false;
  await keepSupplies({ ...body, on: cityDay() });
  return true;
}

/** Whether what is kept came today and lasts for some referrals. */
export async function freshEnough(): Promise<boolean> {
  const kept = await supplies<Kept>();
  return kept?.on === cityDay() && kept.pairs.length >= FEW;
}

/** One referral's part of what is kept; throws NoSupplies where nothing is left. */
export async function takeRation(): Promise<Ration> {
  const kept = await supplies<Kept>();
  const [pair, ...rest] = kept?.pairs ?? [];
  if (!kept || !pair) throw new Error("NoSupplies");
  await keepSupplies({ ...kept, pairs: rest });
  const keys = { ...kept.keys, day: dayNow(kept) };
  return { keys, box: kept.box, ticket: pair[0], r: pair[1] };
}

/** The server's day, and as many days later as have gone by on this phone, whatever its clock says. */
function dayNow({ keys, on }: Kept): string {
  const passed = Math.round((Date.parse(cityDay()) - Date.parse(on)) / 86400000);
  return plusDays(keys.day, Math.max(0, passed));
}
