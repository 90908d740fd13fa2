import type { PaperReader } from "./official-paper.ts";

/** Whoever stands for no unit: their files hold all of a paper. */
export const WHOLE_CITY: PaperReader = { regionId: null, departmentId: null, isOffice: true };

/** How a reader's own file is called among a paper's, where each has their own: word@haian/, excel@/housing; word for all of it. */
export const ownLook = (look: string, { regionId, departmentId }: PaperReader): string =>
  regionId === null && departmentId === null ? look : `${look}@${regionId ?? ""}/${departmentId ?? ""}`;

/** Whether a file is the one that a reader gets where each has their own. */
export const isOwnLook = (look: string, reader: PaperReader): boolean =>
  look === ownLook(plainLook(look), reader);

/** What a file is, whoever's it is: word, page-1. */
export const plainLook = (look: string): string => look.replace(/@.*$/, "");
