import { join } from "node:path";

/** Where plan packs lie, and what all of them share. */
export const SEEDS = join(import.meta.dirname, "../../seeds");

/** A plan pack's folder: a name in `seeds/`, or a path. */
export const packFolder = (plan: string): string => (/[/\\]/.test(plan) ? plan : join(SEEDS, plan));
