import { createHash } from "node:crypto";
import type { Office } from "../../../office/office.ts";
import { contentOf, type IssueRow } from "./issue-row.ts";

/** By what an imported row is known again. */
export type ImportKeys = {
  /** The row as it was read: the same again is the same row. */
  importKey: string;
  /** What the keys of all rows of the same foreign number begin with, up to their content; null without such a number. */
  within: string | null;
  externalNo: string | null;
};

/**
 * A row's keys. A foreign number tells an issue within its source and batch, since every ledger counts from one; a row
 * without a number is known by all that it says. What the region has become since makes no difference.
 */
export function importKeys(row: IssueRow, office: Office): ImportKeys {
  const { no, source, batch, region } = row;
  const lasting = region === null ? null : office.heirOn(region, FAR).id;
  const content = createHash("sha256")
    .update(contentOf({ ...row, region: lasting }))
    .digest("hex")
    .slice(0, 32);
  if (no === null || no.ours) return { importKey: `row#${content}`, within: null, externalNo: null };
  const within = ["no", source ?? "", batch ?? "", no.text].map((part) => encodeURIComponent(part)).join("/");
  return { importKey: `${within}#${content}`, within, externalNo: no.text };
}

const FAR = Temporal.PlainDate.from("9999-12-31");
